import { describe, expect, test } from "bun:test";
import { Matrix, solve } from "ml-matrix";
import { solveCholesky } from "../../src/linalg/cholesky.ts";
import { seededRandom } from "../../src/linalg/random.ts";

/** A random symmetric positive-definite matrix: B Bᵀ + I. */
function someSystem(n: number, seed: number) {
  const random = seededRandom(seed);
  const b = new Matrix(
    Array.from({ length: n }, () => Array.from({ length: n }, () => random() - 0.5)),
  );
  const right = Float64Array.from({ length: n }, () => random() - 0.5);
  return { a: b.mmul(b.transpose()).add(Matrix.eye(n)), right };
}

describe("solving a symmetric positive-definite system", () => {
  test.each([1, 2, 3, 4, 5, 7, 8, 9, 33, 64])("of %d unknowns agrees with ml-matrix", (n) => {
    const { a, right } = someSystem(n, n);
    const x = right.slice();
    solveCholesky(Float64Array.from(a.to1DArray()), x);
    const oracle = solve(a, Matrix.columnVector([...right])).to1DArray();
    for (const [i, xi] of x.entries()) expect(xi).toBeCloseTo(oracle[i]!, 10);
  });

  test("reads the lower half only", () => {
    const { a, right } = someSystem(6, 1);
    const [whole, lower] = [right.slice(), right.slice()];
    solveCholesky(Float64Array.from(a.to1DArray()), whole);
    const half = a.to1DArray().map((it, n) => (n % 6 > Math.floor(n / 6) ? NaN : it));
    solveCholesky(Float64Array.from(half), lower);
    expect(lower).toEqual(whole);
  });

  test.each([
    ["singular", [1, 1, 1, 1], 1],
    ["indefinite", [1, 2, 2, 1], 1],
    ["not a number", [NaN, 0, 0, 1], 0],
    ["zero", [0, 0, 0, 0], 0],
  ])("refuses one that is %s, and names the pivot", (_, a, pivot) => {
    expect(() => solveCholesky(Float64Array.from(a), Float64Array.of(1, 1))).toThrow(
      new RangeError(`matrix is not positive definite at pivot ${pivot}`),
    );
  });

  test("of no unknowns has nothing to do", () => {
    expect(() => solveCholesky(new Float64Array(0), new Float64Array(0))).not.toThrow();
  });
});
