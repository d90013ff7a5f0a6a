/** Shapes of operands, and checks that they fit each other. */
import type { Csr } from "../sparse.ts";
import { STRIP } from "./wasm.ts";

/** Rows of a square matrix. @throws RangeError if it is none. */
export function sideOf(a: Float32Array): number {
  const n = Math.sqrt(a.length);
  if (!Number.isInteger(n)) throw new RangeError(`${a.length} numbers are no square matrix`);
  return n;
}

/** Rows of A and columns of B. @throws RangeError if they do not fit. */
export function shapeOf(
  a: Float32Array,
  b: Float32Array,
): { readonly n: number; readonly m: number } {
  const n = sideOf(a);
  const m = n === 0 ? 0 : b.length / n;
  if (!Number.isInteger(m))
    throw new RangeError(`${b.length} numbers are no right side of ${n} rows`);
  return { n, m };
}

/**
 * Sizes of regressions of the rows of X on those of Y.
 *
 * @throws RangeError if the shapes do not fit, or k is not a multiple of 16.
 */
export function regressionShape(x: Float32Array, c: Csr, y: Float32Array, means?: Float32Array) {
  const [rows, others, entries] = [c.rowStart.length - 1, c.columnCount, c.columns.length];
  const k = (x.length + y.length) / Math.max(1, rows + others);
  if (!Number.isInteger(k / STRIP)) throw new RangeError(`${k} columns are not a multiple of 16`);
  if (x.length !== rows * k) throw new RangeError(`${x.length} numbers are not ${rows} × ${k}`);
  if (means && means.length !== x.length)
    throw new RangeError(`${means.length} means are not ${rows} × ${k}`);
  return { rows, others, entries, k };
}

/** Checks W of a regression from histories. @throws RangeError if it does not fit. */
export function checkHistoryShape(w: Float32Array, { columnCount: n }: Csr, blocks: number): void {
  if (w.length !== blocks * n * n)
    throw new RangeError(`${w.length} numbers are not ${blocks} × ${n} × ${n}`);
}

/** Rows of A and C, columns of B and C. @throws RangeError if they do not fit. */
export function productShape(c: Float32Array, a: Float32Array, b: Float32Array, depth: number) {
  const [rows, columns] = [a.length / depth, b.length / depth];
  if (c.length !== rows * columns)
    throw new RangeError(`${c.length} numbers are no product ${rows} × ${columns}`);
  return { rows, columns };
}

/** Columns of A, rows of C; columns of B and C. @throws RangeError if they do not fit. */
export function transposedShape(c: Float32Array, a: Float32Array, b: Float32Array, rows: number) {
  const [aColumns, bColumns] = [a.length / rows, b.length / rows];
  if (c.length !== aColumns * bColumns)
    throw new RangeError(`${c.length} numbers are no product ${aColumns} × ${bColumns}`);
  return { aColumns, bColumns };
}
