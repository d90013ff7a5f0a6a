/** The tasks of products of matrices with many rows and few columns. */
import type { Address } from "../arena.ts";
import { SIZE, STRIP, type Hand } from "./wasm.ts";

/** Rows of AᵀB's factors that are multiplied at a time: what is packed of them stays in the cache. */
const DEPTH = 256;
/** Rows of AB that are one task. */
const ROWS = 64;

/** AᵀB of A `[rows × aColumns]` and B `[rows × bColumns]`, cut into parts that are summed afterwards. */
export type Cross = {
  readonly a: Address;
  readonly aColumns: number;
  readonly b: Address;
  readonly bColumns: number;
  readonly rows: number;
  /** −AᵀB of each part's rows `[parts × aColumns × bColumns]`. */
  readonly sums: Address;
  /** The same for any number of threads, since rounding depends on it. */
  readonly parts: number;
};

/** Numbers of a packed row. */
const packedOf = (columns: number) => Math.ceil(columns / STRIP) * STRIP;

/** Bytes of a thread's own for {@link addCross}: both factors, an edge. */
export function crossSpare({ aColumns, bColumns }: Pick<Cross, "aColumns" | "bColumns">): number {
  return (DEPTH * (aColumns + packedOf(bColumns)) + 2 * STRIP) * SIZE;
}

/** Sum up one part. */
export function addCross(of: Cross, task: number, { wasm, spare }: Hand): void {
  const { a, aColumns, b, bColumns, rows, parts } = of;
  const sum = of.sums + task * aColumns * bColumns * SIZE;
  const packed = spare + DEPTH * aColumns * SIZE;
  const edge = packed + DEPTH * packedOf(bColumns) * SIZE;
  const size = Math.ceil(rows / parts);
  const end = Math.min(rows, (task + 1) * size);
  wasm.clear(sum, aColumns * bColumns);
  for (let from = task * size; from < end; from += DEPTH) {
    const depth = Math.min(DEPTH, end - from);
    wasm.transpose(spare, depth, a + from * aColumns * SIZE, aColumns, depth, aColumns);
    wasm.packRows(packed, b + from * bColumns * SIZE, bColumns, depth, bColumns);
    wasm.multiply(sum, bColumns, spare, depth, packed, aColumns, bColumns, depth, false, edge);
  }
}

/** C = AB of A `[rows × depth]` and B `[depth × columns]`. */
export type Product = {
  readonly c: Address;
  readonly a: Address;
  /** B. */
  readonly packed: Address;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
};

/** Bytes of a packed B. */
export function packedSize({ depth, columns }: Pick<Product, "depth" | "columns">): number {
  return depth * packedOf(columns) * SIZE;
}

/** The number of tasks of {@link multiplySome}, which needs an edge of its own. */
export function productTasks({ rows }: Product): number {
  return Math.ceil(rows / ROWS);
}

/** Some rows of C. */
export function multiplySome(of: Product, task: number, { wasm, spare }: Hand): void {
  const { c, a, packed, rows, depth, columns } = of;
  const from = task * ROWS;
  const size = Math.min(ROWS, rows - from);
  const to = c + from * columns * SIZE;
  wasm.multiply(to, columns, a + from * depth * SIZE, depth, packed, size, columns, depth, true, spare); // prettier-ignore
}
