import { expect, test } from "bun:test";
import { eigenOf } from "../../src/linalg/eigen.ts";

test("eigenvalues ascend, vectors are unit rows, and the upper triangle is not read", () => {
  const { values, vectors } = eigenOf([2, 99, 1, 2], 2);
  expect(values[0]!).toBeCloseTo(1, 9);
  expect(values[1]!).toBeCloseTo(3, 9);
  for (let n = 0; n < 2; n++)
    expect(Math.hypot(vectors[2 * n]!, vectors[2 * n + 1]!)).toBeCloseTo(1, 9);
  expect(vectors[2]! / vectors[3]!).toBeCloseTo(1, 9);
  expect(vectors[0]! / vectors[1]!).toBeCloseTo(-1, 9);
});
