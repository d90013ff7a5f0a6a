import { expect, test } from "bun:test";
import { combinationsBytes, combinationsIn } from "../../../src/linalg/rank-wasm/combinations.ts";
import { plainProducts } from "../../../src/linalg/rank-wasm/products.ts";
import { openRoom } from "../../../src/linalg/rank-wasm/room.ts";
import { normalise } from "../../../src/linalg/vector.ts";
import { seededRandom } from "../../../src/linalg/random.ts";

const [ROWS, D] = [301, 12];
const random = seededRandom(1);
const matrix = Float32Array.from({ length: ROWS * D }, () => 2 * random() - 1);
const rowOf = (row: number) => matrix.subarray(row * D, row * D + D);
for (let row = 0; row < ROWS; row++) normalise(rowOf(row));
const plain = plainProducts(matrix, D).withAll;
const room = () => openRoom(combinationsBytes(ROWS) + 100_000)!;

/** The combinations written out as vectors. */
function vectorsOf(parts: readonly (readonly [row: number, weight: number])[][]): Float32Array {
  const out = new Float32Array(parts.length * D);
  for (const [v, part] of parts.entries())
    for (const [row, weight] of part)
      for (let i = 0; i < D; i++) out[v * D + i]! += weight * rowOf(row)[i]!;
  return out;
}

test("products of combinations are those of the vectors they stand for, the first time and later", () => {
  const products = combinationsIn(room(), ROWS, plain, rowOf);
  for (let turn = 0; turn < 3; turn++) {
    // 0 to 9 rows: fours, some over, and none at all.
    const parts = [0, 1, 4, 5, 9].map((size) =>
      Array.from({ length: size }, (_, n) => [(turn * 50 + n * 31) % ROWS, 1 - n / 4] as const),
    );
    const flat = parts.flat();
    let end = 0;
    const got = products({
      starts: Uint32Array.of(0, ...parts.map((it) => (end += it.length))),
      rows: Uint32Array.from(flat, ([row]) => row),
      weights: Float32Array.from(flat, ([, weight]) => weight),
    });
    const wanted = plain(vectorsOf(parts));
    const stride = got.length / parts.length;
    for (let v = 0; v < parts.length; v++)
      for (let row = 0; row < ROWS; row++)
        expect(Math.abs(got[v * stride + row]! - wanted[v * ROWS + row]!)).toBeLessThan(2e-4);
  }
});

test("a row's products are worked out once", () => {
  let worked = 0;
  const counted = (vectors: Float32Array) => {
    worked += vectors.length / D;
    return plain(vectors);
  };
  const products = combinationsIn(room(), ROWS, counted, rowOf);
  const of = (...rows: number[]) =>
    products({
      starts: Uint32Array.of(0, rows.length),
      rows: Uint32Array.from(rows),
      weights: new Float32Array(rows.length).fill(1),
    });
  of(1, 2);
  of(2, 3);
  of(3, 1);
  expect(worked).toBe(3);
});
