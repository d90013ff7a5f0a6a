/** Tasks of products of matrices with many rows and few columns. */
import type { Address } from "../arena.ts";
import { SIZE, STRIP, type ThreadContext } from "./wasm.ts";

/** Rows of A and B per multiplication of AᵀB, so that the packed factors stay in the L2 cache. */
const DEPTH = 256;
/** Rows of AB per task. */
const ROWS = 64;

/** AᵀB of A `[rows × aColumns]` and B `[rows × bColumns]`, cut into parts that are summed afterwards. */
export type Cross = {
  readonly a: Address;
  readonly aColumns: number;
  readonly b: Address;
  readonly bColumns: number;
  readonly rows: number;
  /** −AᵀB of each part's rows `[parts × aColumns × bColumns]`: the kernel's product subtracts. */
  readonly sums: Address;
  /** Number of parts. Fixed, since the rounding of the sum depends on it. */
  readonly parts: number;
};

/** Numbers of a packed row. */
const packedOf = (columns: number) => Math.ceil(columns / STRIP) * STRIP;

/** Scratch bytes per thread for {@link addCross}: both factors packed, and 32 numbers for `multiply`. */
export function crossScratch({ aColumns, bColumns }: Pick<Cross, "aColumns" | "bColumns">): number {
  return (DEPTH * (aColumns + packedOf(bColumns)) + 2 * STRIP) * SIZE;
}

/** Does one task: sums up one part. */
export function addCross(of: Cross, task: number, { wasm, scratch }: ThreadContext): void {
  const { a, aColumns, b, bColumns, rows, parts } = of;
  const sum = of.sums + task * aColumns * bColumns * SIZE;
  const packed = scratch + DEPTH * aColumns * SIZE;
  const edge = packed + DEPTH * packedOf(bColumns) * SIZE;
  const size = Math.ceil(rows / parts);
  const end = Math.min(rows, (task + 1) * size);
  wasm.clear(sum, aColumns * bColumns);
  for (let from = task * size; from < end; from += DEPTH) {
    const depth = Math.min(DEPTH, end - from);
    wasm.transpose(scratch, depth, a + from * aColumns * SIZE, aColumns, depth, aColumns);
    wasm.packRows(packed, b + from * bColumns * SIZE, bColumns, depth, bColumns);
    wasm.multiply(sum, bColumns, scratch, depth, packed, aColumns, bColumns, depth, false, edge);
  }
}

/** C = AB of A `[rows × depth]` and B `[depth × columns]`. */
export type Product = {
  readonly c: Address;
  readonly a: Address;
  /** B, packed. */
  readonly packed: Address;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
};

/** Bytes of a packed B. */
export function packedSize({ depth, columns }: Pick<Product, "depth" | "columns">): number {
  return depth * packedOf(columns) * SIZE;
}

/** The number of tasks of {@link multiplySome}, each with 32 numbers of scratch. */
export function productTasks({ rows }: Product): number {
  return Math.ceil(rows / ROWS);
}

/** Does one task: some rows of C. */
export function multiplySome(of: Product, task: number, { wasm, scratch }: ThreadContext): void {
  const { c, a, packed, rows, depth, columns } = of;
  const from = task * ROWS;
  const size = Math.min(ROWS, rows - from);
  const to = c + from * columns * SIZE;
  wasm.multiply(to, columns, a + from * depth * SIZE, depth, packed, size, columns, depth, true, scratch); // prettier-ignore
}
