import { describe, expect, test } from "bun:test";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { leadingSpan } from "../../src/linalg/leading-span.ts";
import { seededRandom } from "../../src/linalg/random.ts";

/** The span's projection VᵀV `[n × n]`, which is the same for every basis of it. */
async function projection(a: Matrix, k: number, seed = 1): Promise<Matrix> {
  const n = a.rows;
  const basis = await leadingSpan({ n, k, seed }, async (y, x) => {
    const product = a.mmul(Matrix.from1DArray(n, k, [...x]));
    y.set(product.to1DArray());
  });
  const v = Matrix.from1DArray(k, n, [...basis]);
  return v.transpose().mmul(v);
}

const expectNear = (a: Matrix, b: Matrix, digits: number) => {
  for (const [n, it] of a.to1DArray().entries()) expect(it).toBeCloseTo(b.to1DArray()[n]!, digits);
};

describe("the leading span", () => {
  test("of a diagonal matrix are the axes of its largest entries", async () => {
    const found = await projection(Matrix.diag([1, 9, 2, 8, 0.5]), 2);
    expectNear(found, Matrix.diag([0, 1, 0, 1, 0]), 4);
  });

  test("is that of the eigenvectors with the largest eigenvalues", async () => {
    const random = seededRandom(3);
    const x = new Matrix(Array.from({ length: 60 }, () => Array.from({ length: 20 }, random)));
    const spread = x.mmul(Matrix.diag(Array.from({ length: 20 }, (_, i) => 0.6 ** i)));
    const a = spread.transpose().mmul(spread);
    const vectors = new EigenvalueDecomposition(a).eigenvectorMatrix; // ascending
    const leading = vectors.subMatrix(0, 19, 16, 19);
    expectNear(await projection(a, 4), leading.mmul(leading.transpose()), 3);
  });

  test("has no more dimensions than the matrix", async () => {
    const one = new Matrix([[1, 2, 2], [2, 4, 4], [2, 4, 4]]); // prettier-ignore
    expectNear(await projection(one, 2), one.div(9), 5);
  });

  test("is the same for the same seed", async () => {
    const a = Matrix.eye(6); // every span is as good
    expect(await projection(a, 2, 7)).toEqual(await projection(a, 2, 7));
    expect(await projection(a, 2, 7)).not.toEqual(await projection(a, 2, 8));
  });
});
