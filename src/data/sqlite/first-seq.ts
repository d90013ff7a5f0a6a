/** Binary search for the first seq of a time in a table whose rows lie in the order of time. */
import type { Database } from "bun:sqlite";

/**
 * The search in `table`: finds a seq with no row of a time or later before it.
 *
 * @param column  Column of times, milliseconds.
 * @param slackMs  How much later than a newer row one may be stored, milliseconds.
 */
export function firstSeqAt(
  db: Database,
  table: "event" | "page",
  column: "received_at_ms" | "at_ms",
  slackMs: number,
): (atMs: number) => number {
  const ends = db.query<{ first: number | null; last: number | null }, []>(
    `SELECT (SELECT min(seq) FROM ${table}) AS first, (SELECT max(seq) FROM ${table}) AS last`,
  );
  const timeFrom = db.query<{ atMs: number }, [number]>(
    `SELECT ${column} AS atMs FROM ${table} WHERE seq >= ? ORDER BY seq LIMIT 1`,
  );
  return (atMs) => {
    const { first, last } = ends.get()!;
    let [low, high] = [first ?? 1, (last ?? 0) + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (timeFrom.get(middle)!.atMs < atMs - slackMs) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
