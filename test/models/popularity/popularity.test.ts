import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { popularity, POPULARITY, type Entries } from "../../../src/models/popularity/popularity.ts";

const DAY_MS = 86_400_000;
/** Every voice counts 1. */
const PARAMS = {
  halfLifeDays: 10,
  laterWeight: 1,
  smoothing: 2,
  exitPenalty: 0.5,
  dampedFrom: Infinity,
  singleEventWeight: 1,
  priorWeight: 0.5,
};
const NOW_MS = 1_000 * DAY_MS;

type Touch = {
  readonly person: number;
  readonly row: number;
  readonly confidence: number;
  readonly disliked: boolean;
  readonly atMs: number;
};
const columns = (entries: readonly Touch[]): Entries => ({
  people: Uint32Array.from(entries, (it) => it.person),
  rows: Uint32Array.from(entries, (it) => it.row),
  confidence: Float32Array.from(entries, (it) => (it.disliked ? -1 : it.confidence)),
  atMs: Float64Array.from(entries, (it) => it.atMs),
});
const touch = (row: number, ageDays = 0, over: Partial<Touch> = {}): Touch => ({
  person: 0,
  row,
  confidence: 1,
  disliked: false,
  atMs: NOW_MS - ageDays * DAY_MS,
  ...over,
});
const times = (count: number, it: Touch) => Array.from({ length: count }, () => it);
const dislike = (row: number) => touch(row, 0, { confidence: 0, disliked: true });

/** Counters of as many posts as `views` has; nobody left early unless given. */
const facts = (views: number[], exits = views.map(() => 0)) => ({
  viewCounts: Float64Array.from(views),
  exitCounts: Float64Array.from(exits),
});
const of = (entries: Touch[], them = facts([0, 0]), params = PARAMS) => [
  ...popularity(columns(entries), them, NOW_MS, params),
];

describe("popularity", () => {
  test("is the logarithm of the entries, smoothed", () => {
    const [one, six, none] = of([touch(0), ...times(6, touch(1))], facts([0, 0, 0]));
    expect(one).toBeCloseTo(Math.log1p(1 / 2), 6);
    expect(six).toBeCloseTo(Math.log1p(6 / 2), 6);
    expect(none).toBe(0);
  });

  test("counts a touch half after the half-life, a quarter after two", () => {
    const [half, quarter] = of([touch(0, 10), touch(1, 20)]);
    expect(half).toBeCloseTo(Math.log1p(1 / 2 / 2), 6);
    expect(quarter).toBeCloseTo(Math.log1p(1 / 4 / 2), 6);
  });

  test("weighs a touch by the root of how sure it is", () => {
    const [sure, unsure] = of([touch(0, 0, { confidence: 2 }), touch(1, 0, { confidence: 0.5 })]);
    expect(sure).toBeCloseTo(Math.log1p(Math.SQRT2 / 2), 6);
    expect(unsure).toBeCloseTo(Math.log1p(Math.SQRT1_2 / 2), 6);
  });

  test("counts what a person does after their first ten posts less", () => {
    const rows = Array.from({ length: 12 }, (_, n) => touch(n));
    const other = [touch(11, 0, { person: 1 })];
    const none = facts(rows.map(() => 0));
    const all = of([...rows, ...other], none, { ...PARAMS, laterWeight: 0.25 });
    expect(all[9]).toBeCloseTo(Math.log1p(1 / 2), 6);
    expect(all[10]).toBeCloseTo(Math.log1p(0.25 / 2), 6);
    expect(all[11]).toBeCloseTo(Math.log1p(1.25 / 2), 6);
  });

  test("gives no bonus to a touch after as of", () => {
    const [later, now] = of([touch(0, -30), touch(1)]);
    expect(later).toBe(now!);
  });

  test("falls with the share of dislikes, which few entries do not settle", () => {
    const liked = times(10, touch(0));
    const [without] = of(liked, facts([0]));
    const [one] = of([...liked, dislike(0)], facts([0]));
    const [ten] = of([...liked, ...times(10, dislike(0))], facts([0]));
    expect(one).toBeLessThan(without!);
    expect(ten).toBeLessThan(one!);
    // One dislike of one touch is shrunk towards the one in eleven that is usual here.
    const usual = [...times(9, touch(1)), touch(1), dislike(1)];
    const [, many] = of(usual);
    const [few] = of([touch(0, 0, { confidence: 100 }), dislike(0), ...usual]);
    expect(few).toBeGreaterThan(many! * 0.9);
  });

  test("falls with the share of exits, by at most the penalty", () => {
    const entries = [...times(4, touch(0)), ...times(4, touch(1))];
    const [stayed, left] = of(entries, facts([1_000, 1_000], [0, 1_000]));
    expect(left).toBeLessThan(stayed! * 0.6);
    expect(left).toBeGreaterThan(stayed! * 0.5 - 1e-6);
  });

  test("takes exits of ten views for less proof than exits of a thousand", () => {
    const entries = [0, 1, 2].flatMap((row) => times(4, touch(row)));
    const [, few, many] = of(entries, facts([5_000, 10, 1_000], [0, 10, 1_000]));
    expect(few).toBeGreaterThan(many!);
  });

  test("survives counters that disagree: more exits than views", () => {
    const entries = [touch(0), touch(1)];
    const [broken, all] = of(entries, facts([10, 1_000], [5_000, 1_000]));
    expect(broken).toBeGreaterThan(0);
    expect(broken).toBeCloseTo(all!, 2);
  });

  test("counts an account that touched one post only as a lone voice, and many such by their root", () => {
    const params = { ...PARAMS, singleEventWeight: 0.25 };
    const lone = (row: number, count: number) =>
      Array.from({ length: count }, (_, n) => touch(row, 0, { person: 10 * row + n + 1 }));
    const known = [3, 4].map((row) => touch(row, 0, { person: 0 }));
    const all = [...lone(0, 1), ...lone(1, 4), ...lone(2, 36), ...known];
    const [one, four, many, once] = of(all, facts([0, 0, 0, 0, 0]), params);
    expect(one).toBeCloseTo(Math.log1p(0.25 / 2), 6);
    expect(four).toBeCloseTo(once!, 6);
    expect(many).toBeCloseTo(Math.log1p(3 / 2), 6);
  });

  test("hears as much of twenty lone dislikes as of five that are not", () => {
    const hit = [1, 2, 3, 4, 5].flatMap((person) => [0, 1].map((row) => touch(row, 0, { person })));
    const against = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ ...dislike(0), person: 10 + n }));
    const disliked = (count: number, lone: number) =>
      of([...hit, ...against(count)], facts([0, 0]), { ...PARAMS, singleEventWeight: lone })[0]!;
    expect(disliked(20, 0.25)).toBeCloseTo(disliked(5, 1), 6);
  });

  test("counts only the root of a heavy user's recent entries", () => {
    const busy = Array.from({ length: 90 }, (_, n) => touch(n + 1));
    const few = [0, 91].map((row) => touch(row, 0, { person: 1 }));
    const params = { ...PARAMS, dampedFrom: 10 };
    const all = of([...busy, ...few], facts(Array<number>(92).fill(0)), params);
    expect(all[0]).toBeCloseTo(Math.log1p(1 / 2), 6);
    expect(all[1]).toBeCloseTo(Math.log1p(1 / 3 / 2), 6);
    // What is long ago damps less: these count a half each, 45 together.
    const old = of(
      busy.map((it) => ({ ...it, atMs: NOW_MS - 10 * DAY_MS })),
      facts(Array<number>(92).fill(0)),
      params,
    );
    expect(old[1]).toBeCloseTo(Math.log1p(Math.sqrt(10 / 45) / 2 / 2), 6);
  });

  test("does not depend on another post's counters", () => {
    const entries = [0, 1, 2].map((row) => touch(row));
    const honest = of(entries, facts([50, 0, 50], [10, 0, 10]));
    for (const claim of [-19, -20, -1e9, Number.NaN, -Infinity]) {
      const [first, claimed, last] = of(entries, facts([50, claim, 50], [10, claim, 10]));
      expect([first, last]).toEqual([honest[0]!, honest[2]!]);
      expect(claimed).toBe(honest[1]!);
    }
  });

  test("is a number, never negative, whatever happened", () => {
    const row = fc.nat({ max: 3 });
    const entries = fc.array(
      fc.record({
        person: row,
        row,
        confidence: fc.double({ min: 0, max: 10, noNaN: true }),
        disliked: fc.boolean(),
        atMs: fc.integer({ min: -NOW_MS, max: 2 * NOW_MS }),
      }),
    );
    const count = fc.oneof(fc.nat({ max: 1e9 }), fc.integer({ min: -100, max: 100 }), fc.double());
    const counts = fc.array(count, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(entries, counts, counts, (them, views, exits) => {
        for (const it of of(them, facts(views, exits), POPULARITY))
          expect(it).toBeGreaterThanOrEqual(0);
      }),
      { seed: 1 },
    );
  });
});
