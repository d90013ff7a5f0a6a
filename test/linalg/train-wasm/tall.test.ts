import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Matrix } from "ml-matrix";
import { openKernel } from "../../../src/linalg/train-wasm/open.ts";
import type { Kernel } from "../../../src/linalg/train-wasm/kernel.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { errorOf, floatsOf, KERNELS, spawn } from "../some.ts";

/** Random numbers around zero. */
function some(rows: number, columns: number): Matrix {
  const random = seededRandom(rows * columns);
  const numbers = Float32Array.from({ length: rows * columns }, () => random() - 0.5);
  return Matrix.from1DArray(rows, columns, numbers);
}

/** Shapes around the sizes of strips, tasks and parts. */
const SHAPES = [[1, 1, 1], [300, 16, 16], [5_000, 3, 17], [777, 50, 5], [64, 385, 64]] as const; // prettier-ignore

describe.each(KERNELS)("with %s", (_, open) => {
  let kernel: Kernel;
  beforeAll(async () => void (kernel = await open()));
  afterAll(() => kernel.close());

  test.each(SHAPES)("%d × %d by %d is the product", async (rows, depth, columns) => {
    const [a, b] = [some(rows, depth), some(depth, columns)];
    const c = new Float32Array(rows * columns).fill(9);
    await kernel.multiply(c, floatsOf(a), floatsOf(b), depth);
    expect(errorOf(c, a.mmul(b))).toBeLessThan(1e-5);
  });

  test.each(SHAPES)("%d rows of %d and of %d are the product across", async (rows, m, n) => {
    const [a, b] = [some(rows, m), some(rows, n)];
    const c = new Float32Array(m * n).fill(9);
    await kernel.multiplyTransposed(c, floatsOf(a), floatsOf(b), rows);
    expect(errorOf(c, a.transpose().mmul(b))).toBeLessThan(1e-5);
  });

  test("shapes that do not fit are refused", async () => {
    const [a, b, c] = [6, 8, 11].map((it) => new Float32Array(it)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const refused = [kernel.multiply(c, a, b, 2), kernel.multiplyTransposed(c, a, b, 2)];
    for (const it of refused)
      expect(await it.catch((cause: unknown) => cause)).toBeInstanceOf(RangeError);
  });
});

test("products are the same bits for any number of threads", async () => {
  const [a, b] = [floatsOf(some(9_000, 40)), floatsOf(some(9_000, 24))];
  const results = [1, 2, 3].map(async (threads) => {
    const kernel = await openKernel({ threads, spawn });
    const [across, along] = [new Float32Array(40 * 24), new Float32Array(9_000 * 24)];
    await kernel.multiplyTransposed(across, a, b, 9_000);
    await kernel.multiply(along, a, across, 40);
    await kernel.close();
    return { across, along };
  });
  const [one, ...more] = await Promise.all(results);
  for (const it of more) expect(it).toEqual(one!);
});
