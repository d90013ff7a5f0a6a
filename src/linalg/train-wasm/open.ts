/** Starts the kernel of training: in WASM with threads, or in plain code if WASM has no SIMD. */
import { Arena } from "../arena.ts";
import { invert, solveFor } from "./dense.ts";
import { regressAllHistories } from "./histories.ts";
import { openOperands } from "./operands.ts";
import type { Kernel } from "./kernel.ts";
import { plainKernel } from "./plain-kernel.ts";
import {
  checkHistoryShape,
  productShape,
  regressionShape,
  shapeOf,
  sideOf,
  transposedShape,
} from "./shapes.ts";
import { regressAll } from "./regress.ts";
import { crossProduct, product } from "./tall.ts";
import { openTeam } from "./team.ts";
import { compileKernel } from "./wasm.ts";

/** Options of {@link openKernel}. */
type KernelOptions = {
  /** Number of threads, including the calling one: with 1, no worker is spawned. */
  readonly threads: number;
  /**
   * Starts `worker.ts`: `new Worker(new URL("…/linalg/train-wasm/worker.ts", import.meta.url))`. A parameter,
   * since a compiled program can do that only in a file at the top of `src` or in a worker's own file.
   */
  readonly spawn: () => Worker;
};

/** Starts the threads; rejects with a KernelError if one fails. */
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
  const workspace = { arena, team };
  const { floats, sparse, inside } = openOperands(arena);

  return {
    threads,
    floats,
    sparse,
    regress: async (x, c, y, params, means) => {
      const shape = regressionShape(x, c, y, means);
      const read = [y, c.rowStart, c.columns, c.values, ...(means ? [means] : [])];
      await inside([x], (at) => regressAll(workspace, shape, at, params), read);
    },
    regressHistories: async (w, histories, params) => {
      const { rowStart, columns } = histories;
      checkHistoryShape(w, histories, params.blocks.length);
      await inside([w], (at) => regressAllHistories(workspace, at, histories, params), [
        rowStart,
        columns,
      ]);
    },
    multiply: async (c, a, b, depth) => {
      const { rows, columns } = productShape(c, a, b, depth);
      await inside(
        [c],
        ([c, a, b]) => product(workspace, b!, { c: c!, a: a!, rows, depth, columns }),
        [a, b],
      );
    },
    multiplyTransposed: async (c, a, b, rows) => {
      const { aColumns, bColumns } = transposedShape(c, a, b, rows);
      await inside(
        [c],
        ([c, a, b]) => crossProduct(workspace, c!, { a: a!, aColumns, b: b!, bColumns, rows }),
        [a, b],
      );
    },
    scratch: (job) => arena.scratch(job),
    solve: async (a, b) => {
      const { n, m } = shapeOf(a, b);
      await inside([a, b], ([atA, atB]) => solveFor(workspace, atA!, n, atB!, m));
    },
    inverse: async (a) => {
      const n = sideOf(a);
      await inside([a], ([at]) => invert(workspace, at!, n));
    },
    close: team.close,
  };
}
