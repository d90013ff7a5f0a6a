/**
 * Statistics of a million shown posts: 50,000 pages of 20 to 5,000 people over a week.
 *
 * `pause` is the longest work between two turns of the event loop, for which feeds wait: processor time, so that
 * other programs do not count.
 */
import { statsReader } from "../../src/feed/stats/stats.ts";
import { temporaryFolder } from "../support/folder.ts";
import { figure, known, withinBudget, type BenchOptions, type BenchRow } from "./row.ts";
import { NOW_MS, shownWeek, watched } from "./shown-week.ts";

/** Limits: an operator's wait, memory for one person's pages, and the longest pause of a feed. */
const WANTED = { seconds: 20, megabytes: 100, pauseMs: 25 };
const [DAYS, POSTS] = [7, 3_000];

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  const [pages, people] = quick ? [5_000, 500] : [50_000, 5_000];
  using folder = temporaryFolder();
  const { servedLog, store, close } = await shownWeek(folder.path, { pages, people, posts: POSTS });
  const read = statsReader({ servedLog: () => servedLog, store, nowMs: () => NOW_MS });
  const measured = await watched(() => read(DAYS));
  const { total } = measured.result;
  close();
  const name = `statistics of ${total.impressions} shown posts, ${total.plays!.count} played`;
  return [
    withinBudget(name, figure([measured.seconds], "s"), WANTED.seconds),
    withinBudget(`${name}: memory`, figure([measured.megabytes], "MB"), WANTED.megabytes),
    withinBudget(`${name}: longest pause`, figure([measured.pauseMs], "ms"), WANTED.pauseMs),
    known(`${name}: mean pause`, figure([measured.meanPauseMs], "ms")),
  ];
}
