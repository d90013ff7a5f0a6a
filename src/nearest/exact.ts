/** Nearest neighbours by looking at all of them: the default below some ten thousand, and the oracle. */
import { topK } from "../math/top-k.ts";
import { dotRows } from "../math/vector.ts";

/**
 * Rows with the largest inner products, best first; rows that are all zero are never among them.
 *
 * @param vectors  Unit vectors `[rows × d]`.
 * @param query  Unit vector `[d]`.
 */
export function nearestExact(
  vectors: Float32Array,
  query: Float32Array,
  count: number,
): Uint32Array {
  const d = query.length;
  const similarity = new Float32Array(vectors.length / d);
  for (let row = 0; row < similarity.length; row++) {
    const dot = dotRows(query, 0, vectors, row, d);
    similarity[row] = dot === 0 ? -Infinity : dot;
  }
  return topK(similarity, count);
}
