/** Explanations of a row's score are true: the post that pulls it up, the category it is popular in. */
import { describe, expect, test } from "bun:test";
import { popularity, POPULARITY } from "../../src/models/popularity/popularity.ts";
import { popularIn, strongestPull } from "../../src/ranking/merits.ts";
import type { Person } from "../../src/models/person.ts";
import type { Done } from "../support/histories.ts";
import { AS_OF_MS, modelOf, rankingWith } from "../support/model.ts";
import { type ModelSketch } from "../support/sketch.ts";

const DAY_MS = 86_400_000;
const POSTS = Array.from({ length: 40 }, (_, n) => ({
  category: n < 30 ? "running" : "soup",
  vector: [Math.cos(n / 9), Math.sin(n / 9), n % 2],
}));
const SKETCH: ModelSketch = {
  neighbours: [[0, 9, 0.9], [1, 9, 0.2], [2, 9, -0.5], [0, 8, -0.3]],
  successors: [[0, 7, 0.1], [2, 7, 0.8], [1, 7, 0.2]],
}; // prettier-ignore
const { ranker, rank } = rankingWith(modelOf(POSTS, SKETCH));
const like = (row: number): Done => ({ post: 101 + row, kind: "like" });

/** The row that pulls `row` up most in a term, for somebody who did this. */
const pull = (term: string, row: number, done: readonly Done[], of = ranker) =>
  of.asked(rank(done).inputs, (query) => strongestPull(of.pipeline, query, term, row));

describe("the post that pulls a row up most", () => {
  test("is the liked one with the largest share of the term", () => {
    expect(pull("neighbours", 9, [like(0), like(1)])).toBe(0);
    expect(pull("neighbours", 9, [like(1)])).toBe(1);
    expect(pull("sequence", 7, [like(0), like(2), like(1)])).toBe(2);
  });

  test("is none that is not in the history, or makes nothing of the score", () => {
    expect(pull("neighbours", 9, [like(3), like(4)])).toBeUndefined();
    expect(pull("neighbours", 9, [like(2)])).toBeUndefined(); // it pulls down
    expect(pull("neighbours", 9, [])).toBeUndefined();
    expect(pull("popular", 9, [like(0)])).toBeUndefined();
  });

  test("is none that was disliked, though less of what is unlike it is more", () => {
    const skip: Done = { post: 101, kind: "skip" };
    expect(pull("neighbours", 8, [skip, like(1)])).toBeUndefined();
  });

  test.each(["neighbours", "sequence", "similar"])(
    "lowers the score of %s when it is taken out of the history",
    (term) => {
      const done = [like(0), like(5), like(2), like(1), like(12)];
      const { inputs } = rank(done);
      const { score } = ranker.pipeline.scorers.find((it) => it.name === term)!;
      const scoreOf = (person: Person, row: number) =>
        ranker.asked({ ...inputs, person }, (query) => score(query, Uint32Array.of(row))[0]!);
      for (const row of [6, 7, 9, 13]) {
        const named = pull(term, row, done);
        if (named === undefined) continue;
        expect(inputs.person.rows).toContain(named);
        const [before, after] = [inputs.person, without(inputs.person, named)];
        expect(scoreOf(before, row)).toBeGreaterThan(scoreOf(after, row));
      }
      expect([6, 7, 9, 13].some((row) => pull(term, row, done) !== undefined)).toBeTrue();
    },
  );
});

/** The person without one of their posts. */
function without(person: Person, row: number): Person {
  const kept = [...person.rows.keys()].filter((n) => person.rows[n] !== row);
  return {
    ...person,
    rows: Uint32Array.from(kept, (n) => person.rows[n]!),
    confidence: Float32Array.from(kept, (n) => person.confidence[n]!),
    newer: Uint32Array.from(kept, (n) => person.newer[n]!),
  };
}

describe("the category that a row is popular in this week", () => {
  /** A model in which row n was liked `likes[n]` times, all so many days before the newest event. */
  const popularModel = (likes: readonly number[], days: number) => {
    const rows = likes.flatMap((count, row) => Array<number>(count).fill(row));
    // Everybody likes twice: an account with one event counts less.
    const entries = {
      people: Uint32Array.from([...rows.keys()].flatMap((n) => [n, n])),
      rows: Uint32Array.from(rows.flatMap((row) => [row, 39])),
      confidence: new Float32Array(2 * rows.length).fill(1),
      atMs: new Float64Array(2 * rows.length).fill(AS_OF_MS - days * DAY_MS),
    };
    const none = { viewCounts: new Float64Array(40), exitCounts: new Float64Array(40) };
    const params = { ...POPULARITY, halfLifeDays: 0.5, laterWeight: 1 };
    const trending = popularity(entries, none, AS_OF_MS, params);
    return rankingWith(
      modelOf(POSTS, { parts: { trending: { info: {}, columns: { trending } } } }),
    );
  };
  const said = (likes: readonly number[], row: number, days = 0, nowMs = AS_OF_MS) => {
    const { ranker: of, rank: ranked } = popularModel(likes, days);
    return of.asked(ranked([], { nowMs }).inputs, (query) => popularIn(of.pipeline, query, row));
  };
  const likes = [5, 4, 3, 2, 1];

  test("is its own, for the tenth of the category that is liked most", () => {
    expect([0, 1, 2, 3, 4, 9].map((row) => said(likes, row))).toEqual([
      ...["running", "running", "running"],
      ...[undefined, undefined, undefined],
    ]);
  });

  test("is none where the likes are eight days old, or may be, since the newest event is five days old", () => {
    expect(said(likes, 0, 6)).toBeUndefined(); // too little is left of them to be sure
    expect(said(likes, 0, 8)).toBeUndefined();
    expect(said([1_500], 0, 7)).toBeUndefined();
    expect(said(likes, 0, 0, AS_OF_MS + 5 * DAY_MS)).toBeUndefined();
    expect(said([1_500], 0, 5, AS_OF_MS + 2 * DAY_MS)).toBeUndefined();
  });

  test("is said of one that was liked two days ago", () => {
    expect(said(likes, 0, 0, AS_OF_MS + 2 * DAY_MS)).toBe("running");
  });

  test("is none in a category of ten posts", () => {
    expect(said([...Array<number>(30).fill(0), 9], 30)).toBeUndefined();
  });
});
