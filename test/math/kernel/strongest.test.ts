import { describe, expect, test } from "bun:test";
import { columnsIn } from "../../../src/math/kernel/columns.ts";
import { plainProducts } from "../../../src/math/kernel/products.ts";
import { openRoom } from "../../../src/math/kernel/room.ts";
import { strongestBytes, strongestIn } from "../../../src/math/kernel/strongest.ts";
import { seededRandom } from "../../../src/math/random.ts";
import { topK } from "../../../src/math/top-k.ts";

const [ROWS, WIDTH] = [40_000, 16];
const random = seededRandom(5);
/** Rows of lengths that fall: the first ones are long. */
const matrix = Float32Array.from(
  { length: ROWS * WIDTH },
  (_, n) => (random() - 0.5) / (1 + Math.floor(n / WIDTH) / 2_000),
);
const room = openRoom(strongestBytes(ROWS, WIDTH) + (1 << 22))!;
const columns = columnsIn(room);
const strongest = strongestIn(room, columns, matrix, WIDTH);
const plain = plainProducts(matrix, WIDTH);
const vector = () => Float32Array.from({ length: WIDTH }, () => random() - 0.5);

describe("the rows with the largest inner products", () => {
  test.each([1, 10, 400, 8_300])("are found, %d of them", (count) => {
    const allowed = Uint8Array.from({ length: ROWS }, (_, row) => Number(row % 3 > 0));
    const x = vector();
    const scores = plain.withAll(x).map((it, row) => (row % 3 > 0 ? it : -Infinity));
    const wanted = topK(scores, count);
    const got = columns.scope(() => [...strongest.best(x, count, allowed)]);
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
    const got = columns.scope(() => [...strongest.best(x, 400, allowed)]);
    expect(got.sort((a, b) => a - b)).toEqual(above);
  });

  test("are none for a vector of zeros", () => {
    const all = new Uint8Array(ROWS).fill(1);
    const none = columns.scope(() => strongest.best(new Float32Array(WIDTH), 400, all));
    expect(none).toHaveLength(0);
  });
});

test("inner products with some rows are those with these rows", () => {
  const rows = Uint32Array.of(39_999, 5, 12_345);
  const x = vector();
  const wanted = plain.withSome(x, rows);
  const got = columns.scope(() => [...strongest.withSome(x, rows)]);
  for (let n = 0; n < rows.length; n++) expect(got[n]).toBeCloseTo(wanted[n]!, 3);
});
