/** Tally of the served log by post: each page is counted once, and later calls add what came since. */
import type { ServedLog } from "../../data/served-log.ts";
import { pause } from "../../runtime/time-slicing.ts";

/** How often posts were shown. */
export type ShownTally = {
  /** Times that a post was shown, by its key. */
  readonly of: (post: number) => number;
  /** Time of the oldest page that is counted, Unix epoch milliseconds; `undefined` without any. */
  readonly sinceMs: number | undefined;
};

/** Pages between two pauses: some two milliseconds. */
const PAGES_A_STEP = 50;

/** Opens the tally. Calls that overlap wait for the same count. */
export function shownTally(servedLog: () => Pick<ServedLog, "after">): () => Promise<ShownTally> {
  const counts = new Map<number, number>();
  let seq = 0;
  let sinceMs: number | undefined;
  let running: Promise<ShownTally> | undefined;
  async function count(): Promise<ShownTally> {
    for (
      let pages;
      (pages = await servedLog().after(seq, PAGES_A_STEP)).length > 0;
      await pause()
    ) {
      sinceMs ??= pages[0]!.atMs;
      seq = pages.at(-1)!.seq;
      for (const { slots } of pages)
        for (const { post } of slots) counts.set(post, (counts.get(post) ?? 0) + 1);
    }
    return { of: (post) => counts.get(post) ?? 0, sinceMs };
  }
  return () => (running ??= count().finally(() => (running = undefined)));
}
