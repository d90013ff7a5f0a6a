/** Nearest neighbours under a filter, which no index knows: by asking for more, and in the end for all. */
import type { FindNearest } from "./contract.ts";
import { nearestAmong, rowsWithVector } from "./exact.ts";

/** What is asked for first and then, as multiples of what is wanted. */
const OVER_FETCH = [1.5, 6];

/**
 * The nearest rows that `keep` allows: fewer than `count` only if it allows fewer.
 *
 * @param find  Searches `vectors` `[rows × d]`.
 */
export function nearestWhere(
  find: FindNearest,
  vectors: Float32Array,
  query: Float32Array,
  count: number,
  keep: (row: number) => boolean,
): Uint32Array {
  for (const times of OVER_FETCH) {
    const found = find(query, Math.ceil(times * count));
    const kept = found.filter(keep);
    if (kept.length >= count) return kept.subarray(0, count);
    // What a narrow filter leaves is soon looked at.
    if (kept.length * OVER_FETCH[1]! < found.length) break;
  }
  return nearestAmong(vectors, query, count, rowsWithVector(vectors, query.length, keep));
}
