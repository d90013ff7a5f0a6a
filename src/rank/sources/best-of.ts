/** The one way a source picks: the best of a dense column. */
import { topK } from "../../math/top-k.ts";

/** Posts each personal source brings: enough that what it ranks lower would not be seen anyway. */
export const DEPTH = 400;

/** Rows with the largest scores above 0, best first. */
export function bestOf(column: Float32Array, count: number): Uint32Array {
  const best = topK(column, count);
  let positive = best.length;
  while (positive > 0 && column[best[positive - 1]!]! <= 0) positive--;
  return best.subarray(0, positive);
}
