/** How long the stages of a request take. */
import type { Watch } from "./contract.ts";

/** A watch that runs from now on. A stage that comes again is added to. */
export function stopwatch(nowMs: () => number): Watch {
  const times = new Map<string, number>();
  let lastMs = nowMs();
  return {
    lap: (stage) => {
      const ms = nowMs();
      times.set(stage, (times.get(stage) ?? 0) + ms - lastMs);
      lastMs = ms;
    },
    timings: () => Array.from(times, ([stage, ms]) => ({ stage, ms })),
  };
}
