import { describe, expect, test } from "bun:test";
import { casesAt, curve, curveRows, LENGTHS } from "../../src/evaluation/curve.ts";
import { runSystems } from "../../src/evaluation/runs.ts";
import type { Case } from "../../src/evaluation/cases.ts";
import { POPULARITY } from "../../src/evaluation/systems.ts";
import { histories, history, type Done } from "../support/histories.ts";
import { AS_OF_MS, modelOf, nearestIn, queryFor, rankingWith } from "../support/model.ts";

const like = (post: number, n = 0): Done => ({ post, kind: "like", atMs: AS_OF_MS - 1_000 + n });
const likes = (...posts: number[]) => posts.map((post, n) => like(post, n));

describe("the cases of one point", () => {
  const person = (user: number, ...posts: number[]): Case => ({
    history: history(...likes(...posts)),
    length: posts.length,
    user,
    positives: Uint32Array.of(9),
  });
  const whole = [person(0), person(1, 101), person(2, 101, 102, 103), person(3)];

  test("at length 0 are newcomers, never people with a hidden history", () => {
    expect(casesAt(0, whole).map((it) => it.user)).toEqual([0, 3]);
  });

  test("are all people with at least this length, cut to it, with all they saw", () => {
    expect(casesAt(1, whole).map((it) => [it.user, it.length])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(casesAt(3, whole)).toEqual([whole[2]!]);
    expect(casesAt(1, whole)[1]!.history.postKeys).toHaveLength(3);
  });
});

describe("a curve", () => {
  // Even and odd rows are two tastes; the lower the row, the more popular.
  const model = modelOf(
    Array.from({ length: 60 }, (_, row) => ({ factors: row % 2 === 0 ? [1, 0] : [0, 1] })),
  );
  const isOdd = (n: number) => 101 + 2 * n + 1;
  const before = [[], likes(isOdd(0), isOdd(1), isOdd(2)), likes(102)] as const;
  const rows = curve({
    ranker: rankingWith(model).ranker,
    nearest: nearestIn(model),
    baselines: [{ name: POPULARITY, score: (_, all) => Float32Array.from(all, (it) => 60 - it) }],
    split: {
      before: histories(...before),
      after: histories(likes(101), likes(isOdd(20), isOdd(21)), likes(isOdd(22))),
      asOfMs: AS_OF_MS,
    },
    seed: 1,
  });
  const at = (length: number, name: string) =>
    rows.find((it) => it.length === length && it.model === name);

  test("has a row for every system at every length with cases", () => {
    expect([...new Set(rows.map((it) => it.length))]).toEqual([0, 1, 2, 3]);
    expect(LENGTHS).toEqual([0, 1, 2, 3, 5, 10]);
    expect(at(0, "feed")).toMatchObject({ cases: 1 });
    expect(at(1, "feed")).toMatchObject({ cases: 2 });
    expect(at(3, "feed")).toMatchObject({ cases: 1 });
  });

  test("shows the systems that profit from a history", () => {
    expect(at(0, POPULARITY)!.metrics["ndcg@20"].mean).toBe(1);
    expect(at(0, "collaborative")!.metrics["ndcg@20"].mean).toBe(0);
    expect(at(1, POPULARITY)!.metrics["recall@20"].mean).toBe(0);
    expect(at(1, "collaborative")!.metrics["recall@20"].mean).toBeGreaterThan(0);
  });
});

test("differences are paired: a constant one has no interval", () => {
  const model = modelOf([{}, {}, {}]);
  const always = (name: string, row: number) => ({
    name,
    recommend: () => ({ rows: Uint32Array.of(row) }),
  });
  const queries = [0, 1, 0, 1].map((liked) => ({
    query: queryFor(model),
    rows: Uint32Array.of(0, 1, 2),
    relevant: new Set([liked]),
  }));
  const runs = runSystems([always("feed", 0), always(POPULARITY, 2)], queries);
  const both = curveRows(5, runs, 1);
  expect(both[0]).toMatchObject({ length: 5, cases: 4, model: "feed" });
  expect(both[0]!.over[POPULARITY]!.mean).toBe(0.5);
  expect(both[0]!.over[POPULARITY]!.low).toBeLessThan(0.5);
  expect(both[1]!.over).toEqual({});
  const same = curveRows(5, [runs[0]!, { ...runs[0]!, model: POPULARITY }], 1);
  expect(same[0]!.over[POPULARITY]).toEqual({ mean: 0, low: 0, high: 0 });
});
