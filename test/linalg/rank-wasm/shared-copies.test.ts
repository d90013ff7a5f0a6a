import { expect, test } from "bun:test";
import { randomFactors } from "../../../src/models/ials/als.ts";
import { openRankKernel, plainRankKernel } from "../../../src/linalg/rank-wasm/kernel.ts";
import { sharedCopies } from "../../../src/linalg/rank-wasm/shared-copies.ts";
import { normalise } from "../../../src/linalg/vector.ts";
import { atOnce } from "../../../src/runtime/time-slicing.ts";

const [ROWS, WIDTH] = [300, 16];

function unitRows(seed: number): Float32Array {
  const matrix = randomFactors(ROWS, WIDTH, seed);
  for (let row = 0; row < ROWS; row++) normalise(matrix.subarray(row * WIDTH, (row + 1) * WIDTH));
  return matrix;
}

test("a matrix is copied once, and rows that were written to are read again", () => {
  const [matrix, later, x] = [unitRows(1), unitRows(2), unitRows(3).subarray(0, WIDTH)];
  const kernel = sharedCopies(openRankKernel());
  const products = atOnce(kernel.products(matrix, WIDTH));
  const combinations = kernel.combinations(matrix, WIDTH, products);
  const two = { starts: Uint32Array.of(0, 2), rows: Uint32Array.of(7, 8), weights: Float32Array.of(0.5, 0.5) }; // prettier-ignore
  kernel.arrays.scope(() => combinations(two));
  const rows = Uint32Array.of(7, 299);
  for (const row of rows) matrix.set(later.subarray(row * WIDTH, (row + 1) * WIDTH), row * WIDTH);
  kernel.refresh(matrix, rows);
  expect(atOnce(kernel.products(matrix, WIDTH))).toBe(products);
  expect(kernel.combinations(matrix, WIDTH, products)).toBe(combinations);
  const plain = atOnce(plainRankKernel.products(matrix, WIDTH));
  const both = plainRankKernel.combinations(matrix, WIDTH, plain)(two);
  const [found, found2] = kernel.arrays.scope(() => [products.withAll(x).slice(), combinations(two).slice()]); // prettier-ignore
  plain.withAll(x).forEach((it, row) => expect(found![row]).toBeCloseTo(it, 3));
  for (let row = 0; row < ROWS; row++) expect(found2![row]).toBeCloseTo(both[row]!, 3);
});

test("a row that is longer than all before is shortened to the longest of them", () => {
  const matrix = Float32Array.from(unitRows(1));
  const kernel = sharedCopies(openRankKernel());
  const products = atOnce(kernel.products(matrix, WIDTH));
  const x = matrix.slice(0, WIDTH);
  for (let i = 0; i < WIDTH; i++) matrix[WIDTH + i] = 40 * x[i]!;
  kernel.refresh(matrix, Uint32Array.of(1));
  const found = kernel.arrays.scope(() => products.withAll(x).slice());
  expect(found[1]).toBeCloseTo(1, 3);
});
