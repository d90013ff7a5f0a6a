import { expect, test } from "bun:test";
import { openRoom } from "../../../src/linalg/rank-wasm/room.ts";
import {
  plainSpread,
  spreadBytes,
  spreadIn,
} from "../../../src/linalg/rank-wasm/sparse-row-sum.ts";
import { seededRandom } from "../../../src/linalg/random.ts";

const [ROWS, PLACES] = [40, 1_000];

/** A table of lists that fall, some of them short or empty, some scores below 0. */
function someTable(m: number) {
  const random = seededRandom(m);
  const table = { m, rows: new Uint32Array(ROWS * m), scores: new Float32Array(ROWS * m) };
  for (let row = 0; row < ROWS; row++)
    for (let n = 0; n < m - (row % (m + 1)); n++) {
      table.rows[row * m + n] = (row * 17 + n * 29) % PLACES;
      table.scores[row * m + n] = (random() - 0.2) * 10 ** (row % 5);
    }
  return table;
}

test.each([1, 3, 4, 30])("a table of %d a row says of all places what plain sums say", (m) => {
  const table = someTable(m);
  const fast = spreadIn(openRoom(spreadBytes(table) + 100_000)!, table, PLACES);
  const plain = plainSpread(table, PLACES);
  const random = seededRandom(1);
  for (const size of [0, 1, 7, 40]) {
    const rows = Uint32Array.from({ length: size }, (_, n) => (n * 7) % ROWS);
    const weights = Float32Array.from(rows, (row) => (random() - 0.5) / 10 ** (row % 5));
    const [got, wanted] = [fast({ rows, weights }), plain({ rows, weights })];
    expect(got).toHaveLength(PLACES);
    for (let n = 0; n < PLACES; n++) expect(got[n]).toBeCloseTo(wanted[n]!, 3);
  }
});

test("a place in the upper half of 16 bits is as good as any", () => {
  const table = { m: 2, rows: Uint32Array.of(65_535, 40_000), scores: Float32Array.of(2, -1) };
  const fast = spreadIn(openRoom(1e6)!, table, 65_536);
  const got = fast({ rows: Uint32Array.of(0), weights: Float32Array.of(3) });
  expect([got[65_535], got[40_000]].map((it) => Math.round(it! * 1e3))).toEqual([6_000, -3_000]);
});
