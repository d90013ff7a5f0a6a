/** Tasks of the regression from histories, 16 columns of its result each. */
import type { Address } from "../arena.ts";
import { SIZE, STRIP, type ThreadContext } from "./wasm.ts";

/** The regression in the kernel's memory; see `assembly/histories.ts`. */
export type Histories = {
  /** W `[blocks × n × n]`. */
  readonly w: Address;
  readonly n: number;
  readonly rowStart: Address;
  readonly columns: Address;
  readonly users: number;
  readonly blocks: Address;
  readonly blockCount: number;
  readonly lambda: number;
};

/** The number of tasks of {@link regressStrip}. */
export function historyTasks({ n }: Histories): number {
  return Math.ceil(n / STRIP);
}

/** Scratch bytes per thread for {@link regressStrip}: four strips of the size of W's, one of the longest history, five rows. */
export function historyScratch({ n, blockCount }: Histories, longest: number): number {
  return (4 * blockCount * n + longest + 5) * STRIP * SIZE;
}

/** Does one task: solves the columns of a strip. */
export function regressStrip(of: Histories, task: number, { wasm, scratch }: ThreadContext): void {
  const { w, n, rowStart, columns, users, blocks, blockCount, lambda } = of;
  const [first, rows] = [task * STRIP, blockCount * n];
  const rest = scratch + rows * STRIP * SIZE;
  wasm.regressHistories(scratch, n, first, rowStart, columns, users, blocks, blockCount, lambda, rest); // prettier-ignore
  wasm.copy(w + first * SIZE, n, scratch, STRIP, rows, Math.min(STRIP, n - first));
}
