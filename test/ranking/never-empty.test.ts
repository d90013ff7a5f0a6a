/** The feed is never empty while there is something to show, and never shows what it must not. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { retrieve } from "../../src/ranking/pipeline.ts";
import { LOCKED, PRIVATE, WITHDRAWN } from "../../src/snapshot/model.ts";
import type { Done } from "../support/histories.ts";
import { modelOf, queryFor, rankingWith } from "../support/model.ts";
import { type PostSketch } from "../support/sketch.ts";

const view = (post: number): Done => ({ post, kind: "view" });
const dislike = (post: number): Done => ({ post, kind: "rating", value: -40 });
const mask = (posts: number, ...rows: number[]) =>
  Uint8Array.from({ length: posts }, (_, row) => Number(rows.includes(row)));

describe("a feed", () => {
  const posts: PostSketch[] = [
    {},
    { flags: LOCKED },
    { popularity: 0 },
    { flags: PRIVATE },
    {},
    { flags: WITHDRAWN },
    { popularity: 0 },
  ];
  const { feed, rank } = rankingWith(modelOf(posts));

  test("for a stranger holds all servable posts, each once", () => {
    expect(feed([]).toSorted()).toEqual([101, 103, 105, 107]);
  });

  test("for somebody who has seen everything begins again with what they saw first", () => {
    const all = [105, 102, 107, 101, 104, 103, 106].map(view);
    const { rows, tierStart } = rank(all);
    expect([...rows]).toEqual([4, 6, 0, 2]);
    expect([...tierStart]).toEqual([0, 0, 0]);
  });

  test("shows nothing again before everything unseen was shown", () => {
    const { rows, tierStart } = rank([view(105), view(101)]);
    expect([...rows.subarray(0, 2)].toSorted()).toEqual([2, 6]);
    expect([...rows.subarray(2)]).toEqual([4, 0]);
    expect(tierStart[2]).toBe(2);
  });

  test("never shows again what was disliked", () => {
    const all = [105, 107, 101].map(view);
    expect(feed([dislike(103), ...all])).toEqual([105, 107, 101]);
    expect(feed([...all, view(103), dislike(101)])).toEqual([105, 107, 103]);
  });

  test("stays inside the requested category, even if it must show seen posts", () => {
    const categoryMask = mask(posts.length, 0, 1, 4);
    expect(feed([], { categoryMask }).toSorted()).toEqual([101, 105]);
    expect(feed([view(105)], { categoryMask })).toEqual([101, 105]);
    expect(feed([view(105), view(101)], { categoryMask })).toEqual([105, 101]);
    expect(feed([view(105), dislike(101)], { categoryMask })).toEqual([105]);
  });

  test("holds no ineligible post, even if a source returns one", () => {
    const { ranker, person } = rankingWith(modelOf(posts));
    const all = { name: "all", retrieve: () => Uint32Array.from(posts.keys()) };
    const query = queryFor(ranker.model, {
      person: person([view(101)]),
      categoryMask: mask(7, 0, 1, 2),
    });
    expect([...retrieve({ sources: [all] }, query).rows]).toEqual([2]);
  });

  test("is ranked to the end, however many of the best posts are seen", () => {
    const posts = Array.from({ length: 900 }, (_, row) => ({ ageDays: row / 100 }));
    const { rows, tierStart } = rankingWith(modelOf(posts)).rank(
      posts.slice(0, 700).map((_, row) => view(101 + row)),
      { limit: 150 },
    );
    expect([...rows].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 150 }, (_, n) => 700 + n),
    );
    expect([...tierStart]).toEqual([150, 150, 150]);
  });

  test("says where each of its tiers begins", () => {
    const posts = Array.from({ length: 600 }, (_, n) => ({ popularity: n < 20 ? 1 : 0 }));
    const all = rankingWith(modelOf(posts));
    const stages = all.ranker.pipeline as unknown as { sources: unknown[] };
    stages.sources.length = 0; // nothing is ranked: everything is filled up
    const { rows, tierStart } = all.rank([view(101), view(102)], { limit: 600 });
    expect([...tierStart]).toEqual([0, 18, 598]);
    expect([...rows.subarray(598)]).toEqual([0, 1]);
  });

  test("of a catalogue without posts is empty", () => {
    expect(rankingWith(modelOf([])).feed([view(7)])).toEqual([]);
  });
});

test("any feed holds every post that may be shown, once, unseen ones first, up to its limit", () => {
  const sketch = fc.record({
    category: fc.constantFrom("a", "b", "c"),
    flags: fc.constantFrom(0, 0, 0, LOCKED, PRIVATE, WITHDRAWN),
    popularity: fc.constantFrom(0, 0.5, 1),
    vector: fc.constantFrom([1, 0, 0], [0, 1, 0], [0.6, 0.8, 0], [0, 0, 0]),
    factors: fc.constantFrom([1, 0], [0, 1], [0, 0]),
  });
  const deed = fc.record({
    post: fc.integer({ min: 101, max: 125 }),
    kind: fc.constantFrom("view", "like", "inspire", "rating"),
    value: fc.constantFrom(-20, 40, 90),
    withdrawn: fc.boolean(),
  });
  const asked = fc.tuple(
    fc.array(sketch, { maxLength: 20 }),
    fc.array(deed, { maxLength: 30 }),
    fc.option(fc.array(fc.boolean(), { minLength: 20, maxLength: 20 })),
    fc.integer({ min: 1, max: 25 }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(asked, ([posts, done, wanted, limit, isMoody]) => {
      const { rank } = rankingWith(modelOf(posts));
      const categoryMask = wanted
        ? Uint8Array.from(posts, (_, row) => Number(wanted[row]))
        : undefined;
      const mood = isMoody ? Float32Array.of(0, 1, 0) : undefined;
      const { rows, tierStart } = rank(done as Done[], { categoryMask, mood, limit });
      const disliked = (row: number) =>
        done.some(
          (it) => it.post === 101 + row && it.kind === "rating" && !it.withdrawn && it.value < 0,
        );
      const seen = (row: number) => done.some((it) => it.post === 101 + row);
      const eligible = posts.flatMap((it, row) =>
        it.flags === 0 && !disliked(row) && (categoryMask === undefined || categoryMask[row])
          ? [row]
          : [],
      );
      expect(new Set(rows).size).toBe(rows.length);
      expect(rows).toHaveLength(Math.min(limit, eligible.length));
      expect([...rows].filter((row) => !eligible.includes(row))).toEqual([]);
      expect([...rows].map(seen).indexOf(true)).toBe(
        tierStart[2] < rows.length ? tierStart[2] : -1,
      );
    }),
    { seed: 7, numRuns: 500 },
  );
});
