/** The tasks of finding for many vectors the nearest of a few. */
import type { Address } from "../arena.ts";
import { SIZE, STRIP, type Hand } from "./wasm.ts";

/** Vectors that are one task: their products with a thousand others stay in the second-level cache. */
const ROWS = 64;

/** A `[rows × width]` and B `[columns × width]`, packed. */
export type Places = {
  /** Place of the nearest `[rows]`, 32 bits each. */
  readonly out: Address;
  readonly a: Address;
  readonly packed: Address;
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
};

/** Bytes of a thread's own: the products of a task, an edge. */
export function nearestSpare({ columns }: Pick<Places, "columns">): number {
  return (ROWS * columns + 2 * STRIP) * SIZE;
}

/** The number of tasks. */
export function nearestTasks({ rows }: Pick<Places, "rows">): number {
  return Math.ceil(rows / ROWS);
}

/** Some rows of A. */
export function placeSome(of: Places, task: number, { wasm, spare }: Hand): void {
  const { out, a, packed, rows, columns, width } = of;
  const from = task * ROWS;
  const size = Math.min(ROWS, rows - from);
  const edge = spare + ROWS * columns * SIZE;
  wasm.multiply(spare, columns, a + from * width * SIZE, width, packed, size, columns, width, true, edge); // prettier-ignore
  wasm.largestPlaces(out + from * SIZE, spare, columns, size, columns);
}
