/** Which arrays go together. */
import type { Csr } from "../sparse.ts";

/**
 * Rows of a square matrix.
 *
 * @throws RangeError if it is none.
 */
export function sideOf(a: Float32Array): number {
  const n = Math.sqrt(a.length);
  if (!Number.isInteger(n)) throw new RangeError(`${a.length} numbers are no square matrix`);
  return n;
}

/**
 * Rows of A and columns of B.
 *
 * @throws RangeError if they do not fit.
 */
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
 * Where XᵀY is added: what was given, or new zeros.
 *
 * @throws RangeError if the shapes do not fit.
 */
export function outerTarget(
  x: Csr,
  y: Csr,
  given: Float32Array | undefined,
  floats: (length: number) => Float32Array,
): Float32Array {
  const [rows, others] = [x.rowStart.length - 1, y.rowStart.length - 1];
  if (rows !== others) throw new RangeError(`${rows} rows do not go with ${others} rows`);
  const size = x.columnCount * y.columnCount;
  const c = given ?? floats(size);
  if (c.length !== size)
    throw new RangeError(`${c.length} numbers are not ${x.columnCount} × ${y.columnCount}`);
  return c;
}
