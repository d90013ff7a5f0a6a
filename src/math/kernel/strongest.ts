/** The rows of a large matrix that have the largest inner products with a vector. */
import { topK } from "../top-k.ts";
import { dotRows } from "../vector.ts";
import type { Columns } from "./columns.ts";
import { productsBytes, productsIn } from "./products.ts";
import { roomFor, type Room } from "./room.ts";

/** Finds rows with large inner products. */
export type Strongest = {
  /** The `count` rows with the largest inner products above 0, of those that are allowed; in any order. */
  readonly best: (vector: Float32Array, count: number, allowed: Uint8Array) => Uint32Array;
  /** Inner products of a vector with some rows. */
  readonly withSome: (vector: Float32Array, rows: Uint32Array) => Float32Array;
};

/** Rows that are multiplied before it is asked whether more are worth it. */
const BLOCK = 8_192;

/** Bytes of the room that {@link strongestIn} takes. */
export function strongestBytes(rows: number, width: number): number {
  return productsBytes(rows, width, "shorts") + roomFor(4 * rows);
}

/**
 * Looks at the longest rows first, and stops where none that is left is long enough to be among the
 * best: x·y ≤ |x| |y|. Exact but for numbers being rounded to 16 bits. How much is looked at depends
 * on how lengths differ; factors of posts that nobody knows are short.
 *
 * @see Teflioudi, Gemulla & Mykytiuk, "LEMP" (SIGMOD 2015), for pruning by length.
 */
export function strongestIn(
  room: Room,
  columns: Columns,
  matrix: Float32Array,
  width: number,
): Strongest {
  const rows = matrix.length / width;
  const lengths = Float32Array.from({ length: rows }, (_, row) =>
    Math.sqrt(dotRows(matrix, row, matrix, row, width)),
  );
  const order = topK(lengths, rows);
  const placeOf = new Uint32Array(rows);
  const ordered = new Float32Array(matrix.length);
  for (let place = 0; place < rows; place++) {
    const row = order[place]!;
    placeOf[row] = place;
    ordered.set(matrix.subarray(row * width, (row + 1) * width), place * width);
  }
  const products = productsIn(room, ordered, width, "shorts");

  /** The best of `found`, by their scores, and the least score that one has to beat. */
  function thin(found: Found, count: number): number {
    const all = columns.bytes(found.size).fill(1);
    const kept = columns.largest(found.scores.subarray(0, found.size), count, all, 0);
    found.places.set(kept.map((n) => found.places[n]!));
    found.scores.set(Float32Array.from(kept, (n) => found.scores[n]!));
    found.size = kept.length;
    return found.size < count
      ? 0
      : found.scores.subarray(0, count).reduce((a, b) => Math.min(a, b));
  }

  function best(vector: Float32Array, count: number, allowed: Uint8Array): Uint32Array {
    const length = Math.sqrt(dotRows(vector, 0, vector, 0, width));
    const found = { places: columns.words(2 * count), scores: columns.floats(2 * count), size: 0 };
    const mask = columns.bytes(BLOCK);
    let worst = 0;
    for (let from = 0; from < rows && lengths[order[from]!]! * length > worst; from += BLOCK)
      columns.scope(() => {
        const to = Math.min(from + BLOCK, rows);
        const scores = products.withAll(vector, from, to).subarray(0, to - from);
        for (let place = from; place < to; place++) mask[place - from] = allowed[order[place]!]!;
        const better = columns.largest(scores, count, mask, worst);
        for (let n = 0; n < better.length; n++) {
          found.places[found.size] = from + better[n]!;
          found.scores[found.size++] = scores[better[n]!]!;
        }
        if (found.size >= count) worst = thin(found, count);
      });
    return found.places.subarray(0, found.size).map((place) => order[place]!);
  }

  return {
    best,
    withSome: (vector, wanted) =>
      products.withSome(
        vector,
        wanted.map((row) => placeOf[row]!),
      ),
  };
}

type Found = { readonly places: Uint32Array; readonly scores: Float32Array; size: number };
