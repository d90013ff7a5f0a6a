import { expect, test } from "bun:test";
import { betaCdf, quantile, winChances } from "../../src/linalg/beta.ts";
import { seededRandom } from "../../src/linalg/random.ts";

test("a table has the CDF of its distribution", () => {
  // Beta(2, 3): F(x) = 6x² − 8x³ + 3x⁴. Beta(1, 1) is uniform.
  const cdf = betaCdf(0.4, 5);
  for (const [n, x] of [64, 128, 192].map((it) => [it, it / 256] as const))
    expect(cdf[n]!).toBeCloseTo(6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, 4);
  expect(betaCdf(0.5, 2)[100]!).toBeCloseTo(100 / 256, 10);
});

test("a distribution that is narrow, or all at one end, has a finite table", () => {
  for (const [mean, strength] of [
    [0.001, 10],
    [0.999, 10],
    [0.5, 100_000],
    [0, 4],
    [1, 4],
  ] as const)
    // prettier-ignore
    expect(betaCdf(mean, strength).every(Number.isFinite)).toBe(true);
});

test("draws have the distribution's mean and spread", () => {
  const [cdf, random, draws] = [betaCdf(0.3, 20), seededRandom(1), 100_000];
  let [sum, squares] = [0, 0];
  for (let n = 0; n < draws; n++) {
    const x = quantile(cdf, random());
    [sum, squares] = [sum + x, squares + x * x];
  }
  const mean = sum / draws;
  expect(mean).toBeCloseTo(0.3, 2);
  expect(squares / draws - mean ** 2).toBeCloseTo((0.3 * 0.7) / 21, 3);
});

test("of equal distributions each wins as often, and chances add up to 1", () => {
  for (const many of [1, 2, 6, 9]) {
    const chances = winChances(Array.from({ length: many }, () => betaCdf(0.3, 10)));
    for (const it of chances) expect(it).toBeCloseTo(1 / many, 6);
  }
  const uneven = winChances([betaCdf(0.2, 10), betaCdf(0.4, 20), betaCdf(0.9, 3)]);
  expect(uneven.reduce((sum, it) => sum + it)).toBeCloseTo(1, 6);
});

test("Beta(2, 1) beats a uniform draw two times of three", () => {
  expect(winChances([betaCdf(2 / 3, 3), betaCdf(0.5, 2)])[0]).toBeCloseTo(2 / 3, 4);
});
