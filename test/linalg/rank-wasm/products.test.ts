import { describe, expect, test } from "bun:test";
import {
  padded,
  plainProducts,
  productsBytes,
  productsIn,
  type Kept,
} from "../../../src/linalg/rank-wasm/products.ts";
import { openRoom } from "../../../src/linalg/rank-wasm/room.ts";
import { normalise } from "../../../src/linalg/vector.ts";
import { seededRandom } from "../../../src/linalg/random.ts";

const WIDTH = 64;

function some(size: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: size }, () => 2 * random() - 1);
}

function opened(matrix: Float32Array, kept: Kept) {
  const rows = matrix.length / WIDTH;
  const room = openRoom(productsBytes(rows, WIDTH, kept) + 1e6)!;
  const products = productsIn(room, matrix, WIDTH, kept);
  const stride = padded(rows);
  return {
    room,
    products,
    /** Without what columns are padded with. */
    of: (vectors: Float32Array): number[] => {
      const got = products.withAll(vectors);
      return Array.from({ length: vectors.length / WIDTH }, (_, v) => [
        ...got.subarray(v * stride, v * stride + rows),
      ]).flat();
    },
  };
}

describe("products with every row of a matrix", () => {
  // 333 rows leave some over after rows of four and blocks of 64.
  const matrix = some(333 * WIDTH, 1);
  const [fast, plain] = [opened(matrix, "floats"), plainProducts(matrix, WIDTH)];

  test.each([1, 2, 3, 4, 5, 6, 7, 9])("are what plain arithmetic gives for %d vectors", (count) => {
    const vectors = some(count * WIDTH, 2);
    const [got, wanted] = [fast.of(vectors), plain.withAll(vectors)];
    expect(got).toHaveLength(wanted.length);
    for (let n = 0; n < wanted.length; n++) expect(got[n]).toBeCloseTo(wanted[n]!, 4);
  });

  test.each([
    [1, 1],
    [2, 1],
    [3, 40],
    [6, 0.001],
    [7, 1],
  ])("are so of %d vectors as long as %d rounded to 16 bits", (count, length) => {
    const long = (size: number, seed: number) => {
      const all = some(size * WIDTH, seed);
      for (let n = 0; n < size; n++) normalise(all.subarray(n * WIDTH, n * WIDTH + WIDTH));
      return all.map((it, n) => (length * it) / (1 + (Math.floor(n / WIDTH) % 3)));
    };
    const rounded = long(333, 7);
    const vectors = long(count, 8);
    vectors.set(rounded.subarray(3 * WIDTH, 4 * WIDTH)); // the largest product there is
    const got = opened(rounded, "shorts").of(vectors);
    const wanted = plainProducts(rounded, WIDTH).withAll(vectors);
    expect(got).toHaveLength(wanted.length);
    for (let n = 0; n < wanted.length; n++)
      expect(Math.abs(got[n]! - wanted[n]!) / length ** 2).toBeLessThan(1e-4);
  });

  test.each(["floats", "shorts"] as const)(
    "with some of its rows are the same, kept as %s",
    (kept) => {
      const { room, products } = opened(matrix, kept);
      const rows = Uint32Array.from({ length: 50 }, (_, n) => (n * 89) % 333);
      const before = rows.slice();
      for (const count of [1, 2, 6]) {
        const vectors = some(count * WIDTH, 3);
        const wanted = plain.withSome(vectors, rows);
        room.scope(() => {
          const got = products.withSome(vectors, rows);
          for (let v = 0; v < count; v++)
            for (let n = 0; n < 50; n++)
              expect(Math.abs(got[v * padded(50) + n]! - wanted[v * 50 + n]!)).toBeLessThan(5e-3);
        });
      }
      expect(rows).toEqual(before);
      expect(products.withSome(some(WIDTH, 3), rows.subarray(0, 0))).toHaveLength(0);
    },
  );

  test("with a part of its rows are the same", () => {
    const vectors = some(2 * WIDTH, 3);
    const wanted = plain.withAll(vectors, 8, 61);
    const got = fast.products.withAll(vectors, 8, 61);
    for (let v = 0; v < 2; v++)
      for (let n = 0; n < 53; n++)
        expect(got[v * padded(53) + n]).toBeCloseTo(wanted[v * 53 + n]!, 4);
  });

  test("of no vectors are none", () => {
    expect(fast.products.withAll(new Float32Array(0))).toHaveLength(0);
  });

  test("stay what they were when others are worked out, inside a scope and outside", () => {
    for (const where of [fast.room.scope, (run: () => void) => run()])
      where(() => {
        const first = fast.products.withAll(some(WIDTH, 3));
        const before = first.slice();
        fast.products.withAll(some(2 * WIDTH, 4));
        expect(first).toEqual(before);
      });
  });

  test("leave the room as they found it", () => {
    for (let turn = 0; turn < 1_000; turn++) fast.products.withAll(some(4 * WIDTH, turn));
    fast.room.scope(() => expect(() => fast.room.bytes(500_000)).not.toThrow());
  });
});
