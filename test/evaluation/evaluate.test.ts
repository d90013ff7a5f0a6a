import { describe, expect, test } from "bun:test";
import { popularityGroups } from "../../src/evaluation/catalogue.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import type { Report } from "../../src/evaluation/report.ts";
import { runSystems } from "../../src/evaluation/runs.ts";
import type { Split } from "../../src/evaluation/split.ts";
import { histories } from "../support/histories.ts";
import { AS_OF_MS, nearestIn, queryFor, rankingWith } from "../support/model.ts";
import { idOf, like, likes, model, popularity, POSTS } from "./two-interests.ts";

/** Everybody so many times: six even posts seen, then two more even ones liked; and a newcomer. */
const loyal = Array.from({ length: 8 }, () =>
  [0, 2, 4, 6, 8, 10].map((row, n) => like(idOf(row), n)),
);
const split: Split = {
  before: histories(...loyal, []),
  after: histories(...loyal.map(() => [like(idOf(12)), like(idOf(14)), like(idOf(0))]), [
    like(idOf(0)),
    like(idOf(28)),
  ]),
  asOfMs: AS_OF_MS,
};
const report = (
  over: Partial<Split> = {},
  seed = 1,
  options: Partial<Parameters<typeof evaluate>[0]> = {},
): Report =>
  evaluate({
    ranker: rankingWith(model).ranker,
    nearest: nearestIn(model),
    baselines: [popularity(likes)],
    likes,
    people: 9,
    split: { ...split, ...over },
    ...options,
    protocol: "by hand",
    seed,
  });
const rowOf = ({ rows }: Pick<Report, "rows">, name: string) =>
  rows.find((it) => it.model === name)!;

test("posts are head, mid and tail by thirds of all likes, cold without any", () => {
  expect(popularityGroups({ likes: [0, 1, 1, 4, 3, 0] })).toEqual([
    ...(["cold", "tail", "tail", "head", "mid", "cold"] as const),
  ]);
});

test("runs hold a list and its metrics for every case", () => {
  const always = (name: string, ...rows: number[]) => ({
    name,
    recommend: () => ({ rows: Uint32Array.from(rows) }),
  });
  const query = queryFor(model);
  const told: number[] = [];
  const [first, second] = runSystems(
    [always("first", 7, 8), always("second", 9)],
    [8, 9].map((row) => ({ query, rows: new Uint32Array(0), relevant: new Set([row]) })),
    (done) => told.push(done),
  );
  expect([...first!.values["mrr@20"]]).toEqual([0.5, 0]);
  expect([...second!.values["mrr@20"]]).toEqual([0, 1]);
  expect(first!.lists.map((it) => [...it])).toEqual([
    [7, 8],
    [7, 8],
  ]);
  expect(told).toEqual([1, 2]);
});

describe("an evaluation on a split", () => {
  test("has a case for everybody who likes something new, in groups by length of history", () => {
    const { cases, audiences, catalogue } = report();
    expect(cases).toBe(9);
    expect(audiences.warm!.cases).toBe(8);
    expect(audiences.cold!.cases).toBe(1);
    expect(audiences.cool).toBeUndefined();
    expect(catalogue).toBe(29);
  });

  test("finds the best system: factors for warm users, popularity for newcomers", () => {
    const { warm, cold } = report().audiences;
    // The even posts come first, and of those the two right ones: the lowest rows they have not seen.
    expect(rowOf(warm!, "collaborative").metrics["ndcg@20"]).toBeCloseTo(1, 9);
    expect(rowOf(warm!, "collaborative").metrics["recall@10"]).toBe(1);
    expect(rowOf(warm!, "recent popularity").metrics["ndcg@20"]).toBeLessThan(0.7);
    expect(rowOf(cold!, "collaborative").metrics["ndcg@20"]).toBe(0);
    expect(rowOf(cold!, "recent popularity").metrics["ndcg@20"]).toBeCloseTo(1, 9);
  });

  test("measures how much of the catalogue is recommended", () => {
    const { metrics } = rowOf(report(), "recent popularity");
    expect(metrics["coverage@20"]).toBeGreaterThanOrEqual(20 / 29);
    expect(metrics["coverage@20"]).toBeLessThan(1);
  });

  test("compares blend and feed with popularity, the best baseline, the best term, and each other", () => {
    const { differences, audiences } = report();
    const pairs = new Set(differences.map(({ model, over }) => `${model} over ${over}`));
    expect([...pairs].sort()).toEqual([
      ...["blend over collaborative", "blend over popularity", "blend over recent popularity"],
      ...["feed over blend", "feed over collaborative", "feed over popularity"],
      "feed over recent popularity",
    ]);
    const gain = audiences.warm!.differences.find(
      (it) => it.model === "blend" && it.over === "popularity" && it.metric === "ndcg@20",
    )!;
    const [blend, popularity] = ["blend", "popularity"].map(
      (it) => rowOf(audiences.warm!, it).metrics["ndcg@20"],
    );
    expect(gain.mean).toBeCloseTo(blend! - popularity!, 12);
    expect(gain.low).toBeGreaterThan(0);
  });

  test("measures recall in each popularity group of posts", () => {
    // Of 465 likes rows 29 to 21 hold the first third or more, 0 and 14 are tail: the rows liked later.
    const { posts } = report();
    expect(Object.keys(posts)).toEqual(["tail"]);
    expect(posts.tail!.cases).toBe(9);
    const [first] = posts.tail!.rows.filter((it) => it.model === "recent popularity");
    expect(first!["recall@20"]).toBeGreaterThan(0.9);
  });

  test("runs only the included systems, and recommends only rows of the mask", () => {
    const names = ["feed", "popularity"];
    const categoryMask = Uint8Array.from({ length: POSTS }, (_, row) => Number(row !== 12));
    const some = report({}, 1, { isIncluded: (name) => names.includes(name), categoryMask });
    expect(some.rows.map((it) => it.model)).toEqual(["popularity", "feed"]);
    expect(some.catalogue).toBe(28);
    expect(rowOf(some.audiences.warm!, "feed").metrics["recall@20"]).toBe(1); // 14 alone is left
    const feedOnly = report({}, 1, { isIncluded: (name) => name === "feed" });
    expect(feedOnly.differences).toEqual([]);
  });

  test("gives the same report for the same seed, and has no cases where nothing was liked", () => {
    expect(report()).toEqual(report());
    const nothing = report({ after: histories(...loyal.map(() => []), []) });
    expect(nothing.cases).toBe(0);
    expect(rowOf(nothing, "feed").metrics["ndcg@20"]).toBe(0);
  });
});
