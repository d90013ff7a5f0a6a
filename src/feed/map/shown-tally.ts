/** Tally of the served log by post: each page is counted once, and later calls add what came since. */
import type { ServedLog } from "../../data/served-log.ts";
import { pause } from "../../runtime/time-slicing.ts";

/** Impressions of posts. */
export type ShownTally = {
  /** Times that a post was shown, by its key; absent for 0. */
  readonly counts: ReadonlyMap<number, number>;
  /** Time of the oldest page that is counted, Unix epoch milliseconds; `undefined` without any. */
  readonly sinceMs: number | undefined;
};

/** Pages between two pauses: some two milliseconds. */
const PAGES_A_STEP = 50;

/** Tally of no page, for a log with so many erasures. */
const noPages = (erasures: number) => ({
  ...{ erasures, seq: 0, counts: new Map<number, number>() },
  sinceMs: undefined as number | undefined,
});

/** Opens the tally. Calls that overlap wait for the same count; once somebody was erased, it begins anew. */
export function shownTally(
  servedLog: () => Pick<ServedLog, "after" | "erasures">,
): () => Promise<ShownTally> {
  let tally = noPages(0);
  let running: Promise<ShownTally> | undefined;
  async function count(): Promise<ShownTally> {
    const erasures = await servedLog().erasures();
    if (erasures !== tally.erasures) tally = noPages(erasures);
    const { counts } = tally;
    for (;;) {
      const pages = await servedLog().after(tally.seq, PAGES_A_STEP);
      if (pages.length === 0) return tally;
      tally.sinceMs ??= pages[0]!.atMs;
      tally.seq = pages.at(-1)!.seq;
      for (const { slots } of pages)
        for (const { post } of slots) counts.set(post, (counts.get(post) ?? 0) + 1);
      await pause();
    }
  }
  return () => (running ??= count().finally(() => (running = undefined)));
}
