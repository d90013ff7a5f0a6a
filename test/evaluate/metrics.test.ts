import { describe, expect, test } from "bun:test";
import { METRIC_NAMES, METRICS } from "../../src/evaluate/answers.ts";
import { coverage, nDcg, recall, reciprocalRank } from "../../src/evaluate/metrics.ts";
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

test("coverage is the share of the catalogue that some list shows among its first k", () => {
  const lists = [Uint32Array.of(1, 2, 3), Uint32Array.of(2, 1, 4), Uint32Array.of()];
  expect(coverage(lists, 8, 2)).toBe(2 / 8);
  expect(coverage(lists, 8, 3)).toBe(4 / 8);
});

test("nothing relevant, nothing recommended and no catalogue are 0, never NaN", () => {
  for (const name of METRIC_NAMES) {
    expect(METRICS[name](LIST, new Set())).toBe(0);
    expect(METRICS[name](new Uint32Array(0), new Set([4]))).toBe(0);
  }
  expect(coverage([LIST], 0, 20)).toBe(0);
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
