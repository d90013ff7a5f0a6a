/** Sparse row sum by SIMD: a weighted sum of some rows of a table. */
import type { Steps } from "../../runtime/time-slicing.ts";
import type { Arena } from "../arena.ts";
import type { TopTable } from "../sparse.ts";
import type { Weighted } from "./columns.ts";
import type { RankWasm } from "./wasm.ts";

/** Largest number of columns of the sum: an entry has 16 bits for its column and 16 for its score. */
export const PLACES_MAX = 1 << 16;
/** The largest score of a row, in 16 bits. */
const LARGEST = 32_767;

const ROWS_A_STEP = 64;

/** Row sums of a table, whose copy has half its size: scores are rounded to 16 bits of the row's largest. */
export function* wasmRowSum(
  arena: Arena,
  wasm: RankWasm,
  { m, rows, scores }: TopTable,
  size: number,
): Steps<(weighted: Weighted) => Float32Array> {
  const count = m > 0 ? rows.length / m : 0;
  const [table, ends] = [arena.allocate(4 * rows.length), arena.allocate(4 * count)];
  const entries = arena.wordsAt(table, rows.length);
  const lengths = arena.wordsAt(ends, count);
  const units = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    if (row % ROWS_A_STEP === 0) yield;
    let largest = 0;
    let length = 0; // after the first 0 there are only zeros
    for (; length < m && scores[row * m + length] !== 0; length++)
      largest = Math.max(largest, Math.abs(scores[row * m + length]!));
    for (let n = row * m; n < row * m + length; n++)
      entries[n] = (rows[n]! << 16) | (Math.round((scores[n]! / largest) * LARGEST) & 0xffff);
    lengths[row] = length;
    units[row] = largest / LARGEST;
  }
  return ({ rows, weights }) =>
    arena.filled(size, (out) => {
      const [at, scaled] = [arena.allocate(4 * rows.length), arena.allocate(4 * rows.length + 4)];
      arena.floatsAt(out, size).fill(0);
      arena.wordsAt(at, rows.length).set(rows);
      const shares = arena.floatsAt(scaled, rows.length);
      for (let n = 0; n < rows.length; n++) shares[n] = weights[n]! * units[rows[n]!]!;
      wasm.addRows(out, table, m, ends, at, scaled, rows.length);
    });
}
