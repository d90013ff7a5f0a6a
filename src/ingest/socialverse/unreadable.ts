/** Counts of unreadable rows by reason. */
import type { UnreadableCount } from "../../data/scans.ts";
import type { OnUnreadable } from "./schema.ts";

/** Counts unreadable rows by reason in `counts`; there are a few dozen reasons. */
export function countReasons(counts: { reason: string; rows: number }[]): OnUnreadable {
  return (reason) => {
    const known = counts.find((it) => it.reason === reason);
    if (known === undefined) counts.push({ reason, rows: 1 });
    else known.rows++;
  };
}

/** "8 of 12 posts: id above 2^53", for each reason. */
export function unreadableLines(
  endpoint: string,
  total: number,
  counts: readonly UnreadableCount[],
): string[] {
  return counts.map(({ reason, rows }) => `${rows} of ${total} ${endpoint}: ${reason}`);
}
