import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Kernel } from "../../src/linalg/train-wasm/kernel.ts";
import { nearestRows } from "../../src/linalg/k-means.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { KERNELS } from "./some.ts";

function some(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => random() - 0.5);
}

describe.each(KERNELS)("with %s", (_, open) => {
  let kernel: Kernel;
  beforeAll(async () => void (kernel = await open()));
  afterAll(() => kernel.close());

  // Around the sizes of strips and tasks.
  test.each([
    [1, 1, 1],
    [500, 37, 24],
    [64, 16, 3],
    [65, 130, 64],
  ] as const)("each of %d vectors finds the nearest of %d", async (rows, count, width) => {
    const [a, b] = [some(rows * width, 1), some(count * width, 2)];
    const found = await nearestRows(kernel, a, b, width);
    const product = (row: number, place: number) => {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += a[row * width + i]! * b[place * width + i]!;
      return sum;
    };
    expect(found).toHaveLength(rows);
    for (let row = 0; row < rows; row++) {
      const most = Math.max(...Array.from({ length: count }, (_, place) => product(row, place)));
      expect(product(row, found[row]!)).toBeCloseTo(most, 5);
    }
  });

  test("of equally near ones it is the first, and row 0 for NaN", async () => {
    const b = Float32Array.of(0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0);
    const a = Float32Array.of(0, 2, 3, 0, NaN, NaN);
    expect([...(await nearestRows(kernel, a, b, 2))]).toEqual([0, 1, 0]);
  });
});
