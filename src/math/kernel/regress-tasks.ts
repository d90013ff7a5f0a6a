/** The tasks of many ridge regressions: parts of the gram that they share, then some rows each. */
import { SIZE, type Address, type Hand } from "./wasm.ts";

/** Rows of Y that are multiplied at a time: what is packed of them stays in the cache. */
const DEPTH = 256;
/** Rows of X that are one task: few, since some have a thousand times the entries of others. */
const ROWS = 16;

/** A gram of Y `[rows × k]`, cut into parts that are summed afterwards. */
export type Gram = {
  readonly y: Address;
  readonly rows: number;
  readonly k: number;
  /** −YᵀY of each part `[parts × k × k]`. */
  readonly sums: Address;
  /** The same for any number of threads, since rounding depends on it. */
  readonly parts: number;
};

/** Bytes of a thread's own for {@link addGram}. */
export function gramSpare(k: number): number {
  return (2 * DEPTH * k + 32) * SIZE;
}

/** Sum up one part. */
export function addGram({ y, rows, k, sums, parts }: Gram, task: number, hand: Hand): void {
  const { wasm, spare } = hand;
  const sum = sums + task * k * k * SIZE;
  const [turned, packed] = [spare, spare + DEPTH * k * SIZE];
  const edge = packed + DEPTH * k * SIZE;
  const size = Math.ceil(rows / parts);
  const end = Math.min(rows, (task + 1) * size);
  wasm.fillDiagonal(sum, k, 0);
  for (let from = task * size; from < end; from += DEPTH) {
    const depth = Math.min(DEPTH, end - from);
    const at = y + from * k * SIZE;
    wasm.transpose(turned, depth, at, k, depth, k);
    wasm.packRows(packed, at, k, depth, k);
    wasm.multiply(sum, k, turned, depth, packed, k, k, depth, false, edge);
  }
}

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

/** Bytes of a thread's own for {@link regressSome}. */
export function regressSpare(k: number): number {
  return (6 * k + 64) * SIZE;
}

/** Improve some rows of X. */
export function regressSome(of: Regressions, task: number, { wasm, spare }: Hand): void {
  wasm.regressRows(
    of.x,
    task * ROWS,
    Math.min(of.rows, (task + 1) * ROWS),
    of.k,
    of.rowStart,
    of.columns,
    of.values,
    of.y,
    of.gram,
    of.inverse,
    of.means,
    of.ridge,
    of.ridgeOfAll,
    of.meanRidge,
    of.steps,
    spare,
  );
}
