/** Exact nearest neighbours in plain code: the oracle, and the final order of coarser searches. */
import { topK } from "../linalg/top-k.ts";
import { dotRows } from "../linalg/vector.ts";
import type { FindNearest } from "./contract.ts";

/**
 * The nearest of all rows; see {@link FindNearest}.
 *
 * @param vectors  Unit vectors `[rows × d]`.
 * @param query  Unit vector `[d]`.
 */
export function nearestExact(
  vectors: Float32Array,
  query: Float32Array,
  count: number,
): Uint32Array {
  return nearestAmong(vectors, query, count, rowsWithVector(vectors, query.length));
}

/** The nearest of some rows, which ascend and have a vector. */
export function nearestAmong(
  vectors: Float32Array,
  query: Float32Array,
  count: number,
  rows: Uint32Array,
): Uint32Array {
  const similarity = new Float32Array(rows.length);
  for (let n = 0; n < rows.length; n++)
    similarity[n] = dotRows(query, 0, vectors, rows[n]!, query.length);
  return topK(similarity, count).map((place) => rows[place]!);
}

/** Ascending rows that are not all zeros, and that `keep` allows. */
export function rowsWithVector(
  vectors: Float32Array,
  d: number,
  keep: (row: number) => boolean = () => true,
): Uint32Array {
  const rows = new Uint32Array(d > 0 ? vectors.length / d : 0);
  let found = 0;
  for (let row = 0; row < rows.length; row++)
    if (keep(row) && hasVector(vectors, row, d)) rows[found++] = row;
  return rows.subarray(0, found);
}

/** True if a row has a vector; a row without one is all zeros. */
export function hasVector(vectors: Float32Array, row: number, d: number): boolean {
  for (let i = row * d; i < (row + 1) * d; i++) if (vectors[i] !== 0) return true;
  return false;
}

/**
 * An exact search from a coarse one: it requests some more rows than wanted, since coarse similarities
 * are slightly wrong, and compares them exactly.
 *
 * @param rows  Number of rows with a vector.
 * @param coarse  Returns at most `wanted` rows, in any order; `wanted` is at most `rows`.
 */
export function refined(
  vectors: Float32Array,
  d: number,
  rows: number,
  coarse: (query: Float32Array, wanted: number) => Uint32Array,
): FindNearest {
  return (query, count) => {
    if (rows === 0 || count <= 0) return new Uint32Array(0);
    // Native code would read beyond the end of the query.
    if (query.length !== d) throw new RangeError(`a query of ${query.length} numbers, not ${d}`);
    const wanted = Math.min(Math.ceil(1.25 * count) + 10, rows);
    return nearestAmong(vectors, query, count, coarse(query, wanted).sort());
  };
}
