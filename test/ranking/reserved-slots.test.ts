/** Reserved slots in whole lists: which new posts may stand in them, and what becomes of the others. */
import { describe, expect, spyOn, test } from "bun:test";
import type { RankInputs } from "../../src/models/contract.ts";
import { wonBy } from "../../src/ranking/exploration/contest.ts";
import { modelOf, rankingWith } from "../support/model.ts";
import { type PostSketch } from "../support/sketch.ts";
import { trialsOf, type TrialSketch } from "../support/trials.ts";

/** Posts 101 to 220, the earlier the more popular. */
const posts = (over: (row: number) => PostSketch = () => ({})) =>
  Array.from({ length: 120 }, (_, row) => over(row));
const LIST = rankingWith(modelOf(posts()));
const SEEDS = Array.from({ length: 50 }, (_, n) => n);

/** New posts from row 100 on, ever so good. */
const good = (many: number, over: (n: number) => Partial<TrialSketch> = () => ({})) =>
  trialsOf(Array.from({ length: many }, (_, n) => ({ row: 100 + n, impressions: 19, completions: 19, ...over(n) }))); // prettier-ignore
/** Rows that win a slot in any of the lists. */
const winners = ({ rank } = LIST, over: Partial<RankInputs> = {}) =>
  new Set(
    SEEDS.flatMap((seed) => {
      const { contests } = rank([], { trials: good(20), limit: 120, seed, ...over });
      return contests.flatMap(({ rows, winner }) => rows[winner] ?? []);
    }),
  );

describe("a list with reserved slots", () => {
  test("has every post once, in the ranking's order but for the winners and whom they displaced", () => {
    const before = LIST.rank([], { limit: 120 }).rows;
    for (const seed of SEEDS) {
      const { rows, contests, scores } = LIST.rank([], { trials: good(20), limit: 120, seed });
      expect(rows.toSorted()).toEqual(before.toSorted());
      expect(scores.every(Number.isFinite)).toBe(true);
      const moved = contests.flatMap(({ rows, winner, last }) => [rows[winner], before[last]!]);
      const kept = (list: Uint32Array) => list.filter((row) => !moved.includes(row));
      expect(kept(rows)).toEqual(kept(before));
    }
  });

  test("has one new post in each ten places at most, in any of them", () => {
    const used = new Set<number>();
    for (const seed of [...SEEDS, ...SEEDS.map((it) => 100 + it)]) {
      const { rows, contests } = LIST.rank([], { trials: good(20), limit: 120, seed });
      const at = contests.flatMap(({ rows: its, winner }) => (its[winner] === undefined ? [] : rows.indexOf(its[winner]))); // prettier-ignore
      expect(new Set(at.map((it) => Math.floor(it / 10))).size).toBe(at.length);
      for (const it of at) used.add(it);
    }
    expect([...used].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  test("is the same list for the same seed, and another for another", () => {
    const lists = [1, 1, 2, 3, 4].map((seed) => LIST.feed([], { trials: good(20), seed }).join());
    expect(lists[0]).toBe(lists[1]!);
    expect(new Set(lists).size).toBeGreaterThan(2);
  });

  test("is as ranked if the selector throws, which is named", () => {
    const selector = LIST.ranker.pipeline.selectors.find(({ name }) => name === "exploration")!;
    const select = spyOn(selector, "select").mockImplementation(() => {
      throw new Error("broken");
    });
    const { rows, contests, failures } = LIST.rank([], { trials: good(5), seed: 1 });
    select.mockRestore();
    expect(failures.map((it) => it.stage)).toEqual(["selector:exploration"]);
    expect([rows, contests]).toEqual([LIST.rank([]).rows, []]);
  });
});

describe("a reserved slot never goes to", () => {
  test("a post that may not be in the feed: locked, excluded, served before, seen, of another category", () => {
    const rows = Uint32Array.of(100, 101, 102);
    expect(winners()).toContain(100);
    expect([...winners(LIST, { excluded: rows })].some((row) => rows.includes(row))).toBe(false);
    expect([...winners(LIST, { served: rows })].some((row) => rows.includes(row))).toBe(false);
    const seen = { ...LIST.person([]), seen: rows };
    expect([...winners(LIST, { person: seen })].some((row) => rows.includes(row))).toBe(false);
    const categoryMask = Uint8Array.from({ length: 120 }, (_, row) => Number(row < 100));
    expect(winners(LIST, { categoryMask }).size).toBe(0);
    const locked = rankingWith(modelOf(posts((row) => ({ flags: Number(row >= 100) }))));
    expect(winners(locked).size).toBe(0);
  });

  test("a post that ranking has in its window or before it", () => {
    const trials = good(30, (n) => ({ row: n }));
    for (const seed of SEEDS)
      for (const { places, last } of LIST.rank([], { trials, limit: 120, seed }).contests)
        expect(places.every((place) => place > last)).toBe(true);
    expect([...winners(LIST, { trials })].some((row) => row >= 10)).toBe(true);
  });

  test("a near-duplicate of a post that the list has", () => {
    const twice = rankingWith(modelOf(posts((row) => (row === 5 || row === 101 ? { duplicateOf: 5 } : {})))); // prettier-ignore
    const won = winners(twice, { trials: good(3), limit: 119 });
    expect([won.has(100), won.has(101), won.has(102)]).toEqual([true, false, true]);
  });
});

test("of one creator a second post contends after everybody's first", () => {
  const trials = good(20, (n) => ({ creator: n < 15 ? 7 : -1 }));
  const { contests } = LIST.rank([], { trials, limit: 120, seed: 1 });
  expect(contests.flatMap((it) => it.rows)).toEqual([100, 115, 116, 117, 118, 119, ...Array.from({ length: 14 }, (_, n) => 101 + n)]); // prettier-ignore
});

test("the most urgent new posts contend for the first slots", () => {
  const { contests } = LIST.rank([], { trials: good(20), limit: 120, seed: 1 });
  expect(contests.map((it) => it.rows)).toEqual([
    [100, 101, 102, 103, 104],
    [105, 106, 107, 108, 109],
    [110, 111, 112, 113, 114],
    [115, 116, 117, 118, 119],
  ]);
  const won = contests.find(({ rows, winner }) => rows[winner] !== undefined)!;
  expect(wonBy(contests, won.rows[won.winner]!)).toBe(won);
  expect(wonBy(contests, 0)).toBeUndefined();
});
