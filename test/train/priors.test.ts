import { describe, expect, test } from "bun:test";
import { Matrix, solve } from "ml-matrix";
import { seededRandom } from "../../src/math/random.ts";
import { priorMeans, ridgeMap, type Features } from "../../src/train/priors.ts";

const [ROWS, WIDTH, K, LAMBDA] = [30, 5, 3, 2];

function some(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => random() - 0.5);
}

/** Random features; the first column is 1, and nothing is known of rows `unknown`. */
function someFeatures(...unknown: number[]): Features {
  const values = some(ROWS * WIDTH, 1);
  for (let row = 0; row < ROWS; row++) values[row * WIDTH] = 1;
  const known = new Uint8Array(ROWS).fill(1);
  for (const row of unknown) known[row] = 0;
  return { values, width: WIDTH, known };
}

describe("the ridge map from features to factors", () => {
  const factors = some(ROWS * K, 2);
  const weights = some(ROWS, 3).map((it) => it + 0.6);

  test("solves the weighted ridge regression, as ml-matrix does", () => {
    const features = someFeatures();
    const W = ridgeMap(features, weights, LAMBDA).fit(factors, K);
    const F = Matrix.from1DArray(ROWS, WIDTH, [...features.values]);
    const FD = F.transpose().mmul(Matrix.diag([...weights]));
    const left = FD.mmul(F).add(Matrix.eye(WIDTH).mul(LAMBDA));
    const oracle = solve(left, FD.mmul(Matrix.from1DArray(ROWS, K, [...factors]))).to1DArray();
    expect(W).toHaveLength(WIDTH * K);
    for (const [n, it] of oracle.entries()) expect(W[n]).toBeCloseTo(it, 5);
  });

  test("finds a map that is there", () => {
    const features = someFeatures();
    const truth = some(WIDTH * K, 4);
    const image = priorMeans(features, truth, K);
    const W = ridgeMap(features, weights, 1e-6).fit(image, K);
    for (const [n, it] of truth.entries()) expect(W[n]).toBeCloseTo(it, 3);
  });

  test("learns nothing from rows without weight, or of which nothing is known", () => {
    const silent = weights.map((it, row) => (row === 4 ? 0 : it));
    const map = ridgeMap(someFeatures(9), silent, LAMBDA);
    const lies = factors.slice();
    for (const row of [4, 9]) lies.fill(1e6, row * K, row * K + K);
    expect(map.fit(lies, K)).toEqual(map.fit(factors, K));
  });

  test("is drawn to zero by the ridge", () => {
    const length = (lambda: number) =>
      Math.hypot(...ridgeMap(someFeatures(), weights, lambda).fit(factors, K));
    expect(length(1e4)).toBeLessThan(length(1) / 100);
  });

  test("is zero where nobody teaches anything", () => {
    const W = ridgeMap(someFeatures(), new Float32Array(ROWS), LAMBDA).fit(factors, K);
    expect(W).toEqual(new Float32Array(WIDTH * K));
  });
});

describe("prior means", () => {
  test("are features times map; zero where nothing is known", () => {
    const features = { values: Float32Array.of(1, 2, 1, 3), width: 2, known: Uint8Array.of(1, 0) };
    const map = Float32Array.of(10, 20, 1, 2); // rows: intercept, slope
    expect([...priorMeans(features, map, 2)]).toEqual([12, 24, 0, 0]);
  });
});
