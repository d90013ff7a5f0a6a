import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Matrix, solve } from "ml-matrix";
import { seededRandom } from "../../../src/linalg/random.ts";
import { normalise } from "../../../src/linalg/vector.ts";
import type { Kernel } from "../../../src/linalg/train-wasm/kernel.ts";
import { likedIn, popular, popularPart } from "../../../src/models/popularity/model.ts";
import { POPULARITY, popularityBy } from "../../../src/models/popularity/popularity.ts";
import { priorOf, withTextPrior } from "../../../src/models/popularity/text-prior.ts";
import { KERNELS } from "../../linalg/some.ts";
import { modelOf } from "../../support/model.ts";
import { withColumns } from "../../support/parts.ts";

const [DOGS, TAXES] = [[1, 0, 0], [0, 1, 0]] as const; // prettier-ignore

describe.each(KERNELS)("with %s, the popularity that a text leads to expect", (_, open) => {
  let kernel: Kernel;
  beforeAll(async () => void (kernel = await open()));
  afterAll(() => kernel.close());

  const fitted = (vectors: Float32Array, masses: Float64Array) =>
    withTextPrior(kernel, vectors, masses.length, (fit) => fit(masses));

  test("is that of posts with similar texts", async () => {
    const [posts, isAboutDogs] = [100, (row: number) => row % 2 === 0];
    const vectors = Array.from({ length: posts }, (__, row) => (isAboutDogs(row) ? DOGS : TAXES));
    const masses = Float64Array.from(vectors, (__, row) => (row > 1 && isAboutDogs(row) ? 8 : 0));
    const { prior } = await fitted(Float32Array.from(vectors.flat()), masses);
    expect(prior[0]).toBeGreaterThan(3); // nobody has liked the first two
    expect(prior[0]).toBe(prior[2]!);
    expect(prior[1]).toBeLessThan(0.5);
  });

  test("is nothing without a text, or where nobody has liked anything", async () => {
    const vectors = Float32Array.of(...DOGS, 0, 0, 0, ...DOGS);
    const some = await fitted(vectors, Float64Array.of(5, 5, 0));
    expect(some.prior[1]).toBe(0);
    expect([...(await fitted(vectors, new Float64Array(3))).prior]).toEqual([0, 0, 0]);
    expect([...(await fitted(new Float32Array(0), Float64Array.of(5, 5))).prior]).toEqual([0, 0]);
  });

  test("is the ridge regression of logarithms, as ml-matrix solves it", async () => {
    const [posts, d, ridge] = [60, 4, 10];
    const random = seededRandom(1);
    const vectors = new Float32Array(posts * d).map(() => random() - 0.5);
    for (let row = 0; row < posts; row++) normalise(vectors.subarray(row * d, row * d + d));
    const masses = Float64Array.from({ length: posts }, () => 20 * random() ** 3);
    const features = Array.from({ length: posts }, (__, row) => [1, ...vectors.subarray(row * d, row * d + d)]); // prettier-ignore
    const F = new Matrix(features);
    const left = F.transpose().mmul(F).add(Matrix.eye(d + 1).mul(ridge)); // prettier-ignore
    const right = F.transpose().mmul(Matrix.columnVector([...masses].map(Math.log1p)));
    const oracle = F.mmul(solve(left, right)).to1DArray();
    const { prior } = await fitted(vectors, masses);
    for (const [row, it] of oracle.entries())
      expect(prior[row]).toBeCloseTo(Math.max(0, Math.expm1(it)), 4);
  });

  test("is known of posts that come later from the map alone", async () => {
    const vectors = Float32Array.of(...DOGS, ...TAXES, ...DOGS, ...TAXES);
    const { map, prior } = await fitted(vectors, Float64Array.of(9, 1, 9, 1));
    const model = modelOf([{ vector: DOGS }, { vector: TAXES }]);
    const later = priorOf(model, Uint32Array.of(1, 0), map)!;
    expect(later[0]).toBeCloseTo(prior[1]!, 5);
    expect(later[1]).toBeCloseTo(prior[0]!, 5);
    expect(priorOf(model, Uint32Array.of(0), new Float32Array(9))).toBeUndefined();
  });
});

test("the more people like a post, the less its text says", () => {
  const by = (mass: number, prior: number) => popularityBy(POPULARITY, mass, prior, 0);
  const gains = [0, 1, 5, 50].map((mass) => by(mass, 4) - by(mass, 0));
  expect(gains.toSorted((a, b) => b - a)).toEqual(gains);
  expect(by(0, 4)).toBeCloseTo(Math.log1p(POPULARITY.priorWeight * 4), 6);
  expect(gains[3]).toBeLessThan(0.05);
});

test("a post that comes later is as popular as its text leads to expect, and liked by nobody", () => {
  const textMap = Float32Array.of(0, 2, 0, 0); // posts about dogs are
  const before = modelOf([
    { vector: TAXES, popularity: 0.5 },
    { vector: DOGS, popularity: 0 },
    { vector: TAXES, popularity: 0 },
    { vector: DOGS, popularity: 0.7 },
  ]);
  const model = withColumns(before, popularPart, { textMap });
  popular.fill!(model, Uint32Array.of(1, 2, 3), {});
  const { popularity } = popularPart.of(model).columns;
  expect(popularity[1]).toBeCloseTo(Math.log1p(POPULARITY.priorWeight * Math.expm1(2)), 5);
  expect([...popularity].filter((_, row) => row !== 1)).toEqual([0.5, 0, 0.7].map(Math.fround));
  expect([0, 1, 2, 3].map(likedIn(model))).toEqual([true, false, false, true]);
});
