/** The tasks of sums of outer products of sparse rows. */
import { blockAt, heightOf, lowerPlace } from "./blocks.ts";
import type { Address } from "../arena.ts";
import type { Hand } from "./wasm.ts";

/** Columns of X, rows of the sum, that are one task: many, since popular ones cost the most. */
const COLUMNS = 32;

/** Sparse rows in the kernel's memory; row starts count from the first of them. */
export type Rows = {
  readonly rowStart: Address;
  readonly columns: Address;
  readonly values: Address;
};

/** Room for some rows of X, the same ones of Y, and X's entries grouped by column. */
export type Batch = {
  readonly rows: number;
  readonly x: Rows;
  readonly y: Rows;
  readonly first: Address;
  readonly starts: Address;
  readonly ends: Address;
  readonly weights: Address;
};

/** One sum of outer products, as its threads see it. */
export type Outer = {
  /** The sum `[xColumns × yColumns]`. */
  readonly c: Address;
  readonly xColumns: number;
  readonly yColumns: number;
  /** Y is X, and of each pair of entries the one with the later row entry is added. */
  readonly isHalf: boolean;
  /** What is added; grouped already. */
  readonly batch: Batch;
  /** What is to be grouped meanwhile, for the next phase. */
  readonly next: Batch | undefined;
};

/** The number of tasks of {@link addColumns}. */
export function columnTasks({ xColumns }: Outer): number {
  return Math.ceil(xColumns / COLUMNS) + 1;
}

/** The first task groups the next batch; each other one adds to some rows of the sum. */
export function addColumns(outer: Outer, task: number, { wasm }: Hand): void {
  const { c, xColumns, yColumns, batch, next } = outer;
  if (task === 0) return next && group(outer, next, wasm);
  const from = (task - 1) * COLUMNS;
  const end = Math.min(from + COLUMNS, xColumns);
  const { first, starts, ends, weights, y } = batch;
  wasm.addOuter(c, yColumns, from, end, first, starts, ends, weights, y.columns, y.values);
}

/** Group a batch by the columns of X. */
export function group({ xColumns, isHalf }: Outer, batch: Batch, wasm: Hand["wasm"]): void {
  const { rows, x, y, first, starts, ends, weights } = batch;
  const yStart = isHalf ? 0 : y.rowStart;
  wasm.groupByColumn(
    first,
    starts,
    ends,
    weights,
    rows,
    xColumns,
    x.rowStart,
    x.columns,
    x.values,
    yStart,
  );
}

/** A matrix `[n × n]`. */
export type Square = { readonly a: Address; readonly n: number };

/** Of a pair of blocks that mirror each other, both become the sum of the two. */
export function foldTile({ a, n }: Square, task: number, { wasm }: Hand): void {
  const { row, column } = lowerPlace(task);
  const [below, above] = [blockAt(a, n, row, column), blockAt(a, n, column, row)];
  wasm.fold(below, above, n, heightOf(row, n), heightOf(column, n));
}
