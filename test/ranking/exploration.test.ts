/** Reserved slots for new posts: who may get one, how often, and with which chance. */
import { describe, expect, test } from "bun:test";
import { seededRandom } from "../../src/linalg/random.ts";
import type { RankInputs } from "../../src/models/contract.ts";
import type { Trials } from "../../src/models/trials.ts";
import { priorMean } from "../../src/ranking/exploration/arms.ts";
import { chanceAt } from "../../src/ranking/exploration/contest.ts";
import { exploration } from "../../src/ranking/selectors/exploration.ts";
import { modelOf, queryFor, rankingWith, type PostSketch } from "../support/model.ts";
import { trialsOf, type TrialSketch } from "../support/trials.ts";

/** Posts 101 to 220, the earlier the more popular: the list of a stranger is in this order. */
const POSTS: PostSketch[] = Array.from({ length: 120 }, () => ({}));
const MODEL = modelOf(POSTS);
const LIST = Uint32Array.from({ length: 120 }, (_, row) => row);
const SLATES = 100_000;

/** Draws many slates: how often each post was in each slot, and the chance that was told then. */
function slates(trials: Trials, times: number, over: Partial<RankInputs> = {}) {
  const query = queryFor(MODEL, { trials, limit: 120, ...over });
  const random = seededRandom(7);
  const counts = new Map<string, { count: number; chance: number }>();
  let newPosts = 0;
  for (let n = 0; n < times; n++) {
    const drawn = { ...query, seed: Math.floor(random() * 2 ** 32), contests: [] };
    const list = exploration.select(drawn, LIST);
    for (let at = 0; at < list.length; at++) {
      const key = `${list[at]} in ${at}`;
      const known = counts.get(key);
      if (known !== undefined) known.count++;
      else counts.set(key, { count: 1, chance: chanceAt(drawn.contests, at) });
      if (at < 50 && list[at]! >= 60) newPosts++;
    }
  }
  return { counts, newPosts: newPosts / times };
}

const some = (many: number, over: Partial<TrialSketch> = {}): TrialSketch[] =>
  Array.from({ length: many }, (_, n) => ({ row: 100 + n, ...over }));

describe("the chance that is told of a post in its slot", () => {
  test("is how often it is there, in 100,000 slates", () => {
    const evidence = [[0, 0], [4, 3], [12, 1], [20, 9], [0, 0], [2, 0], [30, 25]] as const; // prettier-ignore
    const posts = evidence.map(([impressions, completions], n) => ({
      ...{ row: 60 + 7 * n, impressions, completions },
    }));
    const { counts } = slates(trialsOf(posts), SLATES);
    const drawn = [...counts.values()].filter((it) => it.chance < 1);
    expect(drawn.length).toBeGreaterThan(30);
    for (const { count, chance } of counts.values()) {
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
  test("win the share of slots that is theirs, however many there are", () => {
    for (const many of [10, 14, 20]) {
      const contests = Math.min(5, Math.max(2, Math.ceil(many / 5)));
      const { newPosts } = slates(trialsOf(some(many)), 20_000);
      expect(newPosts / (10 * contests)).toBeCloseTo(0.05, 2);
    }
  });

  test("win twice that, or nothing, as the person's slider says", () => {
    const sliders = { variety: 0.5, freshness: 0.5, popularity: 0.5 };
    const at = (exploration: number) =>
      slates(trialsOf(some(20)), 5_000, { sliders: { ...sliders, exploration } }).newPosts;
    expect(at(0.5) / 40).toBeCloseTo(0.05, 1);
    expect(at(1)).toBeWithin(1.8, 2.2); // five rivals in each of four windows
    expect(at(0)).toBe(0);
  });

  test("start from a prior that five of them beat an average post with as often as one does", () => {
    const [one, five] = [priorMean(0.4, 1, 0.5), priorMean(0.4, 5, 0.5)];
    expect(one).toBeCloseTo(0.4, 1);
    expect(five).toBeLessThan(one);
  });
});

test("a post with good evidence wins more often than one with bad evidence", () => {
  const posts = [{ row: 100, impressions: 20, completions: 14 }, { row: 101, impressions: 20, completions: 1 }]; // prettier-ignore
  const { counts } = slates(trialsOf([...posts, { row: 102 }, { row: 103 }]), 5_000);
  const wins = (row: number) =>
    [...counts].reduce((sum, [key, it]) => (/ in [5]$| in 15$/.test(key) && key.startsWith(`${row} `) ? sum + it.count : sum), 0); // prettier-ignore
  expect(wins(100)).toBeGreaterThan(3 * Math.max(1, wins(101)));
});
