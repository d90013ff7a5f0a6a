/** Counts of unreadable rows by reason. */
import type { UnreadableCount } from "../../data/scans.ts";
import type { Note } from "./schema.ts";

/** Counts in `counts`, which stays short: reasons are a few dozen, in words of ours. */
export function noteIn(counts: { reason: string; rows: number }[]): Note {
  return (reason) => {
    const known = counts.find((it) => it.reason === reason);
    if (known === undefined) counts.push({ reason, rows: 1 });
    else known.rows++;
  };
}

/** "8 of 12 posts: id above 2^53", for each reason. */
export function unreadableLines(
  endpoint: string,
  of: number,
  counts: readonly UnreadableCount[],
): string[] {
  return counts.map(({ reason, rows }) => `${rows} of ${of} ${endpoint}: ${reason}`);
}
