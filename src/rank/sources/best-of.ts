/** How sources pick: the best of a column or of an order, those that the person has not seen. */
import { topK } from "../../math/top-k.ts";
import type { Query } from "../query.ts";

/** Posts each personal source brings: enough that what it ranks lower would not be seen anyway. */
export const DEPTH = 400;

/** Rows with the largest scores above 0, best first. */
export function bestOf(column: Float32Array, count: number): Uint32Array {
  const best = topK(column, count);
  let positive = best.length;
  while (positive > 0 && column[best[positive - 1]!]! <= 0) positive--;
  return best.subarray(0, positive);
}

/**
 * The best `wanted` rows that the person has not seen: what they like most is what they know, and
 * would leave a busy person's source with nothing new.
 *
 * @param best  The best so many of all rows.
 */
export function unseen(
  { person: { seen } }: Query,
  wanted: number,
  best: (count: number) => Uint32Array,
): Uint32Array {
  if (seen.length === 0) return best(wanted);
  const known = new Set(seen);
  return best(wanted + seen.length)
    .filter((row) => !known.has(row))
    .subarray(0, wanted);
}
