/** Tasks of a sweep and of mirroring; each writes parts of A that no other task reads or writes. */
import type { Address } from "../arena.ts";
import { BLOCK, blockAt, heightOf, lowerBlock } from "./blocks.ts";
import { SIZE, type ThreadContext } from "./wasm.ts";

/** Rows of a diagonal tile per multiplication: most of the part above the diagonal is left out. */
const STEP = 64;

/** A sweep of A `[n × n]` over the rows of its block `k`, whose Cholesky factor is L. */
export type Sweep = {
  readonly a: Address;
  readonly n: number;
  readonly k: number;
  /** True to sweep the blocks before k too, for an inverse; false for the Cholesky factor. */
  readonly isInverse: boolean;
  /** L⁻¹, packed. */
  readonly inverse: Address;
  /** L⁻ᵀ, packed. */
  readonly transposed: Address;
  /** W = A[·, k] L⁻ᵀ, block under block. */
  readonly w: Address;
  /** Wᵀ, packed, block after block. */
  readonly q: Address;
};

/** Scratch bytes per thread for {@link panelBlock} and {@link updateTile}. */
export const SWEEP_SCRATCH = (BLOCK * BLOCK + 32) * SIZE;

/** The number of blocks for {@link panelBlock}. */
export function panelBlocks({ k, isInverse }: Sweep, blocks: number): number {
  return isInverse ? blocks : blocks - k - 1;
}

/** Does one task: a block of W, and its replacement in the columns k of A, W L⁻¹ or W itself. */
export function panelBlock(sweep: Sweep, task: number, { wasm, scratch }: ThreadContext): void {
  const { a, n, k, isInverse } = sweep;
  const block = isInverse ? task : task + k + 1;
  const [rows, width] = [heightOf(block, n), heightOf(k, n)];
  const at = block < k ? blockAt(a, n, k, block) : blockAt(a, n, block, k);
  const w = sweep.w + block * BLOCK * width * SIZE;
  const edge = scratch + BLOCK * BLOCK * SIZE;
  const [p, stride] = block > k ? [at, n] : [scratch, width];
  if (block === k) wasm.fillDiagonal(scratch, width, -1);
  if (block < k) wasm.transpose(scratch, width, at, n, width, rows);
  wasm.multiply(w, width, p, stride, sweep.transposed, rows, width, width, true, edge);
  wasm.packColumns(sweep.q + block * BLOCK * width * SIZE, w, width, width, rows);
  if (!isInverse) return wasm.copy(at, n, w, width, rows, width);
  const [v, vStride] = block < k ? [scratch, width] : [at, n];
  wasm.multiply(v, vStride, w, width, sweep.inverse, rows, width, width, true, edge);
  if (block < k) wasm.transpose(at, n, scratch, width, rows, width);
}

/** The number of rows of blocks for {@link updateTile}. */
export function updateRows({ k, isInverse }: Sweep, blocks: number): number {
  return isInverse ? blocks - 1 : blocks - k - 1;
}

/** Does one task: `A[i, j] −= Wᵢ Wⱼᵀ` for a block on or below the diagonal, outside the rows and columns k. */
export function updateTile(
  { a, n, k, isInverse, w, q }: Sweep,
  task: number,
  context: ThreadContext,
): void {
  const place = lowerBlock(task);
  const blockOf = (it: number) => (isInverse && it < k ? it : isInverse ? it + 1 : it + k + 1);
  const [row, column] = [blockOf(place.row), blockOf(place.column)];
  const [rows, columns, depth] = [heightOf(row, n), heightOf(column, n), heightOf(k, n)];
  const step = row === column ? STEP : rows;
  for (let from = 0; from < rows; from += step) {
    const height = Math.min(step, rows - from);
    context.wasm.multiply(
      blockAt(a, n, row, column) + from * n * SIZE,
      n,
      w + (row * BLOCK + from) * depth * SIZE,
      depth,
      q + column * BLOCK * depth * SIZE,
      height,
      row === column ? from + height : columns,
      depth,
      false,
      context.scratch,
    );
  }
}

/** A symmetric matrix with a known lower triangle. */
export type Half = {
  readonly a: Address;
  readonly n: number;
  /** True to negate the matrix too. */
  readonly isNegated: boolean;
  /** True to complete the blocks on the diagonal too. */
  readonly isWhole: boolean;
};

/** Does one task: copies a block below the diagonal to its mirror image above. */
export function mirrorTile(
  { a, n, isNegated, isWhole }: Half,
  task: number,
  { wasm }: ThreadContext,
): void {
  const { row, column } = lowerBlock(task);
  const [rows, columns] = [heightOf(row, n), heightOf(column, n)];
  const at = blockAt(a, n, row, column);
  if (isNegated) wasm.negate(at, n, rows, columns);
  if (row !== column) wasm.transpose(blockAt(a, n, column, row), n, at, n, rows, columns);
  else if (isWhole) wasm.mirror(at, n, rows);
}
