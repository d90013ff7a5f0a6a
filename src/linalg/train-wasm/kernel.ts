/**
 * Contract of the kernel of training: linear algebra on large matrices by WASM SIMD, shared by threads.
 *
 * Results are bitwise equal for any number of threads.
 */
import type { Csr } from "../sparse.ts";
import type { HistoryRegression } from "./histories.ts";
import type { Regression } from "./regress.ts";

/**
 * Functions of training's kernel, which runs one at a time. Matrices are row-major, of 32-bit floats. Each
 * function rejects with a RangeError if shapes do not fit, and with a KernelError if a thread has ended.
 */
export type Kernel = {
  /** Number of threads, including the calling one. */
  readonly threads: number;
  /**
   * Allocates zeros in the kernel's memory, valid until it is closed. Matrices there are not copied.
   *
   * @throws RangeError beyond 4 GB in all.
   */
  floats(length: number): Float32Array;
  /** Allocates an `emptyCsr` in the kernel's memory. */
  sparse(rows: number, columnCount: number, entries: number): Csr;
  /** Runs `job`, then frees the arrays allocated meanwhile; it must not return one of them. */
  scratch<T>(job: () => Promise<T>): Promise<T>;
  /**
   * Solves A X = B in place: `b` `[n × m]` becomes X, `a` `[n × n]` is overwritten. A is symmetric and
   * positive definite; its lower triangle is read.
   *
   * A = (4 ·; 2 3), B = (8; 7) → 1.25, 1.5
   *
   * @throws RangeError that names the pivot if A is not positive definite; `b` is unchanged then.
   */
  solve(a: Float32Array, b: Float32Array): Promise<void>;
  /**
   * Inverts A in place, both triangles. A is symmetric and positive definite; its lower triangle is read.
   *
   * A = (4 ·; 2 3) → 0.375, −0.25, −0.25, 0.5
   *
   * @throws RangeError that names the pivot if A is not positive definite; `a` may be overwritten then.
   */
  inverse(a: Float32Array): Promise<void>;
  /**
   * Computes C = AB for A `[rows × depth]` with many rows, B `[depth × columns]` with few columns.
   *
   * A = (1 2; 3 4), B = (1; 10) → 21, 43
   */
  multiply(c: Float32Array, a: Float32Array, b: Float32Array, depth: number): Promise<void>;
  /**
   * Computes C = AᵀB for A `[rows × …]` and B `[rows × …]` with many rows and few columns.
   *
   * A = (1 2; 3 4), B = (1; 10) → 31, 42
   */
  multiplyTransposed(
    c: Float32Array,
    a: Float32Array,
    b: Float32Array,
    rows: number,
  ): Promise<void>;
  /**
   * Moves each row of X `[c's rows × k]` towards the minimum, with Y `[c's columns × k]` fixed, of
   *
   *     Σ_n |c_n| (p_n − x·y_n)² + α₀ Σ_all (x·y)² + λ (n + α₀ |Y|) ‖x − μ‖²,   p = 1 if c > 0 else 0
   *
   * by some conjugate gradient steps, warm-started. Rows without entries become μ `[rows × k]`, or zero. k
   * is a multiple of 16. `undefined` if WASM has no SIMD; `sweep` of models/ials is the oracle.
   *
   * One entry c = 1 on y = (1, 0, …), α₀ = 0, λ = 1 → x = (0.5, 0, …)
   *
   * @throws RangeError if the normal equations that all rows share are singular.
   */
  readonly regress?: (
    x: Float32Array,
    c: Csr,
    y: Float32Array,
    params: Regression,
    means?: Float32Array,
  ) => Promise<void>;
  /**
   * Solves (ΦᵀΦ + λI) W = ΦᵀY for W `[blocks × posts × posts]`, by conjugate gradients to a relative residual of
   * 1e-5. Φ has a row for each step of each history (oldest first, values unused): the posts before it with their
   * decayed weights, block by block; Y is its post. Each conjugate gradient step costs steps × posts operations, whatever the
   * windows. `undefined` if WASM has no SIMD; {@link solve} with ΦᵀΦ is the oracle.
   *
   * One history 0, 1, one block, λ = 1 → 0, 0.5, 0, 0
   */
  readonly regressHistories?: (
    w: Float32Array,
    histories: Csr,
    params: HistoryRegression,
  ) => Promise<void>;
  /** Ends the threads; the memory is freed as soon as no `floats` are in use. */
  close(): Promise<void>;
};
