import { describe, expect, test } from "bun:test";
import { runSystems } from "../../src/evaluation/runs.ts";
import { systemsOf, DEPTH, type Baseline } from "../../src/evaluation/systems.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { popularityOf } from "../../src/evaluation/catalogue.ts";
import { breakTies } from "../../src/evaluation/ranking.ts";
import type { Report } from "../../src/evaluation/report.ts";
import type { Split } from "../../src/evaluation/split.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { LOCKED } from "../../src/snapshot/model.ts";
import { histories, type Done } from "../support/histories.ts";
import { AS_OF_MS, modelOf, nearestIn, queryFor, rankingWith } from "../support/model.ts";

const POSTS = 30;
const like = (post: number, n = 0): Done => ({ post, kind: "like", atMs: AS_OF_MS - 1_000 + n });
const idOf = (row: number) => 101 + row;

/**
 * Two tastes, even and odd rows; row 28 is locked. The lower the row the more popular of late,
 * whereas of all times the highest rows are.
 */
const model = modelOf(
  Array.from({ length: POSTS }, (_, row) => ({
    factors: row % 2 === 0 ? [1 - row / 1_000, 0] : [0, 1 - row / 1_000],
    vector: row % 2 === 0 ? [1, 0, 0.1] : [0, 1, 0.1],
    ...(row === 28 && { flags: LOCKED }),
    ageDays: 1,
  })),
);
const likes = Float32Array.from({ length: POSTS }, (_, row) => row + 1);
const popularity = (counts: ArrayLike<number>): Baseline => ({
  name: "popularity",
  score: (_, rows) => Float32Array.from(rows, (row) => counts[row]!),
});

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

describe("systems", () => {
  const { ranker, person } = rankingWith(model);
  const all = systemsOf(ranker, [popularity(likes)]);
  const list = (name: string, deeds: readonly Done[]) => {
    const query = queryFor(model, { person: person(deeds) });
    const rows = Uint32Array.from(model.postKeys.keys()).filter(
      (row) => row !== 28 && !query.person.seen.includes(row),
    );
    const ranking = all.find((it) => it.name === name)!.recommend(query, rows);
    return [...breakTies(ranking, DEPTH, seededRandom(1))];
  };

  test("are the baselines, every score term alone, the blend and the feed", () => {
    expect(all.map((it) => it.name)).toEqual([
      ...["popularity", "collaborative", "neighbours", "sequence", "stretches", "similar"],
      ...["recent popularity", "trending", "fresh", "blend", "feed"],
    ]);
  });

  test("recommend twenty posts, none seen, locked or twice", () => {
    const deeds = [0, 1, 2, 29].map((row) => like(idOf(row)));
    for (const { name } of all) {
      const rows = list(name, deeds);
      expect(rows.length, name).toBeLessThanOrEqual(20);
      expect(new Set(rows).size, name).toBe(rows.length);
      expect(
        rows.filter((it) => [0, 1, 2, 28, 29].includes(it)),
        name,
      ).toEqual([]);
    }
    expect(list("feed", deeds)).toHaveLength(20);
  });

  test("rank the whole catalogue by their score", () => {
    expect(list("popularity", []).slice(0, 4)).toEqual([29, 27, 26, 25]);
    expect(list("recent popularity", [like(idOf(1))]).slice(0, 4)).toEqual([0, 2, 3, 4]);
    expect(list("collaborative", [like(idOf(3))]).every((row) => row % 2 === 1)).toBe(true);
    expect(
      list("similar", [like(idOf(3))])
        .slice(0, 14)
        .every((row) => row % 2 === 1),
    ).toBe(true);
  });

  test("rank by blend score, and in the feed by its selector too", () => {
    const sketch = Array.from({ length: 12 }, (_, row) => ({ category: row < 6 ? "a" : "b" }));
    const two = rankingWith(modelOf(sketch)).ranker;
    const rows = Uint32Array.from(sketch.keys());
    const lists = systemsOf(two, []).map(
      ({ name, recommend }) => [name, [...recommend(queryFor(two.model), rows).rows]] as const,
    );
    const { blend, feed } = Object.fromEntries(lists);
    expect(blend).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(feed!.slice(0, 5)).toEqual([0, 1, 2, 3, 6]);
  });

  test("recommend nothing where they know nothing", () => {
    for (const name of ["collaborative", "neighbours", "sequence", "stretches", "similar"])
      expect(list(name, []), name).toEqual([]);
    expect(list("neighbours", [like(idOf(3))])).toEqual([]); // this model has none
  });
});

test("posts are head, mid and tail by thirds of all likes, cold without any", () => {
  expect(popularityOf({ likes: [0, 1, 1, 4, 3, 0] })).toEqual([
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

  test("compares blend and feed with popularity, the best single system, and each other", () => {
    const { differences, audiences } = report();
    const pairs = new Set(differences.map(({ model, over }) => `${model} over ${over}`));
    expect([...pairs].sort()).toEqual([
      ...["blend over collaborative", "blend over popularity"],
      ...["feed over blend", "feed over collaborative", "feed over popularity"],
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

  test("runs only the systems that compete, and recommends only rows within the mask", () => {
    const names = ["feed", "popularity"];
    const within = Uint8Array.from({ length: POSTS }, (_, row) => Number(row !== 12));
    const some = report({}, 1, { competes: (name) => names.includes(name), within });
    expect(some.rows.map((it) => it.model)).toEqual(["popularity", "feed"]);
    expect(some.catalogue).toBe(28);
    expect(rowOf(some.audiences.warm!, "feed").metrics["recall@20"]).toBe(1); // 14 alone is left
    const feedOnly = report({}, 1, { competes: (name) => name === "feed" });
    expect(feedOnly.differences).toEqual([]);
  });

  test("gives the same report for the same seed, and has no cases where nothing was liked", () => {
    expect(report()).toEqual(report());
    const nothing = report({ after: histories(...loyal.map(() => []), []) });
    expect(nothing.cases).toBe(0);
    expect(rowOf(nothing, "feed").metrics["ndcg@20"]).toBe(0);
  });
});
