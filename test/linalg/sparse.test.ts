import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  addGram,
  addProduct,
  fullestColumns,
  someColumns,
  stableOrder,
  transpose,
} from "../../src/linalg/sparse.ts";
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

  test("keeps empty columns as empty rows", () => {
    const { rowStart, columnCount } = transpose(csr([[[2, 5]]], 4));
    expect([...rowStart]).toEqual([0, 0, 0, 1, 1]);
    expect(columnCount).toBe(1);
  });
});

describe("choosing columns", () => {
  test("takes the fullest, if full enough, and names them in ascending order", () => {
    const matrix = csr(
      [
        [
          [0, 1],
          [2, 1],
          [5, 1],
        ],
        [
          [2, 1],
          [5, 1],
        ],
        [
          [5, 1],
          [0, 1],
        ],
      ],
      COLUMNS,
    );
    expect([...fullestColumns(matrix, 2, 1)]).toEqual([0, 5]); // of 0 and 2, equally full, the first
    expect([...fullestColumns(matrix, 9, 2)]).toEqual([0, 2, 5]);
    expect([...fullestColumns(matrix, 9, 4)]).toEqual([]);
  });

  test("leaves the entries of the others out and keeps the order of the rest", () => {
    fc.assert(
      fc.property(someRows, fc.subarray([0, 1, 2, 3, 4, 5, 6]), (rows, kept) => {
        const expected = rows.map((row) =>
          row.flatMap(([column, value]) =>
            kept.includes(column) ? [[kept.indexOf(column), value] as const] : [],
          ),
        );
        expect(someColumns(csr(rows, COLUMNS), Uint32Array.from(kept))).toEqual(
          csr(expected, kept.length),
        );
      }),
    );
  });
});

test("indices are sorted by their keys, equal ones keep their order", () => {
  const keys = [2, 0, 1, 0, 2];
  expect([...stableOrder(5, (it) => keys[it]!, 3)]).toEqual([1, 3, 2, 0, 4]);
  expect([...stableOrder(5, (it) => keys[it]!, 3, Uint32Array.of(4, 3, 2, 1, 0))]).toEqual([
    3, 1, 2, 4, 0,
  ]);
});

test("the lower triangle of a Gram matrix is added to the output", () => {
  expect([...gramOf(csr([[[0, 1], [1, 2]], [[1, 3]]], 2), 0)]).toEqual([1, 0, 2, 13]); // prettier-ignore
  fc.assert(
    fc.property(someRows, (rows) => {
      const x = dense(csr(rows, COLUMNS));
      const wanted = Array.from({ length: COLUMNS ** 2 }, (_, n) =>
        n % COLUMNS > Math.floor(n / COLUMNS)
          ? 5
          : x.reduce((sum, it) => sum + it[Math.floor(n / COLUMNS)]! * it[n % COLUMNS]!, 5),
      );
      expect([...gramOf(csr(rows, COLUMNS), 5)]).toEqual(wanted);
    }),
  );
});

function gramOf(x: ReturnType<typeof csr>, before: number): Float32Array {
  const out = new Float32Array(x.columnCount ** 2).fill(before);
  addGram(x, out);
  return out;
}

describe("adding a product of a sparse matrix", () => {
  test("adds to the rows of the sum those of the product, from a row on", () => {
    fc.assert(
      fc.property(someRows, fc.nat({ max: 3 }), (rows, from) => {
        const b = Array.from({ length: COLUMNS }, (_, n) => [n, 2 * n + 1]);
        const expected = dense(csr(rows, COLUMNS))
          .slice(from)
          .flatMap((row) =>
            [0, 1].map((c) => 5 + row.reduce((sum, it, n) => sum + it * b[n]![c]!, 0)),
          );
        const out = new Float32Array(expected.length).fill(5);
        addProduct(out, csr(rows, COLUMNS), Float32Array.from(b.flat()), 2, from);
        expect([...out]).toEqual(expected);
      }),
      { seed: 1 },
    );
  });
});
