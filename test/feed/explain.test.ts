/** Every post of a feed is explained, in numbers that add up and in words. */
import { describe, expect, mock, setDefaultTimeout, spyOn, test } from "bun:test";
import { reasonFor } from "../../src/feed/explain.ts";
import type { RankInputs } from "../../src/models/contract.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { LOCKED } from "../../src/snapshot/model.ts";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";
import { ask, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const POSTS = Array.from({ length: 40 }, (_, n) => ({
  category: n % 2 ? "a" : "b",
  popularity: n < 30 ? 1 / (n + 1) : 0,
  factors: [Math.sin(n), Math.cos(n)],
  vector: [Math.sin(n), 0.5, Math.cos(n)],
  flags: n === 7 ? LOCKED : 0,
  isPlaceholder: n % 10 === 9,
}));
const MODEL = modelOf(POSTS, { neighbours: [[0, 5, 0.9]], successors: [[2, 6, 0.8]] });
const { ranker, rank } = rankingWith(MODEL);
const like = (post: number): Done => ({ post, kind: "like" });
const explained = (done: readonly Done[], over: Partial<RankInputs> = {}) => {
  const feed = rank(done, over);
  return Array.from(feed.rows, (row) => ({
    row,
    ...reasonFor(ranker, feed, row),
  }));
};

describe("a reason", () => {
  const HISTORY = [like(101), like(103), { post: 104, kind: "rating", value: -9 } as const];
  const mood = Float32Array.of(0, 1, 0);

  test.each([
    ["a stranger", [], {}],
    ["somebody known", HISTORY, {}],
    ["a mood", HISTORY, { mood }],
    [
      "a category",
      HISTORY,
      { categoryMask: Uint8Array.from(POSTS, (it) => Number(it.category === "a")) },
    ],
  ] as const)("of every post for %s adds up to its score, and has words", (_, done, over) => {
    const all = explained(done, over);
    for (const { terms, score, reasons } of all) {
      const sum = Object.values(terms).reduce((total, it) => total + it, 0);
      expect(sum).toBeCloseTo(score, 9);
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons.every((it) => typeof it === "string" && it !== "")).toBeTrue();
    }
    const ranked = all.filter((it) => it.sources.length > 0).map((it) => it.score);
    expect(ranked.toSorted((a, b) => b - a)[0]).toBe(ranked[0]!);
  });

  const reasonOf = (row: number, done: readonly Done[], over: Partial<RankInputs> = {}) =>
    explained(done, over).find((it) => it.row === row)!;

  test("of a post says that a placeholder stands below all others", () => {
    for (const done of [[], HISTORY]) {
      const ranked = explained(done).filter((it) => it.sources.length > 0);
      const sunk = ranked.slice(ranked.findIndex((it) => it.terms["placeholder"] !== 0));
      expect(sunk.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual([9, 19, 29, 39]);
      expect(Math.max(...sunk.map((it) => it.score))).toBeLessThan(-900);
      for (const it of sunk) expect(it.reasons.at(-1)).toContain("says nothing of what it shows");
    }
  });

  test("does not speak of likes to somebody who has none", () => {
    const dislike: Done = { post: 104, kind: "rating", value: -9 };
    const said = (done: readonly Done[]) =>
      explained(done)
        .flatMap((it) => it.reasons)
        .join();
    expect(said([dislike])).toContain("is unlike what you did not like");
    expect(said([dislike])).not.toMatch(/you like|your history/);
    expect(said([dislike, like(101)])).toContain("is about what you like");
  });

  test("names the sources that found the post", () => {
    expect(reasonOf(5, HISTORY).sources).toContain("neighbours");
    expect(reasonOf(6, HISTORY).sources).toContain("sequence");
    expect(reasonOf(5, []).sources).toEqual(["popular", "fresh"]);
  });

  test("says what speaks most for the post first", () => {
    expect(reasonOf(5, [like(101)]).reasons[0]).toBe("liked by people who liked what you liked");
    expect(reasonOf(0, []).reasons[0]).toBe("does well with everybody at the moment");
    expect(
      reasonOf(1, [], { mood: Float32Array.from(MODEL.embeddings.subarray(3, 6)) }).reasons,
    ).toContain("fits the mood");
  });

  test("does not call a post popular that is raised since it is not", () => {
    const sums = { popular: [1, 1, -1, -1], trending: [0, 0, 0, 0], fresh: [0, 0, 0, 0] };
    const weights = { ...SHIPPED_BLEND.weights, ...sums };
    const against = rankingWith(modelOf(POSTS, { blend: { ...SHIPPED_BLEND, weights } }));
    const done = [101, 103, 105, 106, 108].map(like);
    const feed = against.rank(done);
    const reasons = Array.from(feed.rows, (row) => reasonFor(against.ranker, feed, row));
    expect(reasons.some(({ terms }) => terms["popular"]! > 0)).toBeTrue();
    expect(reasons.flatMap((it) => it.reasons).join()).not.toContain("does well with everybody");
  });

  test("says that the post was asked for, if it was", () => {
    const categoryMask = Uint8Array.from(POSTS, (_, row) => Number(row === 37 || row === 38));
    expect(reasonOf(38, [], { categoryMask }).reasons.at(-1)).toBe("belongs to what you asked for");
  });

  const { scorers } = ranker.pipeline;
  test.each(scorers.map((it) => it.name))(
    "has words for the term %s where it alone counts",
    (name) => {
      for (const it of scorers) {
        spyOn(it, "weight").mockReturnValue(Number(it.name === name));
        spyOn(it, "score").mockImplementation((_, rows) => Float32Array.from(rows));
      }
      const { terms, reasons } = explained([])[0]!;
      mock.restore();
      expect(terms[name]).toBeGreaterThan(0);
      expect(reasons[0]).toMatch(/^[a-z][a-z ]+$/);
      expect(reasons[0]).not.toContain("you have not seen it");
    },
  );

  test("says that a post is shown again", () => {
    const again = reasonOf(0, [like(101)]);
    expect(again).toMatchObject({ sources: [], terms: {}, score: 0 });
    expect(again.reasons[0]).toStartWith("you have seen it");
  });

  test("does not say so of one that only filled the feed up", () => {
    const bare = { ...ranker, pipeline: { ...ranker.pipeline, sources: [] } };
    const feed = rank([like(101)]);
    const filled = {
      ...feed,
      tierStart: [0, 20, 38] as const,
      scored: { ...feed.scored, rows: new Uint32Array(0) },
    };
    const words = (place: number) => reasonFor(bare, filled, feed.rows[place]!).reasons[0];
    expect([0, 19, 20, 37, 38].map(words)).toEqual([
      "does well with everybody at the moment",
      "does well with everybody at the moment",
      "is new",
      "is new",
      "you have seen it, but there is nothing left that you have not",
    ]);
  });
});

test("a page is explained post by post, with the trace of its stages, if asked for", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, POSTS);
  await world.fill();
  await world.user(1, "ada");
  await world.did(1, like(101), like(103));
  world.learn();
  const { feed } = world.serve();
  const page1 = await ask(feed, { username: "ada", explain: true });
  const page = await ask(feed, { username: "ada", explain: true, page: 2, list: page1.nextList });
  expect(page.explain!.map((it) => it.id)).toHaveLength(5);
  expect(
    page.explain!.map((it) =>
      page.posts
        .map(({ card }) => card.head)
        .join()
        .includes(`"id":${it.id},`),
    ),
  ).toEqual([true, true, true, true, true]);
  const { eligible, keptOut, found, moved } = page.trace!;
  expect(eligible).toBe(37);
  expect(keptOut).toEqual({
    withdrawn: 0,
    private: 0,
    locked: 1,
    ...{ hidden: 0, expired: 0 },
    seen: 2,
    disliked: 0,
    creator: 0,
    category: 0,
    ...{ excluded: 0, served: 0 },
  });
  expect(Object.keys(found)).toEqual(ranker.pipeline.sources.map((it) => it.name));
  expect([found["popular"], found["mood"]]).toEqual([37, 0]);
  expect(moved).toEqual({ duplicates: 0, diversity: expect.any(Number), exploration: 0 });
  expect((await ask(feed, { username: "ada" })).explain).toBeUndefined();
});
