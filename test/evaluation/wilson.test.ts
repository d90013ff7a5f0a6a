import { describe, expect, test } from "bun:test";
import { addPerson, noSums, wilson } from "../../src/evaluation/wilson.ts";
import { seededRandom } from "../../src/linalg/random.ts";

const rateOf = (...people: readonly (readonly [y: number, m: number])[]) => {
  const sums = noSums();
  for (const [y, m] of people) addPerson(sums, y, m);
  return wilson(sums);
};
const once = (successes: number, of: number) =>
  rateOf(...Array.from({ length: of }, (_, n) => [Number(n < successes), 1] as const));

describe("Wilson's interval", () => {
  test("of people with one observation each is the textbook's", () => {
    // 8 of 20: Newcombe, "Two-sided confidence intervals for the single proportion" (1998), method 3.
    const it = once(8, 20)!;
    expect([it.low, it.rate, it.high].map((x) => Number(x.toFixed(3)))).toEqual([
      0.219, 0.4, 0.613,
    ]);
  });

  test("of no success begins at 0 and does not end there", () => {
    expect(once(0, 20)).toMatchObject({ rate: 0, low: 0 });
    expect(once(0, 20)!.high).toBeGreaterThan(0.1);
    expect(once(20, 20)).toMatchObject({ rate: 1, high: 1 });
    expect(rateOf([0, 0])).toBeUndefined();
  });

  test("of one person is as wide as that of one observation, however much they were shown", () => {
    const [much, little] = [rateOf([500, 1_000])!, rateOf([0.5, 1])!];
    expect(much.low).toBeCloseTo(little.low, 9);
    expect(much.high).toBeCloseTo(little.high, 9);
  });

  test("is no narrower where people alternate than where each is an observation of their own", () => {
    const alike = rateOf(...Array.from({ length: 50 }, () => [5, 10] as const))!;
    const single = once(250, 500)!;
    expect(alike.high - alike.low).toBeCloseTo(single.high - single.low, 9);
  });

  test("holds the truth in 95 of 100 samples of people who differ; counting posts would hold it in 70", () => {
    const random = seededRandom(1);
    const SAMPLES = 400;
    let [held, heldByPosts] = [0, 0];
    for (let sample = 0; sample < SAMPLES; sample++) {
      const sums = noSums();
      for (let person = 0; person < 60; person++) {
        const rate = random() < 0.5 ? 0.1 : 0.5; // 0.3 on average
        const m = 5 + Math.floor(20 * random());
        let y = 0;
        for (let n = 0; n < m; n++) y += Number(random() < rate);
        addPerson(sums, y, m);
      }
      const own = wilson(sums)!;
      const posts = once(sums.y, sums.m)!;
      held += Number(own.low <= 0.3 && own.high >= 0.3);
      heldByPosts += Number(posts.low <= 0.3 && posts.high >= 0.3);
    }
    expect(held / SAMPLES).toBeGreaterThan(0.92);
    expect(held / SAMPLES).toBeLessThan(0.98);
    expect(heldByPosts / SAMPLES).toBeLessThan(0.75);
  });
});
