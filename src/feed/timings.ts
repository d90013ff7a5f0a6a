/** Time that each stage of a request takes, for the `Server-Timing` header. */
import type { Lap } from "../ranking/stages.ts";

/** Timings of one request. */
export type Timings = {
  /** Ends a stage: it took the time since the stage before it ended. */
  readonly lap: Lap;
  /** Milliseconds of each stage so far, in the order of their first laps. */
  readonly stages: () => readonly { readonly stage: string; readonly ms: number }[];
};

/** Starts the clock of a request. Times of a stage that comes twice are added. */
export function startTimings(nowMs: () => number): Timings {
  const times = new Map<string, number>();
  let lastMs = nowMs();
  return {
    lap: (stage) => {
      const ms = nowMs();
      times.set(stage, (times.get(stage) ?? 0) + ms - lastMs);
      lastMs = ms;
    },
    stages: () => Array.from(times, ([stage, ms]) => ({ stage, ms })),
  };
}
