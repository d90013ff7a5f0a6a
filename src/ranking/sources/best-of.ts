/** How sources pick: the best of a column or of an order, those that the person has not seen. */
import type { Query } from "../query.ts";

/** Posts each personal source brings: enough that what it ranks lower would not be seen anyway. */
export const DEPTH = 400;

/**
 * The rows with the largest scores above 0 that may be in this feed, in any order: what a person likes most is what they
 * know, and would leave a busy person's source with nothing new.
 */
export function bestUnseen(query: Query, column: Float32Array, count: number): Uint32Array {
  return query.columns.largest(column, count, query.open(), 0);
}

/**
 * The first rows of an order that the person has not seen.
 *
 * @param within  1 for rows that count; all if absent.
 */
export function firstUnseen(
  query: Query,
  order: Uint32Array,
  count: number,
  within?: Uint8Array,
): Uint32Array {
  const unseen = query.unseen();
  const first = query.columns.words(Math.min(count, order.length));
  let size = 0;
  for (let place = 0; place < order.length && size < first.length; place++) {
    const row = order[place]!;
    if (unseen[row] === 1 && (within === undefined || within[row] === 1)) first[size++] = row;
  }
  return first.subarray(0, size);
}
