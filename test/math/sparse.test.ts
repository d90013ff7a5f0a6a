import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { transpose } from "../../src/math/sparse.ts";
import { csr, dense } from "../support/matrix.ts";

const COLUMNS = 7;
/** Rows with each column at most once, in any order; empty rows and no rows at all included. */
const someRows = fc.array(
  fc.uniqueArray(fc.tuple(fc.nat({ max: COLUMNS - 1 }), fc.integer({ min: 1, max: 9 })), {
    selector: ([column]) => column,
  }),
  { maxLength: 8 },
);

describe("transposing a sparse matrix", () => {
  test("swaps rows and columns", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const matrix = csr(rows, COLUMNS);
        const before = dense(matrix);
        const after = dense(transpose(matrix));
        expect(after).toEqual(
          Array.from({ length: COLUMNS }, (_, column) => before.map((row) => row[column]!)),
        );
      }),
      { seed: 1 },
    );
  });

  test("twice gives the matrix back, columns ascending", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const ascending = rows.map((row) => row.toSorted(([a], [b]) => a - b));
        expect(transpose(transpose(csr(rows, COLUMNS)))).toEqual(csr(ascending, COLUMNS));
      }),
      { seed: 1 },
    );
  });

  test("keeps columns nobody touched as empty rows", () => {
    const { rowStart, columnCount } = transpose(csr([[[2, 5]]], 4));
    expect([...rowStart]).toEqual([0, 0, 0, 1, 1]);
    expect(columnCount).toBe(1);
  });
});
