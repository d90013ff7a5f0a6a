/** Kernels of ranking under one contract, and numbers that are near enough. */
import { expect } from "bun:test";
import {
  openRankKernel,
  plainRankKernel,
  type RankKernel,
} from "../../../src/linalg/rank-wasm/kernel.ts";

/** Ways to open a kernel. */
export const KERNELS: readonly [string, () => RankKernel][] = [
  ["WASM", () => openRankKernel()],
  ["WASM with guarded arrays", () => openRankKernel(true)],
  ["plain arithmetic", () => plainRankKernel],
];

/** Runs of a kernel inside a scope and outside, which come to the same; and columns in its memory. */
export function runsOf(kernel: RankKernel) {
  const everywhere = (run: () => void) => (kernel.arrays.scope(run), run());
  const columnOf = (...values: number[]) => {
    const out = kernel.arrays.floats(values.length);
    out.set(values);
    return out;
  };
  return { everywhere, columnOf };
}

/** Expects numbers to differ by `error` at most. */
export function expectNear(got: readonly number[], wanted: readonly number[], error: number): void {
  expect(got).toHaveLength(wanted.length);
  for (let n = 0; n < wanted.length; n++)
    expect(Math.abs(got[n]! - wanted[n]!)).toBeLessThanOrEqual(error);
}
