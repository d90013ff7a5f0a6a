import { describe, expect, test } from "bun:test";
import { casesOf, personAt, TRUNCATED, wholeCases } from "../../src/evaluation/cases.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { histories, type Done } from "../support/histories.ts";
import { AS_OF_MS, modelOf, rankingWith } from "../support/model.ts";

const view = (post: number, atMs = 0): Done => ({ post, kind: "view", atMs });
const like = (post: number): Done => ({ post, kind: "like" });
const rated = (post: number, value: number): Done => ({ post, kind: "rating", value });

/** Posts 101 to 160, rows 0 to 59. */
const POSTS = vocabulary(Float64Array.from({ length: 60 }, (_, row) => 101 + row));
const any = () => true;
const nobody: Done[] = [];
const splitOf = (before: Done[][], after: Done[][]) => ({
  before: histories(...before),
  after: histories(...after),
  asOfMs: 0,
});

describe("the cases of a split", () => {
  const known = [view(101), view(102)];

  test("are the people with something new to like after the cut", () => {
    const split = splitOf([known, known, nobody], [[like(103), view(104)], nobody, [like(101)]]);
    const cases = wholeCases(split, POSTS, any);
    expect(cases.map((it) => [it.user, it.length, [...it.positives]])).toEqual([
      [0, 2, [2, 3]],
      [2, 0, [0]],
    ]);
    expect([...cases[0]!.history.postKeys]).toEqual([101, 102]);
  });

  test("leave out posts touched before, withdrawn, disliked, unknown or not servable", () => {
    const after = [
      like(101),
      { ...like(103), withdrawn: true },
      rated(104, -20),
      like(999),
      like(105),
      like(106),
    ];
    const isServable = (row: number) => row !== 4; // 105
    const [only] = wholeCases(splitOf([known], [after]), POSTS, isServable);
    expect([...only!.positives]).toEqual([5]);
    expect(wholeCases(splitOf([known], [after.slice(0, 5)]), POSTS, isServable)).toEqual([]);
  });

  test("know what was shown where events name recommendations, and not where none does", () => {
    const after = [like(103), { ...view(104), attributed: true }, view(105)];
    const [told] = wholeCases(splitOf([known], [after]), POSTS, any);
    expect([...told!.shown!]).toEqual([2, 3, 4]);
    const [untold] = wholeCases(splitOf([known], [[like(103), view(104)]]), POSTS, any);
    expect(untold!.shown).toBeUndefined();
  });

  test("derive dislikes from the ratings before the cut", () => {
    // 40 is the lowest of all ratings before; after it everybody rates lower.
    const before = Array.from({ length: 30 }, (_, n) => rated(101 + n, 40 + n));
    const split = splitOf([before, nobody], [nobody, [rated(150, 41), rated(151, 60)]]);
    expect([...wholeCases(split, POSTS, any)[0]!.positives]).toEqual([50]);
  });
});

describe("the cases that the blend is fitted on", () => {
  const long = Array.from({ length: 12 }, (_, n) => view(101 + n, n));
  const split = splitOf([long, long.slice(0, 2), nobody], [[like(150)], [like(150)], [like(150)]]);

  test("are everybody at their own history length and at every shorter one but 0", () => {
    const cases = casesOf(split, POSTS, any, 1, 100);
    const lengths = (user: number) => cases.filter((it) => it.user === user).map((it) => it.length);
    expect(lengths(0)).toEqual([12, ...TRUNCATED]);
    expect(lengths(1)).toEqual([2, 1]);
    expect(lengths(2)).toEqual([]); // a newcomer: their list is fitted elsewhere
  });

  test("are so many at most, half of them at their own length, drawn by seed", () => {
    expect(casesOf(split, POSTS, any, 1, 2)).toHaveLength(2);
    expect(casesOf(split, POSTS, any, 1, 2)).toEqual(casesOf(split, POSTS, any, 1, 2));
    const drawn = new Map<string, number>();
    for (let seed = 0; seed < 900; seed++)
      for (const { user, length } of casesOf(split, POSTS, any, seed, 2)) {
        const name = `${user} at ${length}`;
        drawn.set(name, (drawn.get(name) ?? 0) + 1);
      }
    // One of two at their own length, one of the six shorter ones; within four sigmas.
    const whole = ["0 at 12", "1 at 2"];
    const shorter = [...TRUNCATED.map((length) => `0 at ${length}`), "1 at 1"];
    for (const it of whole) expect(Math.abs(drawn.get(it)! - 450)).toBeLessThan(60);
    for (const it of shorter) expect(Math.abs(drawn.get(it)! - 150)).toBeLessThan(45);
    expect(drawn.size).toBe(8);
  });

  test("are longer histories cut to lengths that too few people have", () => {
    const short = Array.from({ length: 50 }, () => [view(101), view(102), view(103), view(104)]);
    const split = splitOf([long, ...short], [[like(150)], ...short.map(() => [like(150)])]);
    const cases = casesOf(split, POSTS, any, 1, 1_000);
    const lengths = cases.filter((it) => it.user === 0).map((it) => it.length);
    expect(lengths).toEqual([12, ...TRUNCATED.filter((it) => it !== 3)]);
  });

  test("are cut to a length only where fewer cases than are enough have it", () => {
    const short = Array.from({ length: 17 }, () => [view(101)]);
    const split = splitOf([long, ...short], [[like(150)], ...short.map(() => [like(150)])]);
    const lengths = (enough: number) =>
      casesOf(split, POSTS, any, 1, 1_000, enough).map((it) => it.length);
    expect(lengths(17).filter((it) => it === 1)).toHaveLength(17);
    expect(lengths(18).filter((it) => it === 1)).toHaveLength(18);
  });

  test("are mostly of whole histories, where people have long ones: of each shorter length fifty are enough", () => {
    const many = Array.from({ length: 600 }, () => long);
    const split = splitOf(many, many.map(() => [like(150)])); // prettier-ignore
    const cases = casesOf(split, POSTS, any, 1, 500);
    expect(cases).toHaveLength(500);
    expect(cases.filter((it) => it.length === 12)).toHaveLength(300); // of 10 posts and more there are enough
  });

  test("are, where enough people come new, those after their first posts instead of others cut to them", () => {
    const comes = [like(101), like(102), like(103)];
    const many = Array.from({ length: 60 }, () => comes);
    const split = splitOf(
      [[view(101), view(102), view(105)], ...many.map(() => nobody)],
      [[like(110)], ...many],
    );
    const cases = casesOf(split, POSTS, any, 1, 1_000);
    expect(cases.filter(({ user }) => user === 0).map((it) => it.length)).toEqual([3]);
    const first = cases.filter(({ user }) => user === 1);
    expect(first.map((it) => [[...it.history.postKeys], [...it.positives]])).toEqual([
      [[101], [1, 2]],
      [[101, 102], [2]],
    ]);
  });
});

describe("a person at an earlier length", () => {
  const model = modelOf(Array.from({ length: 60 }, (_, row) => ({ factors: [1, row / 60] })));
  const { ranker } = rankingWith(model);
  const events = [101, 102, 103].map((post, n) => view(post, AS_OF_MS - 10 + n));
  const [whole] = wholeCases(splitOf([events], [[like(150)]]), POSTS, any);

  test("is known by the newest posts only, but has seen them all", () => {
    const person = personAt(ranker, { ...whole!, length: 1 });
    expect(person.length).toBe(1);
    expect([...person.rows]).toEqual([2]);
    expect([...person.seen].sort()).toEqual([0, 1, 2]);
  });

  test("is a stranger who has seen it all at length 0, and themselves at their own", () => {
    const stranger = personAt(ranker, { ...whole!, length: 0 });
    expect(stranger.newer).toHaveLength(0);
    expect(stranger.rows).toHaveLength(0);
    expect(stranger.seen).toHaveLength(3);
    expect(personAt(ranker, whole!)).toEqual(rankingWith(model).person(events));
  });
});
