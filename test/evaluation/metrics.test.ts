import { describe, expect, test } from "bun:test";
import { METRIC_NAMES, METRICS } from "../../src/evaluation/runs.ts";
import {
  coverage,
  exposure,
  gini,
  intraListDiversity,
  nDcg,
  novelty,
  recall,
  reciprocalRank,
} from "../../src/evaluation/metrics.ts";
import golden from "../golden/metrics.json" with { type: "json" };

const LIST = Uint32Array.of(4, 8, 15, 16, 23);

describe("recall", () => {
  test("is the share of the relevant posts among the first k", () => {
    expect(recall(LIST, new Set([8, 23, 42]), 5)).toBeCloseTo(2 / 3, 12);
    expect(recall(LIST, new Set([8, 23, 42]), 4)).toBeCloseTo(1 / 3, 12);
  });

  test("counts relevant posts that no list of k could hold", () => {
    expect(recall(LIST, new Set([4, 8, 15, 16]), 2)).toBe(0.5);
  });
});

describe("nDCG", () => {
  test("divides each hit by log2 of its place + 1, and the whole by the best possible", () => {
    // Hits at places 2 and 5; the best possible has them at 1 and 2.
    const gain = 1 / Math.log2(3) + 1 / Math.log2(6);
    const ideal = 1 / Math.log2(2) + 1 / Math.log2(3);
    expect(nDcg(LIST, new Set([8, 23]), 5)).toBeCloseTo(gain / ideal, 12);
  });

  test("is 1 for the best list, however many relevant posts do not fit in", () => {
    expect(nDcg(LIST, new Set([4, 8, 15, 99]), 3)).toBeCloseTo(1, 12);
  });

  test("sees no hit after k", () => {
    expect(nDcg(LIST, new Set([23]), 4)).toBe(0);
  });
});

describe("the reciprocal rank", () => {
  test("is one over the place of the first hit, 0 without one among the first k", () => {
    expect(reciprocalRank(LIST, new Set([23, 15]), 5)).toBeCloseTo(1 / 3, 12);
    expect(reciprocalRank(LIST, new Set([15]), 2)).toBe(0);
  });
});

describe("lists as lists", () => {
  const lists = [Uint32Array.of(1, 2, 3), Uint32Array.of(2, 1, 4), Uint32Array.of()];

  test("exposure counts how often each row is among the first k", () => {
    expect([...exposure(lists, 6, 2)]).toEqual([0, 2, 2, 0, 0, 0]);
    expect([...exposure(lists, 6, 3)]).toEqual([0, 2, 2, 1, 1, 0]);
  });

  test("coverage is the share of the catalogue that some list shows", () => {
    expect(coverage(exposure(lists, 8, 2))).toBe(2 / 8);
    expect(coverage(exposure(lists, 8, 3))).toBe(4 / 8);
  });

  test("Gini is 0 where all posts are shown alike, and (n − 1) / n where one has everything", () => {
    expect(gini(Uint32Array.of(3, 3, 3))).toBe(0);
    expect(gini(Uint32Array.of(0, 9, 0, 0))).toBe(3 / 4);
    // Half the mean absolute difference of all pairs, relative to the mean: 1, 2, 3 → (2·2·(1+1+2)/9)/2/2.
    expect(gini(Uint32Array.of(2, 1, 3))).toBeCloseTo((2 * (1 + 1 + 2)) / 9 / 2 / 2, 12);
  });

  test("novelty is the mean of −log2 of the share that likes a post, one added", () => {
    expect(novelty([0, 1], [7, 1], 7, 20)).toBe((0 + 2) / 2);
    expect(novelty([0, 1], [7, 1], 7, 1)).toBe(0);
    expect(novelty([0], [0], 31, 20)).toBe(5);
  });

  test("diversity is the mean distance of all pairs among the first k", () => {
    const similarity = (a: number, b: number) => (a + b === 3 ? 1 : 0.25);
    expect(intraListDiversity([1, 2, 5], similarity, 2)).toBe(0);
    expect(intraListDiversity([1, 2, 5], similarity, 3)).toBe((0 + 0.75 + 0.75) / 3);
    expect(intraListDiversity([1], similarity, 3)).toBe(0);
  });
});

test("nothing relevant, nothing recommended and no catalogue are 0, never NaN", () => {
  for (const name of METRIC_NAMES) {
    expect(METRICS[name](LIST, new Set())).toBe(0);
    expect(METRICS[name](new Uint32Array(0), new Set([4]))).toBe(0);
  }
  expect(coverage(new Uint32Array(0))).toBe(0);
  expect(gini(new Uint32Array(3))).toBe(0);
  expect(novelty([], [], 0, 20)).toBe(0);
});

describe("ranx, an independent implementation, agrees", () => {
  test.each(METRIC_NAMES)("on %s, list by list and on average", (name) => {
    const values = golden.cases.map(({ ranked, relevant }) =>
      METRICS[name](Uint32Array.from(ranked), new Set(relevant)),
    );
    for (const [n, { values: expected }] of golden.cases.entries())
      expect(values[n]!).toBeCloseTo(expected[name], 10);
    const mean = values.reduce((sum, it) => sum + it, 0) / values.length;
    expect(mean).toBeCloseTo(golden.means[name], 10);
  });
});
