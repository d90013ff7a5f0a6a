/** Column functions of ranking in plain code: the kernel's oracle, and its replacement without SIMD. */
import type { Arrays } from "../arena.ts";
import type { TopTable } from "../sparse.ts";

/** Rows of a table, each with a weight. */
export type Weighted = { readonly rows: Uint32Array; readonly weights: Float32Array };

/** Sparse row sum: `out[j] = Σ_n weight_n table[row_n → j]` for `size` places j. */
export function plainRowSum(
  arrays: Arrays,
  { m, rows: others, scores }: TopTable,
  size: number,
  { rows, weights }: Weighted,
): Float32Array {
  const out = arrays.floats(size).fill(0);
  for (let n = 0; n < rows.length; n++) {
    const weight = weights[n]!;
    let p = (rows[n]! * m) | 0; // an integer to the engine too: see dotRows
    for (const end = (p + m) | 0; p < end && scores[p] !== 0; p++)
      out[others[p]!]! += weight * scores[p]!;
  }
  return out;
}

/** See `RankKernel.standardise`. */
export function plainStandardise(column: Float32Array): Float32Array {
  const size = column.length;
  let total = 0;
  for (let n = 0; n < size; n++) total += column[n]!;
  const mean = total / size;
  let squares = 0;
  for (let n = 0; n < size; n++) squares += (column[n]! - mean) ** 2;
  const deviation = Math.sqrt(squares / size);
  const scale = deviation > 1e-7 * (1e-7 + Math.abs(mean)) ? 1 / deviation : 0;
  for (let n = 0; n < size; n++) {
    column[n] = compressed((column[n]! - mean) * scale);
  }
  return column;
}

/** A number of standard deviations as standardised columns have it: outliers count by their root. */
export function compressed(z: number): number {
  const s = (Math.sqrt(1 + 4 * Math.abs(z)) - 1) / 2;
  return z < 0 ? -s : s;
}

/** See `RankKernel.nearness`. */
export function plainNearness(
  arrays: Arrays,
  columns: Float32Array,
  near: number,
  far: number,
  against: number,
): Float32Array {
  const length = near + far > 0 ? columns.length / (near + far) : 0;
  const nearest = arrays.floats(length).fill(near > 0 ? -1 : 0);
  const repelled = arrays.floats(length).fill(0);
  for (let v = 0; v < near + far; v++) {
    const most = v < near ? nearest : repelled;
    for (let n = 0, at = v * length; n < length; n++, at++)
      if (columns[at]! > most[n]!) most[n] = columns[at]!;
  }
  for (let n = 0; n < length; n++) nearest[n]! -= against * repelled[n]!;
  return nearest;
}
