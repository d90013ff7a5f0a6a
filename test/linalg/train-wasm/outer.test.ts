import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Kernel } from "../../../src/linalg/train-wasm/kernel.ts";
import { addOuterPlain } from "../../../src/linalg/train-wasm/plain.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import type { Csr } from "../../../src/linalg/sparse.ts";
import { csr, dense } from "../../support/matrix.ts";
import { KERNELS } from "../some.ts";

/** Rows of up to `most` entries: distinct columns in no order, small whole values (sums are exact). */
function someRows(rows: number, columnCount: number, most: number, seed: number): Csr {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const rowOf = () => {
    const columns = new Set(Array.from({ length: below(most + 1) }, () => below(columnCount)));
    return [...columns].map((column) => [column, below(5) - 2] as const);
  };
  return csr(Array.from({ length: rows }, rowOf), columnCount);
}

/** XᵀY as it is defined. */
function productOf(x: Csr, y: Csr): number[] {
  const [xs, ys] = [dense(x), dense(y)];
  const at = (i: number, j: number) => xs.reduce((sum, row, r) => sum + row[i]! * ys[r]![j]!, 0);
  return Array.from({ length: x.columnCount * y.columnCount }, (_, n) =>
    at(Math.floor(n / y.columnCount), n % y.columnCount),
  );
}

describe.each(KERNELS)("with %s", (_, open) => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await open();
  });
  afterAll(() => kernel.close());

  test.each([1, 2, 31, 32, 33, 90])("the gram of %d columns is XᵀX", async (columns) => {
    const x = someRows(40, columns, 12, columns);
    expect([...(await kernel.gramOfSparse(x))]).toEqual(productOf(x, x));
  });

  test("the product of two matrices is XᵀY", async () => {
    const [x, y] = [someRows(50, 40, 9, 1), someRows(50, 7, 3, 2)];
    expect([...(await kernel.productOfSparse(x, y))]).toEqual(productOf(x, y));
    expect([...(await kernel.productOfSparse(y, x))]).toEqual(productOf(y, x));
  });

  test("sums grow part by part", async () => {
    const parts = [someRows(20, 40, 9, 5), someRows(30, 40, 9, 6)] as const;
    const [gram, product] = [kernel.floats(40 * 40), new Float32Array(40 * 40)];
    for (const x of parts) {
      gram.set(gram.map((it, n) => (n % 40 > Math.floor(n / 40) ? NaN : it)));
      expect(await kernel.gramOfSparse(x, gram)).toBe(gram);
      expect(await kernel.productOfSparse(x, x, product)).toBe(product);
    }
    const grams = parts.map((x) => productOf(x, x));
    const sum = grams[0]!.map((it, n) => it + grams[1]![n]!);
    expect([...gram]).toEqual(sum);
    expect([...product]).toEqual(sum);
    const lopsided = Float32Array.of(0, 5, 0, 0);
    const x = csr([[[0, 1]]], 2);
    expect([...(await kernel.productOfSparse(x, x, lopsided))]).toEqual([1, 5, 0, 0]);
  });

  test("more entries than are added at a time", async () => {
    const [x, y] = [someRows(30_000, 300, 80, 3), someRows(30_000, 20, 2, 4)];
    expect(x.columns.length).toBeGreaterThan(1 << 20);
    const [gram, product] = [new Float32Array(300 * 300), new Float32Array(300 * 20)];
    addOuterPlain(gram, x, x);
    addOuterPlain(product, x, y);
    expect(await kernel.gramOfSparse(x)).toEqual(gram);
    expect(await kernel.productOfSparse(x, y)).toEqual(product);
  });

  test("a row with more entries than are added at a time, between empty ones", async () => {
    const n = 1_200_000;
    const x: Csr = {
      columnCount: n,
      rowStart: Uint32Array.of(0, 0, n, n),
      columns: Uint32Array.from({ length: n }, (_, c) => n - 1 - c),
      values: new Float32Array(n).fill(2),
    };
    const y = csr([[[0, 1]], [[0, 3]], []], 1);
    const product = await kernel.productOfSparse(x, y);
    expect(product.length).toBe(n);
    expect(product.every((it) => it === 6)).toBe(true);
  });

  test("no rows add nothing, and no columns have no gram", async () => {
    expect([...(await kernel.gramOfSparse(csr([], 2)))]).toEqual([0, 0, 0, 0]);
    expect([...(await kernel.gramOfSparse(csr([[], []], 0)))]).toEqual([]);
  });

  test("a gram can be inverted where it lies", async () => {
    const x = csr([[[0, 2]], [[1, 4]]], 2);
    const gram = await kernel.gramOfSparse(x);
    await kernel.inverse(gram);
    expect([...gram].map((it) => it + 0)).toEqual([0.25, 0, 0, 0.0625]); // no −0
  });

  test("shapes that do not fit are refused", async () => {
    const refusal = await kernel
      .productOfSparse(csr([[]], 1), csr([[], []], 1))
      .catch((it: unknown) => it);
    expect(refusal).toEqual(new RangeError("1 rows do not go with 2 rows"));
    const small = await kernel
      .gramOfSparse(csr([[]], 2), new Float32Array(3))
      .catch((it: unknown) => it);
    expect(small).toEqual(new RangeError("3 numbers are not 2 × 2"));
  });
});
