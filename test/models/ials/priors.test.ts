import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Matrix, solve } from "ml-matrix";
import type { Kernel } from "../../../src/linalg/train-wasm/kernel.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import {
  featureTable,
  priorMeans,
  ridgeMap,
  type Features,
} from "../../../src/models/ials/priors.ts";
import { KERNELS } from "../../linalg/some.ts";
import { oneThread } from "../../support/kernel.ts";

const [ROWS, WIDTH, K, LAMBDA] = [30, 5, 3, 2];

function some(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => random() - 0.5);
}

/** Random features; the first column is 1, and nothing is known of rows `unknown`. */
function someFeatures(...unknown: number[]) {
  const values = some(ROWS * WIDTH, 1);
  for (let row = 0; row < ROWS; row++) values[row * WIDTH] = 1;
  const known = new Uint8Array(ROWS).fill(1);
  for (const row of unknown) known[row] = 0;
  return featureTable(values, WIDTH, known);
}

describe.each(KERNELS)("with %s, the ridge map from features to factors", (_, open) => {
  const factors = some(ROWS * K, 2);
  const weights = some(ROWS, 3).map((it) => it + 0.6);
  let kernel: Kernel;
  beforeAll(async () => void (kernel = await open()));
  afterAll(() => kernel.close());

  /** W, fitted to factors. */
  async function fitted(features: Features, taught: Float32Array, lambda: number, y = factors) {
    const { map, means, fit } = await ridgeMap(kernel, features, taught, lambda, K);
    await fit(y);
    return { map: map.slice(), means: means?.slice() };
  }

  test("solves the weighted ridge regression, as ml-matrix does", async () => {
    const features = someFeatures();
    const { map } = await fitted(features, weights, LAMBDA);
    const F = Matrix.from1DArray(ROWS, WIDTH, [...features.values]);
    const FD = F.transpose().mmul(Matrix.diag([...weights]));
    const left = FD.mmul(F).add(Matrix.eye(WIDTH).mul(LAMBDA));
    const oracle = solve(left, FD.mmul(Matrix.from1DArray(ROWS, K, [...factors]))).to1DArray();
    expect(map).toHaveLength(WIDTH * K);
    for (const [n, it] of oracle.entries()) expect(map[n]).toBeCloseTo(it, 5);
  });

  test("finds a map that is there", async () => {
    const features = someFeatures();
    const truth = some(WIDTH * K, 4);
    const { map } = await fitted(features, weights, 1e-6, priorMeans(features, truth, K));
    for (const [n, it] of truth.entries()) expect(map[n]).toBeCloseTo(it, 3);
  });

  test("gives every row its prior mean", async () => {
    const features = someFeatures(9);
    const { map, means } = await fitted(features, weights, LAMBDA);
    const plain = priorMeans(features, map, K);
    expect(means).toHaveLength(ROWS * K);
    for (const [n, it] of plain.entries()) expect(means![n]).toBeCloseTo(it, 6);
  });

  test("learns nothing from rows without weight, or of which nothing is known", async () => {
    const silent = weights.map((it, row) => (row === 4 ? 0 : it));
    const lies = factors.slice();
    for (const row of [4, 9]) lies.fill(1e6, row * K, row * K + K);
    const honest = await fitted(someFeatures(9), silent, LAMBDA);
    expect((await fitted(someFeatures(9), silent, LAMBDA, lies)).map).toEqual(honest.map);
  });

  test("is drawn to zero by the ridge", async () => {
    const length = async (lambda: number) =>
      Math.hypot(...(await fitted(someFeatures(), weights, lambda)).map);
    expect(await length(1e4)).toBeLessThan((await length(1)) / 100);
  });

  test("is zero without rows that have features and weight", async () => {
    const { map } = await fitted(someFeatures(), new Float32Array(ROWS), LAMBDA);
    expect(map).toEqual(new Float32Array(WIDTH * K));
    const nobody = featureTable(new Float32Array(), WIDTH, new Uint8Array());
    const none = await fitted(nobody, new Float32Array(), LAMBDA, new Float32Array());
    expect(none.map).toEqual(new Float32Array(WIDTH * K));
  });
});

test("a ridge map of more rows than are weighted at a time is the same", async () => {
  const rows = 40_000; // of 32,768
  const values = Float32Array.from({ length: rows * 2 }, (_, n) => (n % 2 === 0 ? 1 : (n / 2) % 7));
  const features = featureTable(values, 2, new Uint8Array(rows).fill(1));
  const truth = Float32Array.of(1, 2, 3, 4);
  const weights = Float32Array.from({ length: rows }, (_, row) => Number(row > 33_000 || row < 9));
  const { map, fit } = await ridgeMap(oneThread, features, weights, 0.01, 2);
  await fit(priorMeans(features, truth, 2));
  for (const [n, it] of truth.entries()) expect(map[n]).toBeCloseTo(it, 2);
});

test("a ridge map of more rows than may teach is learnt from an even sample of those that do", async () => {
  const rows = 1_000;
  const random = seededRandom(5);
  const values = Float32Array.from({ length: rows * 2 }, (_, n) => (n % 2 === 0 ? 1 : random()));
  const features = featureTable(values, 2, new Uint8Array(rows).fill(1));
  const truth = Float32Array.of(1, 2, 3, 4);
  const factors = priorMeans(features, truth, 2);
  // Every third row teaches, and of these every third again: 112 of them at last.
  const weights = Float32Array.from({ length: rows }, (_, row) => Number(row % 3 === 0));
  for (let row = 0; row < rows; row++) if (row % 9 !== 0) factors.fill(1e6, 2 * row, 2 * row + 2);
  const { map, means, fit } = await ridgeMap(oneThread, features, weights, 1e-4, 2, 334 / 3);
  await fit(factors);
  for (const [n, it] of truth.entries()) expect(map[n]).toBeCloseTo(it, 2);
  expect(means).toHaveLength(2 * rows); // all are given a place
});

describe("prior means", () => {
  test("are features times map; zero where nothing is known", () => {
    const features = featureTable(Float32Array.of(1, 2, 1, 3), 2, Uint8Array.of(1, 0));
    const map = Float32Array.of(10, 20, 1, 2); // rows: intercept, slope
    expect([...priorMeans(features, map, 2)]).toEqual([12, 24, 0, 0]);
  });
});
