import { expect, test } from "bun:test";
import { provenBest } from "../../src/training/proven.ts";

const shipped = [0.2, 0.3, 0.25, 0.2, 0.3, 0.25];
const plus = (gains: readonly number[]) => shipped.map((it, n) => it + gains[n % gains.length]!);

test("what wins in nearly every observation is picked", () => {
  const steady = plus([0.04, 0.03, 0.05]);
  const proven = provenBest([plus([-0.1]), shipped, steady], 1);
  expect(proven.best).toBe(2);
  expect(proven.quality).toBeCloseTo(0.29, 6);
  expect(proven.shipped).toBeCloseTo(0.25, 6);
});

test("what wins by far in one observation alone is not, though its mean is the best", () => {
  const lucky = plus([0.6, -0.03, -0.03, -0.03, -0.03, -0.03]);
  expect(provenBest([shipped, lucky], 0).best).toBe(0);
  expect(provenBest([shipped, lucky, plus([0.03, 0.04])], 0).best).toBe(2);
});

test("a gain in few observations proves less than the same in many", () => {
  const many = Array.from({ length: 20 }, () => 0.25);
  const better = many.map((it) => it + 0.02);
  expect(provenBest([many, better], 0).best).toBe(1);
  expect(provenBest([many.slice(0, 2), better.slice(0, 2)], 0).best).toBe(0);
});

test("an observation without weight decides nothing", () => {
  const lucky = plus([0.6, -0.03, -0.03, -0.03, -0.03, -0.03]);
  expect(provenBest([shipped, lucky], 0, [1, 0, 0, 0, 0, 0]).best).toBe(1);
  expect(provenBest([shipped, lucky], 0, [0, 1, 1, 1, 1, 1]).best).toBe(0);
  expect(provenBest([shipped, lucky], 0, [0, 0, 0, 0, 0, 0]).best).toBe(0);
});
