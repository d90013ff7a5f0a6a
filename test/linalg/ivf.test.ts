import { describe, expect, test } from "bun:test";
import { plainKernel } from "../../src/linalg/train-wasm/plain-kernel.ts";
import { invertedLists } from "../../src/linalg/ivf.ts";
import { seededRandom } from "../../src/linalg/random.ts";

const WIDTH = 8;
const kernel = plainKernel();

/** Vectors near one of eight axes each; row n near axis n % 8. */
function aroundAxes(rows: number, seed = 1): Int8Array {
  const random = seededRandom(seed);
  return Int8Array.from(
    { length: rows * WIDTH },
    (_, n) => 10 * random() - 5 + (n % WIDTH === Math.floor(n / WIDTH) % 8 ? 100 : 0),
  );
}

describe("inverted lists", () => {
  test("has every row in one list, and in a list they ascend", async () => {
    const { starts, order } = await invertedLists(aroundAxes(1_000), WIDTH, 30, kernel, 1);
    expect(order.toSorted()).toEqual(Uint32Array.from({ length: 1_000 }, (_, row) => row));
    expect(starts[0]).toBe(0);
    expect(starts.at(-1)).toBe(1_000);
    for (let n = 0; n + 1 < starts.length; n++) {
      const list = order.slice(starts[n], starts[n + 1]);
      expect(list).toEqual(list.toSorted());
      expect(list.length).toBeGreaterThan(0);
    }
  });

  test("puts similar vectors together, with means as centroids", async () => {
    const bytes = aroundAxes(800);
    const { starts, order, centroids } = await invertedLists(bytes, WIDTH, 16, kernel, 1);
    for (let n = 0; n + 1 < starts.length; n++) {
      const list = [...order.slice(starts[n], starts[n + 1])];
      expect(new Set(list.map((row) => row % 8)).size).toBe(1);
      for (let i = 0; i < WIDTH; i++) {
        const sum = list.reduce((sum, row) => sum + bytes[row * WIDTH + i]!, 0);
        expect(Math.abs(centroids[n * WIDTH + i]! - sum / list.length)).toBeLessThanOrEqual(0.5);
      }
    }
  });

  test("splits a list of equal vectors, so that none is long", async () => {
    const same = new Int8Array(1_000 * WIDTH).fill(30);
    const { starts, order } = await invertedLists(same, WIDTH, 20, kernel, 1);
    const lengths = [...starts.slice(1)].map((end, n) => end - starts[n]!);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(200);
    // Like the whole: from its beginning to its end.
    expect(order[starts[1]! - 1]!).toBeGreaterThan(900);
  });

  test("is equal for equal seeds only", async () => {
    const bytes = aroundAxes(500);
    const of = (seed: number) => invertedLists(bytes, WIDTH, 40, kernel, seed);
    expect(await of(1)).toEqual(await of(1));
    expect(await of(2)).not.toEqual(await of(1));
  });

  test.each([0, 1, 5])("of %d rows holds them", async (rows) => {
    const { order, starts } = await invertedLists(aroundAxes(rows), WIDTH, 9, kernel, 1);
    expect(order).toHaveLength(rows);
    expect(starts.at(-1)).toBe(rows);
  });
});
