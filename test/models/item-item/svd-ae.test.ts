import { describe, expect, test } from "bun:test";
import { Matrix, SVD } from "ml-matrix";
import { seededRandom } from "../../../src/linalg/random.ts";
import { openKernel } from "../../../src/linalg/train-wasm/open.ts";
import { postsSide } from "../../../src/models/item-item/closed-form.ts";
import { svdAe, type SvdAeParams } from "../../../src/models/item-item/svd-ae.ts";
import { sparse } from "../../support/matrix.ts";

const kernel = await openKernel({ threads: 1, spawn: () => new Worker("") });

/** C of the likes X, whose people are weighed already. */
async function weights(x: Matrix, params: SvdAeParams): Promise<Matrix> {
  const { gram } = postsSide(sparse(x.to2DArray()), kernel);
  const { k, left, right } = await svdAe(gram, params, kernel);
  const n = x.columns;
  return Matrix.from1DArray(n, k, [...left]).mmul(Matrix.from1DArray(k, n, [...right]));
}

describe("SVD-AE", () => {
  test("is the closed form of its paper: the truncated SVD of the normalised likes, folded in", async () => {
    const random = seededRandom(2);
    const tastes = Array.from({ length: 3 }, () => Array.from({ length: 16 }, random));
    const x = new Matrix(
      Array.from({ length: 80 }, (_, u) => tastes[u % 3]!.map((it) => Number(random() < it))),
    );
    const sizes = x.transpose().mmul(x).diag();
    const normalised = x.mmul(Matrix.diag(sizes.map((it) => it ** -0.4)));
    const v = new SVD(normalised).rightSingularVectors.subMatrix(0, 15, 0, 2);
    const expected = Matrix.diag(sizes.map((it) => it ** -0.4))
      .mmul(v.mmul(v.transpose()))
      .mmul(Matrix.diag(sizes.map((it) => it ** 0.4)));
    const found = await weights(x, { share: 0.18, kMost: 9, normalisation: 0.4 }); // 3 of 16 posts
    for (const [n, it] of found.to1DArray().entries())
      expect(it).toBeCloseTo(expected.to1DArray()[n]!, 2);
  });

  test("keeps what many share: a post is near those of its own group, also those nobody liked with it", async () => {
    // Two groups of people. Nobody likes both 0 and 2, but who likes either likes 1.
    const x = new Matrix([
      ...Array.from({ length: 4 }, () => [1, 1, 0, 0, 0]),
      ...Array.from({ length: 4 }, () => [0, 1, 1, 0, 0]),
      ...Array.from({ length: 3 }, () => [0, 0, 0, 1, 1]),
    ]);
    const found = await weights(x, { share: 1, kMost: 2, normalisation: 0.5 });
    expect(found.get(0, 2)).toBeGreaterThan(0.1);
    expect(Math.abs(found.get(0, 3))).toBeLessThan(0.01);
    expect(found.get(3, 4)).toBeGreaterThan(0.4);
  });

  test("has as many dimensions as its share of the posts, but no more than its bound", async () => {
    const { gram } = postsSide(sparse(Matrix.eye(40).to2DArray()), kernel);
    const k = async (share: number, kMost: number) =>
      (await svdAe(gram, { share, kMost, normalisation: 0.4 }, kernel)).k;
    expect([await k(0.1, 9), await k(0.5, 9), await k(0.01, 9)]).toEqual([4, 9, 1]);
  });
});
