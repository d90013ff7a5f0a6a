/** Square blocks of a matrix: their size, number and addresses. */
import type { Address } from "../arena.ts";
import { SIZE } from "./wasm.ts";

/**
 * Rows and columns of a block. With a depth of 256, a product does enough arithmetic per number that it
 * fetches from memory, and its packed right factor (256 kB) fits the L2 cache.
 */
export const BLOCK = 256;

/** The number of blocks along n rows. */
export function blocksOf(n: number): number {
  return Math.ceil(n / BLOCK);
}

/** Rows of a block: all but the last have {@link BLOCK}. */
export function heightOf(block: number, n: number): number {
  return Math.min(BLOCK, n - block * BLOCK);
}

/** Address of a block of A, whose rows have `stride` numbers. */
export function blockAt(a: Address, stride: number, row: number, column: number): Address {
  return a + (row * stride + column) * BLOCK * SIZE;
}

/** The `t`-th block on or below the diagonal, counted along rows. */
export function lowerBlock(t: number): { readonly row: number; readonly column: number } {
  const row = Math.floor((Math.sqrt(8 * t + 1) - 1) / 2);
  return { row, column: t - (row * (row + 1)) / 2 };
}

/** The number of blocks on and below the diagonal. */
export function lowerBlocks(rows: number): number {
  return (rows * (rows + 1)) / 2;
}
