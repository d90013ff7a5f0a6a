/**
 * Fast linear algebra on large matrices: WASM SIMD, shared by threads.
 *
 * The same input gives the same bits, whatever the number of threads.
 */
import type { Csr } from "../sparse.ts";
import { Arena } from "../arena.ts";
import { invert, solveFor } from "./dense.ts";
import { openPlaces } from "./places.ts";
import { plainKernel } from "./plain-kernel.ts";
import { productShape, regressionShape, shapeOf, sideOf, turnedShape } from "./shapes.ts";
import { regressAll, type Regression } from "./regress.ts";
import { crossProduct, product } from "./tall.ts";
import { openTeam } from "./team.ts";
import { compileKernel } from "./wasm.ts";

/** Does one thing at a time. All matrices are row-major. */
export type Kernel = {
  /** Threads that compute, the calling one among them. */
  readonly threads: number;
  /**
   * Zeros in the kernel's own memory, until it is closed: matrices made there are not copied.
   *
   * @throws RangeError beyond 4 GB in all.
   */
  floats(length: number): Float32Array;
  /** Run `job`, then take back the `floats` made meanwhile: what it returns must be none of them. */
  scratch<T>(job: () => Promise<T>): Promise<T>;
  /**
   * Solve A X = B in place: `b` `[n × m]` holds X on return, `a` `[n × n]` is spoiled. Of A, which
   * is symmetric and positive definite, the lower half is read.
   *
   * @throws RangeError if A is not positive definite, naming the pivot; `b` is as it was then.
   * @throws KernelError
   */
  solve(a: Float32Array, b: Float32Array): Promise<void>;
  /**
   * A, symmetric and positive definite, becomes A⁻¹, both halves. The lower half is read.
   *
   * @throws RangeError if A is not positive definite, naming the pivot; `a` may be spoiled then.
   * @throws KernelError
   */
  inverse(a: Float32Array): Promise<void>;
  /** An `emptyCsr` in the kernel's own memory: once filled, it is not copied whenever it is used. */
  sparse(rows: number, columnCount: number, entries: number): Csr;
  /**
   * `C = AB`, of dense matrices whose rows are many and columns few: A `[… × depth]`, B `[depth × …]`.
   *
   * @throws KernelError
   */
  multiply(c: Float32Array, a: Float32Array, b: Float32Array, depth: number): Promise<void>;
  /**
   * `C = AᵀB`, of dense matrices whose rows, the same number, are many and columns few.
   *
   * @throws KernelError
   */
  multiplyTurned(c: Float32Array, a: Float32Array, b: Float32Array, rows: number): Promise<void>;
  /**
   * Move each row of X `[c's rows × k]` towards where it minimises, Y `[c's columns × k]` fixed,
   *
   *     Σ_n |c_n| (p_n − x·y_n)² + α₀ Σ_all (x·y)² + λ (n + α₀ |Y|) ‖x − μ‖²,   p = 1 if c > 0 else 0
   *
   * by some conjugate gradient steps from where it is; rows without entries become μ `[rows × k]`,
   * or zero. k is a multiple of 16. `undefined` where WASM has no SIMD.
   *
   * @throws RangeError if the equations that all rows share are singular.
   * @throws KernelError
   */
  readonly regress?: (
    x: Float32Array,
    c: Csr,
    y: Float32Array,
    params: Regression,
    means?: Float32Array,
  ) => Promise<void>;
  /** End the threads, and let the memory go as soon as no `floats` are in use. */
  close(): Promise<void>;
};

/** How to start a kernel. */
export type KernelOptions = {
  /** The calling thread among them: with 1 nothing is spawned. */
  readonly threads: number;
  /**
   * Start `worker.ts`: `new Worker(new URL("…/linalg/train-wasm/worker.ts", import.meta.url))`. Handed in,
   * because a compiled program can do that only in a file at the top of `src` or a worker's own.
   */
  readonly spawn: () => Worker;
};

/**
 * Start the threads.
 *
 * @throws KernelError
 */
export async function openKernel({ threads, spawn }: KernelOptions): Promise<Kernel> {
  const module = await compileKernel();
  return module ? openFast(module, { threads, spawn }) : plainKernel();
}

async function openFast(
  module: WebAssembly.Module,
  { threads, spawn }: KernelOptions,
): Promise<Kernel> {
  const arena = new Arena();
  const team = await openTeam(module, arena.memory, threads, spawn);
  const desk = { arena, team };
  const { floats, sparse, inside } = openPlaces(arena);

  return {
    threads,
    floats,
    sparse,
    regress: async (x, c, y, params, means) => {
      const shape = regressionShape(x, c, y, means);
      const read = [y, c.rowStart, c.columns, c.values, ...(means ? [means] : [])];
      await inside([x], (at) => regressAll(desk, shape, at, params), read);
    },
    multiply: async (c, a, b, depth) => {
      const { rows, columns } = productShape(c, a, b, depth);
      await inside([c], ([c, a, b]) => product(desk, b!, { c: c!, a: a!, rows, depth, columns }), [
        a,
        b,
      ]);
    },
    multiplyTurned: async (c, a, b, rows) => {
      const { aColumns, bColumns } = turnedShape(c, a, b, rows);
      await inside(
        [c],
        ([c, a, b]) => crossProduct(desk, c!, { a: a!, aColumns, b: b!, bColumns, rows }),
        [a, b],
      );
    },
    scratch: (job) => arena.scratch(job),
    solve: async (a, b) => {
      const { n, m } = shapeOf(a, b);
      await inside([a, b], ([atA, atB]) => solveFor(desk, atA!, n, atB!, m));
    },
    inverse: async (a) => {
      const n = sideOf(a);
      await inside([a], ([at]) => invert(desk, at!, n));
    },
    close: team.close,
  };
}
