/** The kernel of training in plain TypeScript: the oracle, and the replacement without WASM SIMD. */
import { emptyCsr } from "../sparse.ts";
import type { Kernel } from "./kernel.ts";
import { productShape, shapeOf, sideOf, transposedShape } from "./shapes.ts";

/** A kernel in the calling thread, with arrays on the heap. */
export function plainKernel(): Kernel {
  return {
    threads: 1,
    floats: (length) => new Float32Array(length),
    sparse: emptyCsr,
    scratch: (job) => job(),
    solve: async (a, b) => {
      const { n, m } = shapeOf(a, b);
      solve(a, n, b, m);
    },
    inverse: async (a) => invert(a, sideOf(a)),
    multiply: async (c, a, b, depth) => multiply(c, a, b, productShape(c, a, b, depth).columns),
    multiplyTransposed: async (c, a, b, rows) =>
      multiplyTransposed(c, a, b, transposedShape(c, a, b, rows).bColumns),
    close: async () => {},
  };
}

/**
 * B `[n × m]` becomes A⁻¹ B in place, A `[n × n]` its Cholesky factor; A's lower triangle is read.
 *
 * @throws RangeError if A is not positive definite; it is overwritten then.
 * @see Golub & Van Loan, Matrix Computations, 4th ed., algorithm 4.2.1.
 */
function solve(a: Float32Array, n: number, b: Float32Array, m: number): void {
  factor(a, n);
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < i; p++) subtractRow(b, i, p, m, a[i * n + p]!);
    scaleRow(b, i, m, 1 / a[i * n + i]!);
  }
  for (let i = n - 1; i >= 0; i--) {
    scaleRow(b, i, m, 1 / a[i * n + i]!);
    for (let p = 0; p < i; p++) subtractRow(b, p, i, m, a[i * n + p]!);
  }
}

/**
 * Inverts A in place, both triangles.
 *
 * @throws RangeError if A is not positive definite; it is overwritten then.
 */
function invert(a: Float32Array, n: number): void {
  const b = new Float32Array(n * n);
  for (let i = 0; i < n; i++) b[i * n + i] = 1;
  solve(a, n, b, n);
  a.set(b);
}

/** `C = AB` for A `[rows × depth]`, B `[depth × columns]`. */
function multiply(c: Float32Array, a: Float32Array, b: Float32Array, columns: number) {
  const depth = b.length / columns;
  c.fill(0);
  for (let row = 0; row * columns < c.length; row++)
    for (let i = 0; i < depth; i++) {
      const w = a[row * depth + i]!;
      if (w !== 0)
        for (let j = 0; j < columns; j++) c[row * columns + j]! += w * b[i * columns + j]!;
    }
}

/** `C = AᵀB` for A `[rows × …]`, B `[rows × columns]`. */
function multiplyTransposed(
  c: Float32Array,
  a: Float32Array,
  b: Float32Array,
  columns: number,
): void {
  const height = c.length / columns;
  c.fill(0);
  for (let row = 0; row * columns < b.length; row++)
    for (let i = 0; i < height; i++) {
      const w = a[row * height + i]!;
      if (w !== 0)
        for (let j = 0; j < columns; j++) c[i * columns + j]! += w * b[row * columns + j]!;
    }
}

function factor(a: Float32Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++)
      a[i * n + j] = (a[i * n + j]! - dot(a, i * n, j * n, j)) / a[j * n + j]!;
    const pivot = a[i * n + i]! - dot(a, i * n, i * n, i);
    if (!(pivot > 0)) throw new RangeError(`matrix is not positive definite at pivot ${i}`);
    a[i * n + i] = Math.sqrt(pivot);
  }
}

/** Inner product of n numbers from entries p and q on, in double precision and two sums. */
function dot(a: Float32Array, p: number, q: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let i = 0;
  for (const end = n & ~1; i < end; i += 2) {
    s0 += a[p + i]! * a[q + i]!;
    s1 += a[p + i + 1]! * a[q + i + 1]!;
  }
  return i < n ? s0 + s1 + a[p + i]! * a[q + i]! : s0 + s1;
}

/** `Bᵢ −= w Bₚ` for rows of m numbers. */
function subtractRow(b: Float32Array, i: number, p: number, m: number, w: number): void {
  if (w === 0) return;
  for (let c = 0; c < m; c++) b[i * m + c]! -= w * b[p * m + c]!;
}

function scaleRow(b: Float32Array, i: number, m: number, scale: number): void {
  for (let c = 0; c < m; c++) b[i * m + c]! *= scale;
}
