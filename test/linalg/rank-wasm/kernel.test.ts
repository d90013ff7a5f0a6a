/** The kernel of ranking by WASM and in plain arithmetic: one contract. */
import { describe, expect, test } from "bun:test";
import { plainRankKernel } from "../../../src/linalg/rank-wasm/kernel.ts";
import type { Products } from "../../../src/linalg/rank-wasm/products.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { normalise } from "../../../src/linalg/vector.ts";
import { atOnce } from "../../../src/runtime/time-slicing.ts";
import { expectNear, KERNELS, runsOf } from "./kernels.ts";

const [ROWS, WIDTH] = [333, 24]; // rows left over after rows of four and blocks of 64

/** Vectors of unit length, made of nothing but their seed. */
function units(count: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const out = Float32Array.from({ length: count * WIDTH }, () => 2 * random() - 1);
  for (let at = 0; at < out.length; at += WIDTH) normalise(out.subarray(at, at + WIDTH));
  return out;
}

/** Products without what lines are padded with. */
function lines(products: Float32Array, count: number, rows: number): number[][] {
  const stride = products.length / count;
  return Array.from({ length: count }, (_, v) => [
    ...products.subarray(v * stride, v * stride + rows),
  ]);
}

const dot = (x: Float32Array, v: number, y: Float32Array, row: number): number =>
  Array.from({ length: WIDTH }, (_, i) => x[v * WIDTH + i]! * y[row * WIDTH + i]!).reduce((a, b) => a + b); // prettier-ignore

describe.each(KERNELS)("by %s", (_, open) => {
  const kernel = open();
  const { everywhere, columnOf } = runsOf(kernel);

  test("the examples of its documentation hold", () => {
    everywhere(() => {
      const table = { m: 2, rows: Uint32Array.of(1, 2), scores: Float32Array.of(4, 2) };
      const one = { rows: Uint32Array.of(0), weights: Float32Array.of(0.5) };
      expectNear([...atOnce(kernel.rowSum(table, 3))(one)], [0, 2, 1], 1e-3);
      const matrix = Float32Array.of(1, 0, 0, 1, 1, 1, 0, 2);
      const { withAll } = atOnce(kernel.products(matrix, 2));
      expect([...withAll(Float32Array.of(3, 4))]).toEqual([3, 4, 7, 8]);
      expectNear([...kernel.standardise(columnOf(1, 3))], [-0.618, 0.618], 1e-3);
      expect([...kernel.nearness(columnOf(0.5, 0.25, 0.5, -1), 1, 1, 0.5)]).toEqual([0.25, 0.25]);
      const square = Float32Array.of(1, 0, 0, 1);
      const products = atOnce(kernel.products(square, 2));
      const half = { starts: Uint32Array.of(0, 2), rows: Uint32Array.of(0, 1), weights: Float32Array.of(0.5, 0.5) }; // prettier-ignore
      const got = kernel.combinations(square, 2, products)(half);
      expectNear([...got.subarray(0, 2)], [0.5, 0.5], 2e-4);
    });
  });

  describe("products", () => {
    const matrix = units(ROWS, 1);
    const products = atOnce(kernel.products(matrix, WIDTH));

    test.each([1, 2, 3, 6, 7])("of %d vectors with all rows are near enough", (count) => {
      const x = units(count, 2);
      x.set(matrix.subarray(3 * WIDTH, 4 * WIDTH)); // the largest product there is
      everywhere(() => {
        for (const [v, line] of lines(products.withAll(x), count, ROWS).entries())
          expectNear(line, line.map((_, row) => dot(x, v, matrix, row)), 1e-4); // prettier-ignore
      });
    });

    test.each([0.001, 40])("of rows and vectors as long as %d are as near", (length) => {
      const long = matrix.map((it, n) => (length * it) / (1 + (Math.floor(n / WIDTH) % 3)));
      const x = units(2, 3).map((it) => length * it);
      const got = atOnce(kernel.products(long, WIDTH)).withAll(x);
      for (const [v, line] of lines(got, 2, ROWS).entries())
        expectNear(line, line.map((_, row) => dot(x, v, long, row)), 1e-4 * length ** 2); // prettier-ignore
    });

    test.each([1, 2, 6])("of %d vectors with some rows are as near", (count) => {
      const rows = Uint32Array.from({ length: 50 }, (_, n) => (n * 89) % ROWS);
      const [before, x] = [rows.slice(), units(count, 4)];
      everywhere(() => {
        for (const [v, line] of lines(products.withSome(x, rows), count, 50).entries())
          expectNear(
            line,
            Array.from(rows, (row) => dot(x, v, matrix, row)),
            1e-4,
          );
      });
      expect(rows).toEqual(before);
    });

    test.each([1, 7, 80])("of %d rows with each other are as near", (count) => {
      const rows = Uint32Array.from({ length: count }, (_, n) => (n * 89) % ROWS);
      everywhere(() => {
        for (const [a, line] of lines(products.among(rows), count, count).entries())
          expectNear(line, Array.from(rows, (row) => dot(matrix, rows[a]!, matrix, row)), 1e-4); // prettier-ignore
      });
    });

    test("of no vectors, or with no rows, are none", () => {
      expect(products.among(new Uint32Array(0))).toHaveLength(0);
      expect(products.withAll(new Float32Array(0))).toHaveLength(0);
      expect(products.withSome(units(1, 1), new Uint32Array(0))).toHaveLength(0);
    });

    test("stay unchanged when others are computed", () => {
      everywhere(() => {
        const first = products.withAll(units(1, 3));
        const before = first.slice();
        products.withAll(units(2, 4));
        expect([...first]).toEqual([...before]);
      });
    });
  });

  describe("combinations", () => {
    const matrix = units(ROWS, 5);
    const all = atOnce(kernel.products(matrix, WIDTH));
    let worked = 0;
    const counted: Products = {
      ...all,
      withAll: (x) => ((worked += x.length / WIDTH), all.withAll(x)),
    };
    const products = kernel.combinations(matrix, WIDTH, counted);

    test("have the products of the vectors they stand for, the first time and later", () => {
      for (let turn = 0; turn < 3; turn++) {
        // 0 to 9 rows: even numbers and odd ones.
        const parts = [0, 1, 4, 5, 9].map((size) =>
          Array.from({ length: size }, (_, n) => [(turn * 50 + n * 31) % ROWS, 1 - n / 4] as const),
        );
        const flat = parts.flat();
        let end = 0;
        const combined = {
          starts: Uint32Array.of(0, ...parts.map((it) => (end += it.length))),
          rows: Uint32Array.from(flat, ([row]) => row),
          weights: Float32Array.from(flat, ([, weight]) => weight),
        };
        everywhere(() => {
          const got = lines(products(combined), parts.length, ROWS);
          for (const [v, part] of parts.entries())
            expectNear(
              got[v]!,
              Array.from({ length: ROWS }, (_, row) =>
                part.reduce((sum, [it, weight]) => sum + weight * dot(matrix, it, matrix, row), 0),
              ),
              4e-4,
            );
        });
      }
      if (kernel !== plainRankKernel) expect(worked).toBe(27); // nine rows a turn, once each
    });
  });

  describe("row sums", () => {
    const PLACES = 1_000;
    test.each([1, 3, 4, 30])("of a table of %d a row are what is added by hand", (m) => {
      // Lists that fall in length, some of them empty, some scores below 0.
      const random = seededRandom(m);
      const table = { m, rows: new Uint32Array(40 * m), scores: new Float32Array(40 * m) };
      for (let row = 0; row < 40; row++)
        for (let n = 0; n < m - (row % (m + 1)); n++) {
          table.rows[row * m + n] = (row * 17 + n * 29) % PLACES;
          table.scores[row * m + n] = random() - 0.2;
        }
      const sum = atOnce(kernel.rowSum(table, PLACES));
      for (const size of [0, 1, 7, 40]) {
        const rows = Uint32Array.from({ length: size }, (_, n) => (n * 7) % 40);
        const weights = Float32Array.from(rows, () => random() - 0.5);
        const wanted = new Float32Array(PLACES);
        for (const [n, row] of rows.entries())
          for (let i = row * m; i < row * m + m; i++)
            wanted[table.rows[i]!]! += weights[n]! * table.scores[i]!;
        everywhere(() => expectNear([...sum({ rows, weights })], [...wanted], 1e-3));
      }
    });

    test("tell places in the upper half of 16 bits", () => {
      const table = { m: 2, rows: Uint32Array.of(65_535, 40_000), scores: Float32Array.of(2, -1) };
      const one = { rows: Uint32Array.of(0), weights: Float32Array.of(3) };
      const got = atOnce(kernel.rowSum(table, 65_536))(one);
      expectNear([got[65_535]!, got[40_000]!], [6, -3], 1e-3);
    });
  });
});
