/** Report of a simulation: each policy's reward and what people saw, with intervals over viewers. */
import { bootstrap, type Interval } from "../../evaluation/bootstrap.ts";
import { meanOf } from "../../linalg/vector.ts";
import type { Simulated, ViewerDay } from "./simulate.ts";

/** A policy's line. */
export type PolicyRow = {
  readonly policy: string;
  /** Finished videos a viewer and day: the reward. */
  readonly reward: Interval;
  /** Finished videos of those that were shown. */
  readonly completion: number;
  readonly likes: number;
  /** Share of neighbours on screen that are of different categories. */
  readonly diversity: number;
  /** Share of the showings that were posts of new creators. */
  readonly newCreators: number;
  /** Share of the showings that the viewer had been shown before. */
  readonly repeats: number;
  /** Median showings of a new post within a day. */
  readonly firstDay: number;
  /** Paired difference of the last policy's reward to this one's. */
  readonly lastLess: Interval;
  /** Mean reward of each day. */
  readonly byDay: readonly number[];
};

/** Rows of the policies, in their order; the last one is compared with all. */
export function simulationReport(runs: readonly Simulated[], seed: number): PolicyRow[] {
  const rewards = runs.map((it) => Float64Array.from(it.viewerDays, ({ finished }) => finished));
  const last = rewards.at(-1)!;
  const columns = rewards.flatMap((it) => [it, last.map((reward, n) => reward - it[n]!)]);
  // A viewer's days are not independent: viewers are drawn whole.
  const intervals = bootstrap(columns, seed, runs[0]!.viewerDays.map(({ viewer }) => viewer)); // prettier-ignore
  return runs.map(({ policy, viewerDays, firstDayShowings }, n) => {
    const total = (key: keyof ViewerDay) => viewerDays.reduce((sum, it) => sum + it[key], 0);
    const per = (key: keyof ViewerDay, of: keyof ViewerDay) => total(key) / Math.max(1, total(of));
    const days = Map.groupBy(viewerDays, ({ day }) => day);
    return {
      policy,
      reward: intervals[2 * n]!,
      completion: per("finished", "shown"),
      likes: per("likes", "shown"),
      diversity: per("changes", "neighbours"),
      newCreators: per("byNewCreators", "shown"),
      repeats: per("repeats", "shown"),
      firstDay: firstDayShowings.toSorted((a, b) => a - b)[firstDayShowings.length >> 1] ?? 0,
      lastLess: intervals[2 * n + 1]!,
      byDay: [...days.values()].map((it) => meanOf(it.map(({ finished }) => finished))),
    };
  });
}
