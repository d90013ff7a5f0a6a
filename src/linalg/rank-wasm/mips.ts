/** MIPS, maximum inner product search: the rows of a large matrix with the largest products with a vector. */
import type { Arrays } from "../arena.ts";
import { topK } from "../top-k.ts";
import { dotRows } from "../vector.ts";
import type { Products } from "./products.ts";

/** The `count` allowed rows with the largest inner products above 0, unordered. */
type Mips = (vector: Float32Array, count: number, allowed: Uint8Array) => Uint32Array;

/** Rows scored per block; the norm bound is checked between blocks. */
const BLOCK = 8_192;

/**
 * Exact search, pruned by length: visits rows by falling norm, and stops when |x| |y| is below the worst
 * kept score. It scores few rows if norms differ; factors of posts with few events are short.
 *
 * @param products  With the rows of `matrix` `[rows × width]`.
 * @see Teflioudi, Gemulla & Mykytiuk, "LEMP" (SIGMOD 2015), for pruning by length.
 */
export function mipsOf(
  arrays: Arrays,
  matrix: Float32Array,
  width: number,
  products: Products,
): Mips {
  const rows = matrix.length / width;
  const lengths = Float32Array.from({ length: rows }, (_, row) =>
    Math.sqrt(dotRows(matrix, row, matrix, row, width)),
  );
  const order = topK(lengths, rows);

  return (vector, count, allowed) => {
    const length = Math.sqrt(dotRows(vector, 0, vector, 0, width));
    const found = { rows: arrays.words(2 * count), scores: arrays.floats(2 * count), size: 0 };
    let worst = 0;
    for (let from = 0; from < rows && lengths[order[from]!]! * length > worst; from += BLOCK)
      arrays.scope(() => {
        const block = order.subarray(from, from + BLOCK);
        const scores = products.withSome(vector, block).subarray(0, block.length);
        const mask = arrays.bytes(block.length);
        for (let n = 0; n < block.length; n++) mask[n] = allowed[block[n]!]!;
        for (const n of topK(scores, count, mask, worst)) {
          found.rows[found.size] = block[n]!;
          found.scores[found.size++] = scores[n]!;
        }
        if (found.size >= count && count > 0) worst = keepBest(found, count);
      });
    return found.rows.subarray(0, found.size);
  };
}

type Found = { readonly rows: Uint32Array; readonly scores: Float32Array; size: number };

/** Keeps the best `count` of `found`, best first; returns the score that further rows must exceed. */
function keepBest(found: Found, count: number): number {
  const kept = topK(found.scores.subarray(0, found.size), count);
  const scores = Float32Array.from(kept, (n) => found.scores[n]!);
  found.rows.set(kept.map((n) => found.rows[n]!));
  found.scores.set(scores);
  found.size = kept.length;
  return scores.at(-1)!;
}
