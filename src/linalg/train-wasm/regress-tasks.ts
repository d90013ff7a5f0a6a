/** The tasks of many ridge regressions: some rows each. */
import type { Address } from "../arena.ts";
import { SIZE, type Hand } from "./wasm.ts";

/** Rows of X that are one task: few, since some have a thousand times the entries of others. */
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
  /** What the preconditioner has on the diagonal beside G. */
  readonly meanRidge: number;
  readonly steps: number;
};

/** The number of tasks of {@link regressSome}. */
export function regressTasks({ rows }: Regressions): number {
  return Math.ceil(rows / ROWS);
}

/** Bytes of a thread's own for {@link regressSome}: six vectors, weights of a batch of entries. */
export function regressSpare(k: number): number {
  return (6 * k + 32) * SIZE;
}

/** Improve some rows of X. */
export function regressSome(of: Regressions, task: number, { wasm, spare }: Hand): void {
  const { x, rows, k, rowStart, columns, values, y, gram, inverse, means, steps } = of;
  const [from, end] = [task * ROWS, Math.min(rows, (task + 1) * ROWS)];
  const { ridge, ridgeOfAll, meanRidge } = of;
  wasm.regressRows(x, from, end, k, rowStart, columns, values, y, gram, inverse, means, ridge, ridgeOfAll, meanRidge, steps, spare); // prettier-ignore
}
