import { describe, expect, test } from "bun:test";
import { seededRandom } from "../../../src/linalg/random.ts";
import { dotRows } from "../../../src/linalg/vector.ts";
import { foldIn, gram, randomFactors } from "../../../src/models/ials/als.ts";

const [POSTS, K] = [50, 4];
const PARAMS = { lambda: 0.02, alpha0: 0.3 };
const NOTHING = { rows: new Uint32Array(), confidence: new Float32Array() };

/** Uniform in [−½, ½). */
function some(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => random() - 0.5);
}

const observed = (...entries: [row: number, confidence: number][]) => ({
  rows: Uint32Array.from(entries, ([row]) => row),
  confidence: Float32Array.from(entries, ([, confidence]) => confidence),
});

describe("folding a user in", () => {
  const factors = some(POSTS * K, 1);
  const gramY = gram(factors, K, PARAMS.alpha0);
  const fold = (it: typeof NOTHING, prior?: Float32Array) =>
    foldIn(gramY, factors, it, PARAMS, prior);
  const score = (x: Float64Array, row: number) =>
    x.reduce((sum, xi, i) => sum + xi * factors[row * K + i]!, 0);

  test("without events gives the zero vector", () => {
    expect(fold(NOTHING)).toEqual(new Float64Array(K));
  });

  test("scores a touched post nearer to 1 the surer we are that it is liked", () => {
    const [weak, strong] = [0.5, 20].map((c) => score(fold(observed([7, c])), 7)) as [
      number,
      number,
    ];
    expect(weak).toBeGreaterThan(0);
    expect(strong).toBeGreaterThan(weak);
    expect(strong).toBeLessThan(1);
  });

  test("scores the look-alikes of a disliked post nearer to 0 the surer we are", () => {
    const alike = factors.slice();
    for (const row of [8, 9]) alike.copyWithin(row * K, 7 * K, 8 * K); // 7, 8 and 9 are look-alikes
    const gramA = gram(alike, K, PARAMS.alpha0);
    /** Score of 8 for somebody who likes 9. */
    const liking = (seven: number) => {
      const x = foldIn(gramA, alike, observed([9, 2], [7, seven]), PARAMS);
      return dotRows(Float32Array.from(x), 0, alike, 8, K);
    };
    expect(liking(-1e-9)).toBeGreaterThan(0.1);
    expect(liking(-1)).toBeLessThan(liking(-1e-9) * 0.98);
    expect(liking(-50)).toBeLessThan(liking(-1) / 2);
    expect(liking(-50)).toBeGreaterThan(0); // a dislike is no opposite taste
  });

  test("does not depend on the order of the touches", () => {
    const entries: [number, number][] = [
      [3, 2],
      [9, -5],
      [27, 0.4],
    ];
    const [a, b] = [fold(observed(...entries)), fold(observed(...entries.toReversed()))];
    for (const [i, ai] of a.entries()) expect(ai).toBeCloseTo(b[i]!, 12);
  });

  test.each([
    ["without a prior", undefined],
    ["with one", some(K, 2)],
  ])("satisfies the normal equations it claims to solve, %s", (_, prior) => {
    const entries: [number, number][] = [
      [1, 3],
      [2, 0.25],
      [8, -1.5],
    ];
    const confidence = new Map(entries);
    const x = fold(observed(...entries), prior);
    const ridge = PARAMS.lambda * (entries.length + PARAMS.alpha0 * POSTS);
    // Half the gradient of the loss, by its definition, coordinate by coordinate.
    for (let i = 0; i < K; i++) {
      let gradient = ridge * (x[i]! - (prior?.[i] ?? 0));
      for (let row = 0; row < POSTS; row++) {
        const y = factors[row * K + i]!;
        const c = confidence.get(row) ?? 0;
        gradient += PARAMS.alpha0 * score(x, row) * y;
        gradient += Math.abs(c) * (score(x, row) - Number(c > 0)) * y;
      }
      expect(gradient).toBeCloseTo(0, 6);
    }
  });

  test("is drawn to the prior, less the more was observed", () => {
    const many = some(2_000 * K, 4);
    const gramM = gram(many, K, PARAMS.alpha0);
    const prior = some(K, 3);
    const pull = (likes: number) => {
      const them = observed(
        ...Array.from({ length: likes }, (_, n) => [n, 10] as [number, number]),
      );
      const x = foldIn(gramM, many, them, PARAMS, prior);
      const free = foldIn(gramM, many, them, PARAMS);
      return Math.hypot(...x.map((xi, i) => xi - free[i]!));
    };
    expect(pull(1)).toBeGreaterThan(0.05);
    expect(pull(500)).toBeLessThan(pull(1) / 2);
  });

  test("leaves the gram as it was", () => {
    const before = gramY.slice();
    fold(observed([3, 2]));
    expect(gramY).toEqual(before);
  });

  test("refuses a singular system and says so", () => {
    const none = new Float32Array(POSTS * K);
    const params = { lambda: 0, alpha0: 0 };
    expect(() => foldIn(gram(none, K, 0), none, NOTHING, params)).toThrow("not positive definite");
  });
});

describe("the gram", () => {
  test("is α₀ YᵀY, both halves", () => {
    const y = Float32Array.of(1, 2, 3, 4, 5, 6); // rows (1 2), (3 4), (5 6)
    expect([...gram(y, 2, 0.5)]).toEqual([17.5, 22, 22, 28]);
  });
});

describe("random factors", () => {
  test("are the same for the same seed, to the bit", () => {
    expect(randomFactors(20, 8, 5)).toEqual(randomFactors(20, 8, 5));
    expect(randomFactors(20, 8, 5)).not.toEqual(randomFactors(20, 8, 6));
  });

  test("have mean 0 and standard deviation 1 / √k", () => {
    const y = randomFactors(5_000, 16, 1);
    const mean = y.reduce((sum, it) => sum + it, 0) / y.length;
    const deviation = Math.sqrt(y.reduce((sum, it) => sum + (it - mean) ** 2, 0) / y.length);
    expect(Math.abs(mean)).toBeLessThan(0.005);
    expect(deviation).toBeCloseTo(0.25, 2);
  });
});
