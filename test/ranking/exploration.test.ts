/** Reserved slots for new posts: who may get one, how often, and with which chance. */
import { describe, expect, test } from "bun:test";
import { seededRandom } from "../../src/linalg/random.ts";
import type { RankInputs } from "../../src/models/contract.ts";
import type { Trials } from "../../src/models/trials.ts";
import { priorMean } from "../../src/ranking/exploration/arms.ts";
import { windowsOf } from "../../src/ranking/exploration/contests.ts";
import { chanceAt } from "../../src/ranking/exploration/contest.ts";
import { exploration } from "../../src/ranking/selectors/exploration.ts";
import { modelOf, queryFor, rankingWith } from "../support/model.ts";
import { type PostSketch } from "../support/sketch.ts";
import { trialsOf, type TrialSketch } from "../support/trials.ts";

/** Rows 0 to 119 are in the list, in this order; 120 to 124 are not. */
const POSTS: PostSketch[] = Array.from({ length: 125 }, () => ({}));
const MODEL = modelOf(POSTS);
const LIST = Uint32Array.from({ length: 120 }, (_, row) => row);
const SLATES = 100_000;

/** Draws many slates: how often each post was in each slot, and the chance that was told of it. */
function slates(trials: Trials, times: number, over: Partial<RankInputs> = {}) {
  const query = queryFor(MODEL, { trials, limit: LIST.length, ...over });
  const random = seededRandom(7);
  const seen = new Uint32Array(POSTS.length * LIST.length);
  const chances = new Map<number, number>();
  for (let n = 0; n < times; n++) {
    const drawn = { ...query, seed: Math.floor(random() * 2 ** 32), contests: [] };
    const list = exploration.select(drawn, LIST);
    for (let at = 0; at < list.length; at++) {
      const place = list[at]! * LIST.length + at;
      if (seen[place]!++ === 0) chances.set(place, chanceAt(drawn.contests, at));
    }
  }
  const placed = [...chances].map(([place, chance]) => {
    const [row, at] = [Math.floor(place / LIST.length), place % LIST.length];
    return { row, at, chance, count: seen[place]! };
  });
  return {
    placed,
    /** Mean number of times that a row of a range was in the first 50 slots. */
    won: (from = 100, until = POSTS.length) =>
      placed
        .filter(({ row, at }) => row >= from && row < until && at < 50)
        .reduce((sum, { count }) => sum + count, 0) / times,
  };
}

const some = (many: number, over: Partial<TrialSketch> = {}): TrialSketch[] =>
  Array.from({ length: many }, (_, n) => ({ row: 100 + n, ...over }));

describe("the chance that is told of a post in its slot", () => {
  test.each([
    ["with rivals from far below", 0.05, [60, 67, 74, 81, 88, 95, 102]],
    ["with rivals from the next windows", 0.1, [7, 13, 22, 26, 31, 33, 41]],
    ["with rivals that no source found", 0.05, [120, 121, 60, 122, 123, 67, 124]],
  ] as const)("is how often it is there, in 100,000 slates %s", (_, share, rows) => {
    const evidence = [[0, 0], [4, 3], [12, 1], [20, 9], [0, 0], [2, 0], [30, 25]] as const; // prettier-ignore
    const posts = evidence.map(([impressions, completions], n) => ({
      ...{ row: rows[n]!, impressions, completions },
    }));
    const { placed } = slates(trialsOf(posts, share), SLATES);
    expect(placed.filter((it) => it.chance < 1).length).toBeGreaterThan(20);
    for (const { count, chance } of placed) {
      const error = Math.sqrt((chance * (1 - chance)) / SLATES);
      expect(Math.abs(count / SLATES - chance)).toBeLessThanOrEqual(4.5 * error);
    }
  });

  test("is 1 for all posts where nothing is drawn", () => {
    const { rank } = rankingWith(MODEL);
    for (const over of [{}, { seed: 1 }, { trials: trialsOf(some(5)) }]) {
      const { contests, rows } = rank([], over);
      expect([...rows.keys()].every((at) => chanceAt(contests, at) === 1)).toBe(true);
      expect(rows).toEqual(rank([]).rows);
    }
  });
});

describe("new posts of which nothing is known", () => {
  test("win half of the slots at most, whatever the operator's factor", () => {
    const half = slates(trialsOf(some(20), 0.5), 50);
    const adjustments = { exploration: 4 };
    expect(slates(trialsOf(some(20), 0.3), 50, { adjustments }).placed).toEqual(half.placed);
    expect(slates(trialsOf(some(20), 0.125), 50, { adjustments }).placed).toEqual(half.placed);
    expect(slates(trialsOf(some(20), 0.5), 50, { adjustments: { exploration: 0 } }).won()).toBe(0);
  });

  test("win the share of slots that is theirs, however many there are", () => {
    for (const many of [10, 14, 20]) {
      const contests = Math.min(5, Math.max(2, Math.ceil(many / 5)));
      expect(slates(trialsOf(some(many)), 20_000).won() / (10 * contests)).toBeCloseTo(0.05, 2);
    }
  });

  test("win twice that, or nothing, as the person's slider says", () => {
    const sliders = { variety: 0.5, freshness: 0.5, popularity: 0.5 };
    const all = (exploration: number) => {
      const over = { sliders: { ...sliders, exploration } };
      const { placed } = slates(trialsOf(some(20)), 5_000, over);
      return placed.filter(({ row, at }) => row >= 100 && at < 40).reduce((sum, it) => sum + it.count, 0) / 5_000; // prettier-ignore
    };
    expect(all(0.5)).toBeWithin(1.8, 2.2); // .05 of 40
    expect(all(1)).toBeWithin(1.8, 2.2); // .1 of 20: there are twenty posts, five a window
    expect(all(0)).toBe(0);
  });

  test.each([0.001, 0.01, 0.05, 0.13, 0.25, 0.4, 0.5])(
    "win a share of %d in any windows",
    (share) => {
      const { window, chance } = windowsOf(share);
      expect(chance / window).toBeCloseTo(share, 9);
      expect([window >= 2, window <= 100, chance <= 1]).toEqual([true, true, true]);
    },
  );

  test("win half of all slots at most, every shortest window", () =>
    expect(windowsOf(0.9)).toEqual({ window: 2, chance: 1 }));

  test("start from a prior that five of them beat an average post with as often as one does", () => {
    const [one, five] = [priorMean(0.4, 1, 0.5), priorMean(0.4, 5, 0.5)];
    expect(one).toBeCloseTo(0.4, 1);
    expect(five).toBeLessThan(one);
  });
});

test("until its first impressions a post wins as often as another, whatever came of them", () => {
  const posts = [
    { row: 100, impressions: 19, completions: 14 },
    { row: 101, impressions: 19 },
  ];
  const { won } = slates(trialsOf(posts, 0.05, 20), 5_000);
  expect(won(100, 101) / won(101, 102)).toBeWithin(0.85, 1.15);
});

test("a post with good evidence wins more often than one with bad evidence", () => {
  const posts = [{ row: 100, impressions: 20, completions: 14 }, { row: 101, impressions: 20, completions: 1 }]; // prettier-ignore
  const { won } = slates(trialsOf([...posts, { row: 102 }, { row: 103 }]), 5_000);
  expect(won(100, 101)).toBeGreaterThan(3 * won(101, 102));
});
