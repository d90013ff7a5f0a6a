/** Tasks of many ridge regressions, some rows each. */
import type { Address } from "../arena.ts";
import { SIZE, type ThreadContext } from "./wasm.ts";

/** Rows of X per task: few, since some have a thousand times the entries of others. */
const ROWS = 16;

/** One side's regressions on the other; see `assembly/regress.ts`. */
export type Regressions = {
  readonly x: Address;
  readonly rows: number;
  readonly k: number;
  readonly rowStart: Address;
  readonly columns: Address;
  readonly values: Address;
  readonly y: Address;
  readonly gram: Address;
  readonly inverse: Address;
  /** 0 if there are none. */
  readonly means: Address;
  readonly ridge: number;
  readonly ridgeOfAll: number;
  /** Ridge of the preconditioner, added to G's diagonal. */
  readonly meanRidge: number;
  readonly steps: number;
};

/** The number of tasks of {@link regressSome}. */
export function regressTasks({ rows }: Regressions): number {
  return Math.ceil(rows / ROWS);
}

/** Scratch bytes per thread for {@link regressSome}: six vectors, and weights of a batch of entries. */
export function regressScratch(k: number): number {
  return (6 * k + 32) * SIZE;
}

/** Does one task: improves some rows of X. */
export function regressSome(of: Regressions, task: number, { wasm, scratch }: ThreadContext): void {
  const { x, rows, k, rowStart, columns, values, y, gram, inverse, means, steps } = of;
  const [from, end] = [task * ROWS, Math.min(rows, (task + 1) * ROWS)];
  const { ridge, ridgeOfAll, meanRidge } = of;
  wasm.regressRows(x, from, end, k, rowStart, columns, values, y, gram, inverse, means, ridge, ridgeOfAll, meanRidge, steps, scratch); // prettier-ignore
}
