/** The kernel of training by WASM and in plain TypeScript: the examples of its documentation. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Kernel } from "../../../src/linalg/train-wasm/kernel.ts";
import { csr } from "../../support/matrix.ts";
import { KERNELS } from "../some.ts";

describe.each(KERNELS)("with %s", (_, open) => {
  let kernel: Kernel;
  beforeAll(async () => void (kernel = await open()));
  afterAll(() => kernel.close());
  const expectNear = (got: Float32Array, ...wanted: number[]) => {
    expect(got).toHaveLength(wanted.length);
    for (const [n, it] of wanted.entries()) expect(got[n]).toBeCloseTo(it, 5);
  };
  const definite = () => Float32Array.of(4, NaN, 2, 3); // the upper half is not read

  test("a system is solved", async () => {
    const b = Float32Array.of(8, 7);
    await kernel.solve(definite(), b);
    expectNear(b, 1.25, 1.5);
  });

  test("a matrix is inverted", async () => {
    const a = definite();
    await kernel.inverse(a);
    expectNear(a, 0.375, -0.25, -0.25, 0.5);
  });

  test("matrices are multiplied, the first one as it is or transposed", async () => {
    const [a, b, c] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 10), new Float32Array(2)];
    await kernel.multiply(c, a, b, 2);
    expectNear(c, 21, 43);
    await kernel.multiplyTransposed(c, a, b, 2);
    expectNear(c, 31, 42);
  });

  test("a row moves to where it fits its entries, one without any to its mean", async () => {
    if (kernel.regress === undefined) return; // in plain TypeScript iALS sweeps by itself
    const x = new Float32Array(2 * 16).fill(0.3);
    const y = new Float32Array(16).fill(1, 0, 1);
    const means = new Float32Array(2 * 16).fill(7, 16);
    const entries = csr([[[0, 1]], []], 1);
    await kernel.regress(x, entries, y, { lambda: 1, alpha0: 0, steps: 20 }, means);
    expectNear(x, 0.5, ...new Array<number>(15).fill(0), ...new Array<number>(16).fill(7));
  });

  test("the next post is regressed on a history", async () => {
    if (kernel.regressHistories === undefined) return; // in plain TypeScript by the normal equations
    const w = new Float32Array(4);
    const history = [
      [
        [0, 1],
        [1, 1],
      ],
    ] as const;
    const blocks = [{ decay: 0.5, window: 4, scale: 1 }];
    await kernel.regressHistories(w, csr(history, 2), { blocks, lambda: 1 });
    expectNear(w, 0, 0.5, 0, 0);
  });
});
