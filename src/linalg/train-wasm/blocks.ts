/** How a matrix is cut into square blocks. */
import type { Address } from "../arena.ts";
import { SIZE } from "./wasm.ts";

/**
 * Rows and columns of a block. 256 deep, a product does enough for each number that it fetches from
 * memory, while its packed right factor (256 kB) still fits the second-level cache.
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

/** Where a block of A begins, whose rows hold `stride` numbers. */
export function blockAt(a: Address, stride: number, row: number, column: number): Address {
  return a + (row * stride + column) * BLOCK * SIZE;
}

/** The `t`-th place on or below the diagonal, counted along rows. */
export function lowerPlace(t: number): { readonly row: number; readonly column: number } {
  const row = Math.floor((Math.sqrt(8 * t + 1) - 1) / 2);
  return { row, column: t - (row * (row + 1)) / 2 };
}

/** The number of places on and below the diagonal. */
export function lowerPlaces(rows: number): number {
  return (rows * (rows + 1)) / 2;
}
