/** Preferences of a feed, on catalogues so small that the answer is visible. */
import { describe, expect, test } from "bun:test";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { UNMOVED } from "../../src/domain/sliders.ts";
import type { RankInputs } from "../../src/models/contract.ts";
import { LOCKED } from "../../src/snapshot/model.ts";
import { TERMS } from "../../src/models/models.ts";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";
import { type ModelSketch, type PostSketch } from "../support/sketch.ts";

const like = (post: number): Done => ({ post, kind: "like" });
const dislike = (post: number): Done => ({ post, kind: "rating", value: -40 });
/** Only one term counts, at every history length. */
const only = (term: string) => ({
  ...SHIPPED_BLEND,
  weights: Object.fromEntries(TERMS.map((it) => [it, [0, 0, 0, 0].fill(Number(it === term))])),
});
/** Relevance alone: on a catalogue this small, a varied list is another one. */
const sliders = { ...UNMOVED, variety: 0 };
function ranking(posts: readonly PostSketch[], sketch: ModelSketch = {}) {
  const plain = posts.map((it) => ({ popularity: 1, ageDays: 5, ...it }));
  const { feed, rank } = rankingWith(modelOf(plain, sketch));
  return {
    rank,
    feed: (events: readonly Done[], over: Partial<RankInputs> = {}) =>
      feed(events, { sliders, ...over }),
  };
}

describe("a person's feed begins with", () => {
  test("posts that fit their factors", () => {
    const { feed } = ranking(
      [{ factors: [0, 1] }, { factors: [0.5, 0.5] }, { factors: [1, 0] }, { factors: [1, 0.1] }],
      { blend: only("collaborative") },
    );
    expect(feed([like(103)])).toEqual([104, 102, 101, 103]);
  });

  test("posts liked by people with the same likes, even without factors or text", () => {
    const { feed } = ranking([{}, {}, {}, {}], {
      neighbours: [
        [0, 3, 0.9],
        [0, 2, 0.1],
      ],
      blend: only("neighbours"),
    });
    expect(feed([like(101)])).toEqual([104, 103, 102, 101]);
  });

  test("posts that tend to follow the newest likes, most of all the newest", () => {
    const { feed } = ranking([{}, {}, {}, {}], {
      successors: [
        [0, 2, 0.5],
        [1, 3, 0.5],
      ],
      blend: only("sequence"),
    });
    expect(feed([like(101), like(102)]).slice(0, 2)).toEqual([104, 103]);
    expect(feed([like(102), like(101)]).slice(0, 2)).toEqual([103, 104]);
  });

  const TEXTS = [
    { vector: [1, 0, 0] },
    { vector: [0.95, 0.2, 0] },
    { vector: [0, 0, 1] },
    { vector: [0, 1, 0] },
    { vector: [0, 0.9, 0.3] },
  ];

  test("posts about one of their interests", () => {
    const { feed } = ranking(TEXTS, { blend: only("similar") });
    expect(feed([like(101)]).slice(0, 1)).toEqual([102]);
    expect(new Set(feed([like(101), like(104)]).slice(0, 2))).toEqual(new Set([102, 105]));
  });

  test("posts unlike their dislikes", () => {
    const { feed } = ranking(
      TEXTS.map((it, row) => ({ ...it, ageDays: row })), // of equal ones the newest first
      { blend: only("similar") },
    );
    expect(feed([dislike(101)])).toEqual([103, 104, 105, 102]);
    const [best, ...rest] = feed([like(104), dislike(101)]);
    expect([best, rest.at(-1)]).toEqual([105, 104]);
    expect(rest.indexOf(102)).toBeGreaterThan(rest.indexOf(103));
  });

  test("with shipped weights too: dislikes push a look-alike down the list", () => {
    const before = ranking(TEXTS).feed([like(104)]);
    const after = ranking(TEXTS).feed([like(104), dislike(101)]);
    expect(before.indexOf(102)).toBeLessThan(before.indexOf(103));
    expect(after.indexOf(102)).toBeGreaterThan(after.indexOf(103));
  });
});

describe("a stranger's feed", () => {
  const CATEGORIES = ["a", "b", "c", "d"];
  const posts = Array.from({ length: 40 }, (_, n) => ({
    category: CATEGORIES[Math.floor(n / 10)]!,
  }));
  const categoryOf = (id: number) => posts[id - 101]!.category;

  test("shows at most four posts of a category among six, while there are others", () => {
    const feed = rankingWith(modelOf(posts)).feed([]).map(categoryOf);
    for (let at = 0; at + 6 <= 24; at++)
      for (const category of CATEGORIES)
        expect(feed.slice(at, at + 6).filter((it) => it === category).length).toBeLessThanOrEqual(
          4,
        );
  });

  test("begins with the most popular post, and drops none for variety", () => {
    const { feed } = rankingWith(modelOf(posts));
    expect(feed([])[0]).toBe(101);
    expect(feed([])).toHaveLength(40);
  });

  test("is as popular as can be inside a category", () => {
    const categoryMask = Uint8Array.from(posts, (it) => Number(it.category === "b"));
    expect(rankingWith(modelOf(posts)).feed([], { categoryMask })).toEqual(
      Array.from({ length: 10 }, (_, n) => 111 + n),
    );
    const first = Uint8Array.from(posts, (_, row) => Number(row < 12));
    expect(rankingWith(modelOf(posts)).feed([], { categoryMask: first })).toEqual(
      Array.from({ length: 12 }, (_, n) => 101 + n),
    );
  });

  test("ranks a new post without events above older ones without events", () => {
    const { feed } = rankingWith(
      modelOf([
        { popularity: 0, ageDays: 90 },
        { popularity: 0, ageDays: 80 },
        { popularity: 0, ageDays: 0 },
      ]),
    );
    expect(feed([])).toEqual([103, 102, 101]);
  });
});

describe("a mood", () => {
  const posts: PostSketch[] = [
    { category: "a", vector: [1, 0, 0] },
    { category: "a", vector: [0, 1, 0] },
    { category: "b", vector: [0, 1, 0.1] },
    { category: "b", vector: [1, 0.1, 0] },
    { category: "b", vector: [0, 1, 0], flags: LOCKED },
    { category: "b" },
  ];
  const mood = Float32Array.of(0, 1, 0);
  const { feed } = ranking(posts);

  test("brings fitting posts to the top, and keeps the others below", () => {
    expect(feed([], { mood }).slice(0, 2)).toEqual([102, 103]);
    expect(feed([], { mood }).toSorted()).toEqual([101, 102, 103, 104, 106]);
  });

  test("counts for more than popularity", () => {
    const { feed } = rankingWith(modelOf([{ vector: [1, 0, 0] }, {}, {}, { vector: [0, 1, 0] }]));
    expect(feed([])[0]).toBe(101);
    expect(feed([], { mood })[0]).toBe(104);
  });

  test("holds inside a category", () => {
    const categoryMask = Uint8Array.of(0, 0, 1, 1, 1, 1);
    expect(feed([], { categoryMask, mood })[0]).toBe(103);
    expect(feed([], { categoryMask, mood }).toSorted()).toEqual([103, 104, 106]);
  });

  test("does not outweigh a person's preferences", () => {
    const twins = ranking([
      { vector: [0, 1, 0], popularity: 1.01 },
      { vector: [0, 1, 0], factors: [1, 0] },
      { factors: [1, 0] },
    ]);
    expect(twins.feed([], { mood })[0]).toBe(101);
    expect(twins.feed([like(103)], { mood })[0]).toBe(102);
  });
});

test("equal requests get bitwise equal answers", () => {
  const { rank } = ranking(
    Array.from({ length: 300 }, (_, n) => ({
      factors: [Math.sin(n), Math.cos(n)],
      vector: [Math.sin(2 * n), Math.cos(3 * n), Math.sin(5 * n)],
    })),
  );
  const done = [like(110), like(150), dislike(160)];
  expect(rank(done)).toEqual(rank(done));
});
