import { expect, test } from "bun:test";
import { emptyTable, keepLargest } from "../../src/models/top-tables.ts";

test("a row keeps its largest weights by absolute value, and no zeros", () => {
  const table = emptyTable(2, 2);
  const weights = Float32Array.of(1, -3, 2, 0, 0, -1);
  keepLargest(weights, Uint32Array.of(10, 11, 12), table, (row) => row);
  expect([...table.rows]).toEqual([11, 12, 12, 0]);
  expect([...table.scores]).toEqual([-3, 2, -1, 0]);
});
