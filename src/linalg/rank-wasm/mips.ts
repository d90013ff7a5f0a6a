/** The rows of a large matrix that have the largest inner products with a vector. */
import { topK } from "../top-k.ts";
import { dotRows } from "../vector.ts";
import type { Columns } from "./vector-ops.ts";
import type { Products } from "./products.ts";

/** The `count` rows with the largest inner products above 0, of those that are allowed; in any order. */
export type Strongest = (vector: Float32Array, count: number, allowed: Uint8Array) => Uint32Array;

/** Rows that are multiplied before it is asked whether more are worth it. */
const BLOCK = 8_192;

/**
 * Looks at the longest rows first, and stops where none that is left is long enough to be among the
 * best: x·y ≤ |x| |y|. As exact as the products are. How much is looked at depends
 * on how lengths differ; factors of posts that nobody knows are short.
 *
 * @param products  With the rows of `matrix` `[rows × width]`.
 * @see Teflioudi, Gemulla & Mykytiuk, "LEMP" (SIGMOD 2015), for pruning by length.
 */
export function strongestOf(
  columns: Columns,
  matrix: Float32Array,
  width: number,
  products: Products,
): Strongest {
  const rows = matrix.length / width;
  const lengths = Float32Array.from({ length: rows }, (_, row) =>
    Math.sqrt(dotRows(matrix, row, matrix, row, width)),
  );
  const order = topK(lengths, rows);

  /** The best of `found`, by their scores, and the least score that one has to beat. */
  function thin(found: Found, count: number): number {
    const all = columns.bytes(found.size).fill(1);
    const kept = columns.largest(found.scores.subarray(0, found.size), count, all, 0);
    found.rows.set(kept.map((n) => found.rows[n]!));
    found.scores.set(Float32Array.from(kept, (n) => found.scores[n]!));
    found.size = kept.length;
    return found.size < count
      ? 0
      : found.scores.subarray(0, count).reduce((a, b) => Math.min(a, b));
  }

  return (vector, count, allowed) => {
    const length = Math.sqrt(dotRows(vector, 0, vector, 0, width));
    const found = { rows: columns.words(2 * count), scores: columns.floats(2 * count), size: 0 };
    const mask = columns.bytes(BLOCK);
    let worst = 0;
    for (let from = 0; from < rows && lengths[order[from]!]! * length > worst; from += BLOCK)
      columns.scope(() => {
        const block = order.subarray(from, from + BLOCK);
        const scores = products.withSome(vector, block).subarray(0, block.length);
        for (let n = 0; n < block.length; n++) mask[n] = allowed[block[n]!]!;
        const better = columns.largest(scores, count, mask, worst);
        for (let n = 0; n < better.length; n++) {
          found.rows[found.size] = block[better[n]!]!;
          found.scores[found.size++] = scores[better[n]!]!;
        }
        if (found.size >= count) worst = thin(found, count);
      });
    return found.rows.subarray(0, found.size);
  };
}

type Found = { readonly rows: Uint32Array; readonly scores: Float32Array; size: number };
