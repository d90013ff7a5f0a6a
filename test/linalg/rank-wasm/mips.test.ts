import { describe, expect, test } from "bun:test";
import { columnsIn } from "../../../src/linalg/rank-wasm/vector-ops.ts";
import {
  plainProducts,
  productsBytes,
  productsIn,
} from "../../../src/linalg/rank-wasm/products.ts";
import { openRoom } from "../../../src/linalg/rank-wasm/room.ts";
import { strongestOf } from "../../../src/linalg/rank-wasm/mips.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { topK } from "../../../src/linalg/top-k.ts";

const [ROWS, WIDTH] = [40_000, 16];
const random = seededRandom(5);
/** Rows of lengths that fall: the first ones are long. */
const matrix = Float32Array.from(
  { length: ROWS * WIDTH },
  (_, n) => (random() - 0.5) / (1 + Math.floor(n / WIDTH) / 2_000),
);
const room = openRoom(productsBytes(ROWS, WIDTH, "shorts") + (1 << 22))!;
const columns = columnsIn(room);
const products = productsIn(room, matrix, WIDTH, "shorts");
const strongest = strongestOf(columns, matrix, WIDTH, products);
const plain = plainProducts(matrix, WIDTH);
const vector = () => Float32Array.from({ length: WIDTH }, () => random() - 0.5);

describe("the rows with the largest inner products", () => {
  test.each([1, 10, 400, 8_300])("are found, %d of them", (count) => {
    const allowed = Uint8Array.from({ length: ROWS }, (_, row) => Number(row % 3 > 0));
    const x = vector();
    const scores = plain.withAll(x).map((it, row) => (row % 3 > 0 ? it : -Infinity));
    const wanted = topK(scores, count);
    const got = columns.scope(() => [...strongest(x, count, allowed)]);
    expect(got).toHaveLength(count);
    expect(new Set(got).size).toBe(count);
    // In 16 bits the last ones may be others that are as good.
    const worst = scores[wanted[count - 1]!]!;
    for (const row of got) expect(scores[row]!).toBeGreaterThan(worst - 1e-4);
  });

  test("are fewer where fewer are allowed, or above 0", () => {
    const allowed = new Uint8Array(ROWS);
    for (const row of [3, 39_999, 20_000]) allowed[row] = 1;
    const x = vector();
    const above = [3, 20_000, 39_999].filter(
      (row) => plain.withSome(x, Uint32Array.of(row))[0]! > 0,
    );
    const got = columns.scope(() => [...strongest(x, 400, allowed)]);
    expect(got.sort((a, b) => a - b)).toEqual(above);
  });

  test("are none for a vector of zeros", () => {
    const all = new Uint8Array(ROWS).fill(1);
    const none = columns.scope(() => strongest(new Float32Array(WIDTH), 400, all));
    expect(none).toHaveLength(0);
  });
});
