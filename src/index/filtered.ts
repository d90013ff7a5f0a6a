/** Filtered nearest neighbours: no index filters, so it requests more rows than wanted, and scans all in the end. */
import type { FindNearest } from "./contract.ts";
import { nearestAmong, rowsWithVector } from "./exact.ts";

/** Numbers of rows that are requested one after the other, as multiples of the wanted number. */
const OVER_FETCH = [1.5, 6];

/**
 * The nearest `count` rows for which `keep` is true; fewer only if there are no more.
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
    // The few rows that a narrow filter leaves are quickly scanned.
    if (kept.length * OVER_FETCH[1]! < found.length) break;
  }
  return nearestAmong(vectors, query, count, rowsWithVector(vectors, query.length, keep));
}
