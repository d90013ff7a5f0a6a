/** Vector operations on columns with a number per candidate or per post. */
import type { Arrays } from "./arena.ts";

/** Weighs a column in place and adds it to a total. */
export function addWeighted(total: Float32Array, column: Float32Array, weight: number): void {
  for (let n = 0; n < total.length; n++) {
    const share = Math.fround(weight * column[n]!);
    column[n] = share;
    total[n]! += share;
  }
}

/** The values of some rows: `values[rows[n]]`. */
export function gather(arrays: Arrays, values: Float32Array, rows: Uint32Array): Float32Array {
  const out = arrays.floats(rows.length);
  for (let n = 0; n < out.length; n++) out[n] = values[rows[n]!]!;
  return out;
}

/** Ascending indices of the words that are not 0, and these words. */
export function compact(arrays: Arrays, words: Uint32Array) {
  const places = arrays.words(words.length);
  const bits = arrays.words(words.length);
  let size = 0;
  for (let n = 0; n < words.length; n++) {
    // Written in any case: a branch would be mispredicted.
    places[size] = n;
    bits[size] = words[n]!;
    size += Number(words[n] !== 0);
  }
  return { places: places.subarray(0, size), bits: bits.subarray(0, size) };
}
