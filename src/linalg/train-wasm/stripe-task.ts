/** Forward and back through a Cholesky factor, for some columns of the right side at a time. */
import type { Address } from "../arena.ts";
import { BLOCK, blockAt, blocksOf, heightOf } from "./blocks.ts";
import { SIZE, type Hand } from "./wasm.ts";

/**
 * What sweeps left of A `[n × n]`: below the diagonal L, above it Lᵀ, and on the diagonal the
 * inverses of L's blocks.
 */
type Factored = { readonly a: Address; readonly n: number };

/** Solve for B `[n × m]`, `width` columns a task: a multiple of 16. */
export type Stripes = Factored & {
  readonly b: Address;
  readonly m: number;
  readonly width: number;
};

/** Bytes of a thread's own for {@link solveStripe}: the packed stripe, a block, an edge. */
export function stripeSpare(n: number, width: number): number {
  return (blocksOf(n) * BLOCK * width + BLOCK * BLOCK + 32) * SIZE;
}

/** `B ← L⁻ᵀ L⁻¹ B` in one stripe; threads need nothing of each other here. */
export function solveStripe({ a, n, b, m, width }: Stripes, task: number, hand: Hand): void {
  const { wasm, spare } = hand;
  const blocks = blocksOf(n);
  const columns = Math.min(width, m - task * width);
  const turned = spare + blocks * BLOCK * width * SIZE;
  const edge = turned + BLOCK * BLOCK * SIZE;
  const packed = (block: number) => spare + block * BLOCK * width * SIZE;

  /** Take from block k what the blocks from `first` to `end` explain, then apply `inverse`. */
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
    wasm.transpose(turned, rows, blockAt(a, n, k, k), n, rows, rows);
    finish(k, k + 1, blocks, turned, rows);
  }
}
