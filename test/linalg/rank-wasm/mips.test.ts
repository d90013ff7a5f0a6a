import { describe, expect, test } from "bun:test";
import { openRankKernel } from "../../../src/linalg/rank-wasm/kernel.ts";
import { mipsOf } from "../../../src/linalg/rank-wasm/mips.ts";
import { dotRows } from "../../../src/linalg/vector.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { topK } from "../../../src/linalg/top-k.ts";
import { atOnce } from "../../../src/runtime/time-slicing.ts";

const [ROWS, WIDTH] = [40_000, 16];
const random = seededRandom(5);
/** Rows of lengths that fall: the first ones are long. */
const matrix = Float32Array.from(
  { length: ROWS * WIDTH },
  (_, n) => (random() - 0.5) / (1 + Math.floor(n / WIDTH) / 2_000),
);
const { arrays, products } = openRankKernel();
const mips = mipsOf(arrays, matrix, WIDTH, atOnce(products(matrix, WIDTH)));
const vector = () => Float32Array.from({ length: WIDTH }, () => random() - 0.5);
const scoresOf = (x: Float32Array) =>
  Float32Array.from({ length: ROWS }, (_, row) => dotRows(x, 0, matrix, row, WIDTH));

describe("the rows with the largest inner products", () => {
  test.each([1, 10, 400, 8_300])("are found, %d of them", (count) => {
    const allowed = Uint8Array.from({ length: ROWS }, (_, row) => Number(row % 3 > 0));
    const x = vector();
    const scores = scoresOf(x);
    const wanted = topK(scores, count, allowed);
    const got = arrays.scope(() => [...mips(x, count, allowed)]);
    expect(got).toHaveLength(count);
    expect(new Set(got).size).toBe(count);
    // In 16 bits the last ones may be others that are as good.
    const worst = scores[wanted[count - 1]!]!;
    for (const row of got) {
      expect(row % 3).toBeGreaterThan(0);
      expect(scores[row]!).toBeGreaterThan(worst - 1e-4);
    }
  });

  test("are fewer where fewer are allowed, or above 0", () => {
    const allowed = new Uint8Array(ROWS);
    for (const row of [3, 39_999, 20_000]) allowed[row] = 1;
    const x = vector();
    const above = [3, 20_000, 39_999].filter((row) => scoresOf(x)[row]! > 0);
    const got = arrays.scope(() => [...mips(x, 400, allowed)]);
    expect(got.sort((a, b) => a - b)).toEqual(above);
  });

  test("are none for a vector of zeros, or if none is wanted", () => {
    const all = new Uint8Array(ROWS).fill(1);
    arrays.scope(() => {
      expect(mips(new Float32Array(WIDTH), 400, all)).toHaveLength(0);
      expect(mips(vector(), 0, all)).toHaveLength(0);
    });
  });
});
