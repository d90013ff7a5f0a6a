/** Forward and back substitution with a Cholesky factor, for a stripe of columns of the right side. */
import type { Address } from "../arena.ts";
import { BLOCK, blockAt, blocksOf, heightOf } from "./blocks.ts";
import { SIZE, type ThreadContext } from "./wasm.ts";

/**
 * A factored matrix A `[n × n]`: L below the diagonal, Lᵀ above it, and the inverses of L's blocks on the
 * diagonal.
 */
type Factored = { readonly a: Address; readonly n: number };

/** A right side B `[n × m]`, and the columns per task, a multiple of 16. */
export type Stripes = Factored & {
  readonly b: Address;
  readonly m: number;
  readonly width: number;
};

/** Scratch bytes per thread for {@link solveStripe}: the packed stripe, a block, and 32 numbers for `multiply`. */
export function stripeScratch(n: number, width: number): number {
  return (blocksOf(n) * BLOCK * width + BLOCK * BLOCK + 32) * SIZE;
}

/** Does one task: `B ← L⁻ᵀ L⁻¹ B` in one stripe, independent of the others. */
export function solveStripe(
  { a, n, b, m, width }: Stripes,
  task: number,
  context: ThreadContext,
): void {
  const { wasm, scratch } = context;
  const blocks = blocksOf(n);
  const columns = Math.min(width, m - task * width);
  const transposed = scratch + blocks * BLOCK * width * SIZE;
  const edge = transposed + BLOCK * BLOCK * SIZE;
  const packed = (block: number) => scratch + block * BLOCK * width * SIZE;

  /** Subtracts from block k its products with the blocks from `first` to `end`, then applies `inverse`. */
  function finish(k: number, first: number, end: number, inverse: Address, stride: number) {
    const c = blockAt(b, m, k, 0) + task * width * SIZE;
    const rows = heightOf(k, n);
    const multiply = (p: Address, pStride: number, block: number, isSet: boolean) =>
      wasm.multiply(
        c,
        m,
        p,
        pStride,
        packed(block),
        rows,
        columns,
        heightOf(block, n),
        isSet,
        edge,
      );
    for (let j = first; j < end; j++) multiply(blockAt(a, n, k, j), n, j, false);
    wasm.packRows(packed(k), c, m, rows, columns);
    multiply(inverse, stride, k, true);
    wasm.packRows(packed(k), c, m, rows, columns);
  }

  for (let k = 0; k < blocks; k++) finish(k, 0, k, blockAt(a, n, k, k), n);
  for (let k = blocks - 1; k >= 0; k--) {
    const rows = heightOf(k, n);
    wasm.transpose(transposed, rows, blockAt(a, n, k, k), n, rows, rows);
    finish(k, k + 1, blocks, transposed, rows);
  }
}
