/**
 * Inner products of combinations of a matrix's rows with all of its rows, from the products of the
 * rows with each other: those are worked out when first needed, and kept.
 */
import { wasmOn, type Products } from "./products.ts";

/** Combinations `x_v = Σ_n weight_n × row_n`, n from `starts[v]` up to `starts[v + 1]`. */
export type Combinations = {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly weights: Float32Array;
};

/** x·y for all combinations X and all rows of the matrix: `[combinations × rows]`, its own. */
export type CombinationProducts = (combinations: Combinations) => Float32Array;

/**
 * What it costs is the products of the rows that are combined, not their width: for 50 rows of
 * 3,400 × 384, 40 µs instead of 300. It keeps `rows²` numbers at most.
 *
 * @param products  With all rows of the matrix.
 * @param row  One row of it.
 * @returns `undefined` where WASM has no SIMD.
 */
export function combinationsOf(
  rows: number,
  products: Products,
  row: (row: number) => Float32Array,
): CombinationProducts | undefined {
  const width = Math.ceil(rows / 4) * 4;
  const inputAt = rows * width * 4;
  // Rows and weights of one combination, which has no row twice; then its products.
  const opened = wasmOn(inputAt + 3 * width * 4);
  if (opened === undefined) return undefined;
  const { wasm, memory } = opened;
  const table = new Float32Array(memory.buffer, 0, rows * width);
  const places = new Uint32Array(memory.buffer, inputAt, rows);
  const weights = new Float32Array(memory.buffer, inputAt + width * 4, rows);
  const sums = new Float32Array(memory.buffer, inputAt + 2 * width * 4, rows);
  const isKnown = new Uint8Array(rows);

  function know(wanted: Uint32Array): void {
    const missing = wanted.filter((it) => isKnown[it] === 0);
    if (missing.length === 0) return;
    const d = row(missing[0]!).length;
    const vectors = new Float32Array(missing.length * d);
    for (let n = 0; n < missing.length; n++) vectors.set(row(missing[n]!), n * d);
    const found = products(vectors);
    for (let n = 0; n < missing.length; n++) {
      table.set(found.subarray(n * rows, (n + 1) * rows), missing[n]! * width);
      isKnown[missing[n]!] = 1;
    }
  }

  return ({ starts, rows: combined, weights: weighted }) => {
    know(combined);
    const out = new Float32Array((starts.length - 1) * rows);
    for (let v = 0; v + 1 < starts.length; v++) {
      const [from, to] = [starts[v]!, starts[v + 1]!];
      places.set(combined.subarray(from, to));
      weights.set(weighted.subarray(from, to));
      wasm.combine(inputAt + 2 * width * 4, 0, width, inputAt, inputAt + width * 4, to - from);
      out.set(sums, v * rows);
    }
    return out;
  };
}
