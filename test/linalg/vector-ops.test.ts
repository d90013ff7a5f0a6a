import { expect, test } from "bun:test";
import { heap } from "../../src/linalg/arena.ts";
import { addWeighted, compact, gather } from "../../src/linalg/vector-ops.ts";

test("the values of some rows are gathered in the order of the rows", () => {
  const values = Float32Array.of(5, 6, 7);
  expect([...gather(heap, values, Uint32Array.of(2, 0, 2))]).toEqual([7, 5, 7]);
});

test("a weighted column is added to a total, and is weighted itself", () => {
  const [total, column] = [Float32Array.of(1, 2), Float32Array.of(10, -4)];
  addWeighted(total, column, 0.5);
  expect([...total]).toEqual([6, 0]);
  expect([...column]).toEqual([5, -2]);
});

test("words that are not 0 are found in their order", () => {
  const { places, bits } = compact(heap, Uint32Array.of(0, 4, 0, 0, 1, 2 ** 31));
  expect([...places]).toEqual([1, 4, 5]);
  expect([...bits]).toEqual([4, 1, 2 ** 31]);
  expect(compact(heap, new Uint32Array(0)).places).toHaveLength(0);
});
