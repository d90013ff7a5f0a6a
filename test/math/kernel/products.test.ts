import { describe, expect, test } from "bun:test";
import {
  plainProducts,
  productsWith,
  unitProductsWith,
} from "../../../src/math/kernel/products.ts";
import { normalise } from "../../../src/math/vector.ts";
import { seededRandom } from "../../../src/math/random.ts";

function some(size: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: size }, () => 2 * random() - 1);
}

describe("products with every row of a matrix", () => {
  // Sizes above 2¹⁴ numbers go by SIMD; 333 rows leave some over after rows of four and blocks of 64.
  const [rows, width] = [333, 64];
  const matrix = some(rows * width, 1);
  const [fast, plain] = [productsWith(matrix, width), plainProducts(matrix, width)];

  test.each([1, 2, 3, 4, 5, 6, 7, 9])("are what plain arithmetic gives for %d vectors", (count) => {
    const vectors = some(count * width, 2);
    const [got, wanted] = [fast(vectors), plain(vectors)];
    expect(got).toHaveLength(count * rows);
    for (let n = 0; n < wanted.length; n++) expect(got[n]).toBeCloseTo(wanted[n]!, 4);
  });

  test.each([1, 2, 3, 6, 7])("are so of %d unit vectors rounded to 16 bits", (count) => {
    const units = (size: number, seed: number) => {
      const all = some(size * width, seed);
      for (let n = 0; n < size; n++) normalise(all.subarray(n * width, n * width + width));
      return all;
    };
    const rounded = units(rows, 7);
    const vectors = units(count, 8);
    vectors.set(rounded.subarray(5 * width, 6 * width)); // a product of 1: the largest there is
    const got = unitProductsWith(rounded, width)(vectors);
    const wanted = plainProducts(rounded, width)(vectors);
    expect(got).toHaveLength(wanted.length);
    for (let n = 0; n < wanted.length; n++)
      expect(Math.abs(got[n]! - wanted[n]!)).toBeLessThan(1e-4);
  });

  test("of no vectors are none", () => {
    expect(fast(new Float32Array(0))).toHaveLength(0);
  });

  test("stay what they were when others are worked out", () => {
    const first = fast(some(width, 3));
    const before = first.slice();
    fast(some(2 * width, 4));
    expect(first).toEqual(before);
  });

  test("have room for many vectors at once", () => {
    const vectors = some(500 * width, 5);
    const got = fast(vectors);
    expect(got[499 * rows + 332]).toBeCloseTo(plain(vectors.subarray(499 * width))[332]!, 4);
  });

  test("are worked out plainly where rows are no multiple of four wide", () => {
    const odd = some(6_000 * 3, 6);
    expect(productsWith(odd, 3)(odd.subarray(0, 3))).toEqual(
      plainProducts(odd, 3)(odd.subarray(0, 3)),
    );
  });
});
