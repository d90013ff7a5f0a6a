import { describe, expect, test } from "bun:test";
import { datasetOf, historiesOf, postsOf, type Event } from "../../src/benchmarks/events.ts";
import { popularities } from "../../src/benchmarks/rolling/baselines.ts";
import { rollingReport } from "../../src/benchmarks/rolling/report.ts";
import { roll, SYSTEMS } from "../../src/benchmarks/rolling/roll.ts";
import { grouped, weeksOf, type RollingSet } from "../../src/benchmarks/rolling/weeks.ts";
import { sparseDataset } from "../../src/benchmarks/sparse/dataset.ts";
import { SPARSE_SETS } from "../../src/benchmarks/sparse/incidents.ts";
import { wholeCases } from "../../src/evaluation/cases.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { oneThread } from "../support/kernel.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2024, 0, 1);

/** The set of likes given as [user, post, day]. */
function setOf(likes: readonly (readonly [number, number, number])[]): RollingSet {
  const events = likes.map(([userKey, postKey, day]): Event => ({
    ...{ userKey, postKey, kind: "like", value: 1, atMs: START_MS + day * DAY_MS },
  }));
  const newest = Math.max(...events.map((it) => it.atMs));
  const ids = [...new Set(likes.map(([, post]) => post))];
  const posts = postsOf(ids.map((id) => ({ id })));
  return { name: "few", days: 7, data: datasetOf(posts, historiesOf(events), newest) };
}

// The last week is of days 14.x to 21; 100 is known before it, 200 is not.
const few = setOf([
  [1, 10, 0],
  [1, 11, 8],
  [1, 12, 13],
  [1, 13, 13],
  [2, 10, 16],
  [2, 11, 17],
  [2, 12, 18],
  [1, 10, 20],
  [3, 13, 21],
]);

describe("the weeks of a set", () => {
  const weeks = [...weeksOf(few, 24)];

  test("each knows what was before it, and asks for what was done in it", () => {
    const days = weeks.map(({ split }) =>
      Array.from(split.after.atMs, (it) => (it - START_MS) / DAY_MS).sort((a, b) => a - b),
    );
    expect(days).toEqual([
      [8, 13, 13],
      [16, 17, 18, 20, 21],
    ]);
    for (const { past, split } of weeks)
      expect(Math.max(...past.histories.atMs)).toBeLessThan(Math.min(...split.after.atMs));
  });

  test("tell newcomers from people that are known, and know a newcomer's first posts in between", () => {
    const { past, split } = weeks.at(-1)!;
    const cases = wholeCases(split, vocabulary(past.posts.keys), () => true);
    const groups = grouped(cases, split, past.posts.keys);
    const people = (all: typeof cases) => all.map((it) => past.histories.userKeys[it.user]);
    expect(people(groups.newcomers)).toEqual([2, 3]);
    expect(people(groups["known people"])).toEqual([]); // 1 did nothing new
    const begun = groups["after 1–3 events"].map(({ history, positives }) => [
      [...history.postKeys],
      Array.from(positives, (row) => past.posts.keys[row]),
    ]);
    expect(begun).toEqual([
      [[10], [11, 12]],
      [[10, 11], [12]],
    ]);
  });
});

test("the baselines count all likes, late ones, decayed ones, and those that people begin with", () => {
  const habit = Array.from({ length: 12 }, (_, n) => [1, 100 + n, n] as const);
  const { data } = setOf([...habit, [2, 100, 28], [3, 111, 26]]);
  const scores = popularities(data).map(({ name, score }) => {
    const [first, last] = score(undefined as never, Uint32Array.of(0, 11));
    return [name, first! > last! ? "100" : first! < last! ? "111" : "equal"];
  });
  // Post 111 is the twelfth of person 1, liked on day 11.
  expect(scores).toEqual([
    ["all time", "equal"],
    ["14 days", "equal"],
    ["half-life 14", "111"],
    ["first ten", "100"],
  ]);
});

describe("the report", () => {
  const one = (weeks: readonly number[], feed: readonly number[]) => ({
    weeks,
    nDcg: Object.fromEntries(
      SYSTEMS.map((it) => [it, Float64Array.from(feed, (x) => (it === "feed" ? x : 0.1))]),
    ),
    recall: Object.fromEntries(SYSTEMS.map((it) => [it, new Float64Array(feed.length)])),
  });
  const groups = (feed: readonly number[], weeks: readonly number[]) => ({
    newcomers: one(weeks, feed),
    "after 1–3 events": one([], []),
    "known people": one([], []),
  });

  test("holds a week of many people for one observation", () => {
    const many = Array.from({ length: 40 }, () => 0.5);
    const weeks = many.map(() => 2);
    const [together, apart] = [
      groups([0.1, 0.1, ...many], [0, 1, ...weeks]),
      groups([0.1, 0.1, ...many], [...Array(42).keys()]),
    ].map((rolled) => rollingReport(few, [{ seed: 1, rolled }]).groups.newcomers!);
    const width = (it: typeof together) => {
      const { low, high } = it!.rows.find(({ model }) => model === "feed")!["ndcg@20"];
      return high - low;
    };
    expect(together!.weeks).toBe(3);
    expect(width(together)).toBeGreaterThan(3 * width(apart));
    expect(together!.differences[1]).toMatchObject({ over: "shipped", low: 0 });
  });

  test("has the feed by seed, and no group without people", () => {
    const runs = [0.2, 0.4].map((x, n) => ({ seed: n + 1, rolled: groups([x], [0]) }));
    const report = rollingReport(few, runs);
    expect(report.bySeed).toEqual({ 1: { newcomers: 0.2 }, 2: { newcomers: 0.4 } });
    expect(Object.keys(report.groups)).toEqual(["newcomers"]);
  });
});

test("rolling over a sparse set scores every system on the same people, and again the same", async () => {
  const { seed, ...incidents } = SPARSE_SETS["bursts"]!;
  const set = { name: "bursts", days: 7, data: sparseDataset(seed, incidents) };
  const early = { ...set, data: weeksOf(set, 43).next().value!.past };
  const run = { seed: 1, kernel: oneThread, weeks: 2, onWeek: () => {} };
  const rolled = await roll(early, run);
  expect(rolled.newcomers.weeks.length).toBeGreaterThan(10);
  for (const name of SYSTEMS)
    expect(rolled.newcomers.nDcg[name]).toHaveLength(rolled.newcomers.weeks.length);
  expect(await roll(early, run)).toEqual(rolled);
});

describe("an incident of a sparse set", () => {
  const plain = sparseDataset(1);
  const eventsIn = ({ histories, posts }: typeof plain, day: number) => {
    const [fromMs, toMs] = [START_MS + day * DAY_MS, START_MS + (day + 1) * DAY_MS];
    const on = Array.from(histories.atMs.keys()).filter(
      (n) => histories.atMs[n]! >= fromMs && histories.atMs[n]! < toMs,
    );
    return { posts, keys: on.map((n) => histories.postKeys[n]!) };
  };

  test("a viral day has more events than three, most of one post", () => {
    const viral = { crowds: [{ day: 250, people: 260, opens: 1, posts: 1 }] };
    const { keys } = eventsIn(sparseDataset(1, viral), 250);
    expect(keys.length).toBeGreaterThan(3 * eventsIn(plain, 250).keys.length);
    const counts = Map.groupBy(keys, (it) => it);
    expect(Math.max(...[...counts.values()].map((it) => it.length))).toBeGreaterThan(
      keys.length / 2,
    );
  });

  test("an outage has no visit", () => {
    expect(eventsIn(sparseDataset(1, { outages: [[250, 254]] }), 252).keys).toEqual([]);
  });

  test("an archive's posts are watched when they are old", () => {
    const { posts, keys } = eventsIn(sparseDataset(1, { isArchive: true }), 300);
    const created = new Map(Array.from(posts.keys, (key, row) => [key, posts.createdAtMs[row]!]));
    const isNew = (key: number) => created.get(key)! > START_MS + 210 * DAY_MS;
    expect(keys.filter(isNew).length).toBeLessThan(0.05 * keys.length);
  });
});
