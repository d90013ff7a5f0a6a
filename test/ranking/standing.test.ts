/** Ties of the score: what most like comes first, then what is new, then what was stored last, whatever its id. */
import { describe, expect, test } from "bun:test";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { standingOf } from "../../src/ranking/standing.ts";
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { TERMS } from "../../src/models/models.ts";
import { LOCKED, type Blend } from "../../src/snapshot/model.ts";
import type { Done } from "../support/histories.ts";
import { ask, idsOn, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { modelOf, rankingWith } from "../support/model.ts";
import { type PostSketch } from "../support/sketch.ts";
import { withColumns } from "../support/parts.ts";
import { popularPart } from "../../src/models/popularity/model.ts";

/** A blend of some terms' weights, the same at every history length. */
const blendOf = (weights: Readonly<Record<string, number>>): Blend => ({
  ...SHIPPED_BLEND,
  weights: Object.fromEntries(TERMS.map((it) => [it, [0, 0, 0, 0].fill(weights[it] ?? 0)])),
});
const POSTS: readonly PostSketch[] = [
  { popularity: 0, ageDays: 9, category: "a" },
  { popularity: 1, ageDays: 9, category: "b" },
  { popularity: 3, ageDays: 5, category: "a" },
  { popularity: 1, ageDays: 2, category: "a" },
  { popularity: 0, ageDays: 9, category: "b" },
  { popularity: 0, ageDays: 1, category: "b" },
  { popularity: 9, ageDays: 1, flags: LOCKED },
];
/** By popularity, then newness, then what was stored last. */
const STANDING = [103, 104, 102, 106, 105, 101];
const like = (post: number): Done => ({ post, kind: "like" });

test("a standing is by popularity, then newness, then key, and includes posts with NaN", () => {
  const model = modelOf(POSTS);
  const { order, placeOf } = atOnce(standingOf(model));
  expect(Array.from(order, (row) => model.postKeys[row]!)).toEqual([107, ...STANDING]);
  expect([...order].map((row) => placeOf[row]!)).toEqual([...order.keys()]);
  const { popularity } = popularPart.of(model).columns;
  const broken = withColumns(model, popularPart, {
    popularity: popularity.with(2, NaN).with(4, -Infinity),
  });
  expect(atOnce(standingOf(broken)).order.toSorted()).toEqual(Uint32Array.from(POSTS.keys()));
});

describe("a list of equal scores is in the order of standing, and names its tiers", () => {
  const nothing: readonly [string, Blend][] = [
    ["no term counts", blendOf({})],
    ["one counts that says nothing", blendOf({ sequence: 1 })],
    ["several do", blendOf({ collaborative: 1, neighbours: 0.5, similar: 2, trending: 1 })],
  ];
  test.each(nothing)("for newcomers, where %s", (_, blend) => {
    const { rank, ids } = rankingWith(modelOf(POSTS, { blend }));
    const { rows, tierStart } = rank([]);
    expect(ids(rows)).toEqual(STANDING);
    expect([...tierStart]).toEqual([0, 3, 6]);
  });

  test.each(nothing)("for those we know, up to what they have seen, where %s", (_, blend) => {
    const { rank, ids } = rankingWith(modelOf(POSTS, { blend }));
    const { rows, tierStart } = rank([like(104)]);
    expect(ids(rows)).toEqual([103, 102, 106, 105, 101, 104]);
    expect([...tierStart]).toEqual([0, 2, 5]);
  });

  test("in a category, in a mood of which no text is, and where the list is cut", () => {
    const { rank, ids } = rankingWith(modelOf(POSTS, { blend: blendOf({ sequence: 1 }) }));
    const categoryMask = Uint8Array.from(POSTS, (it) => Number(it.category === "b"));
    const some = rank([], { categoryMask, mood: Float32Array.of(0, 1, 0) });
    expect(ids(some.rows)).toEqual([102, 106, 105]);
    expect([...some.tierStart]).toEqual([0, 1, 3]);
    const cut = rank([], { limit: 2 });
    expect(ids(cut.rows)).toEqual([103, 104]);
    expect([...cut.tierStart]).toEqual([0, 2, 2]);
  });

  test("where terms cancel each other out but for rounding", () => {
    const sketch = Array.from({ length: 50 }, (_, n) => {
      const ageDays = 1 + ((17 * n) % 50) / 3;
      return { ageDays, popularity: 1 - 0.5 ** (ageDays / 10) };
    });
    const blend = blendOf({ popular: 1, fresh: 1 });
    const { rank } = rankingWith(modelOf(sketch, { blend }));
    const { rows, tierStart, scored } = rank([]);
    const [popular, fresh] = ["popular", "fresh"].map((it) => scored.terms[TERMS.indexOf(it)]!);
    expect(popular!.some((it, n) => it + fresh![n]! !== 0)).toBe(true); // rounding there is
    const ages = Array.from(rows, (row) => sketch[row]!.ageDays);
    expect(ages).toEqual(ages.toSorted((a, b) => b - a));
    expect(tierStart[0]).toBe(0);
  });

  test("also where nobody likes anything yet: all of it is new", () => {
    const sketch = [4, 2, 8, 2].map((ageDays) => ({ ageDays, popularity: 0 }));
    const { rank, ids } = rankingWith(modelOf(sketch, { blend: blendOf({ similar: 1 }) }));
    const { rows, tierStart } = rank([]);
    expect(ids(rows)).toEqual([104, 102, 101, 103]);
    expect([...tierStart]).toEqual([0, 0, 4]);
  });

  test("deeper than any source looks", () => {
    const sketch = Array.from({ length: 3_000 }, (_, n) => ({ popularity: (n * 7) % 2_999 }));
    const { rank } = rankingWith(modelOf(sketch, { blend: blendOf({}) }));
    const { rows } = rank([], { limit: 1_000 });
    const popularity = Array.from(rows, (row) => sketch[row]!.popularity);
    expect(popularity).toEqual(Array.from({ length: 1_000 }, (_, n) => 2_998 - n));
  });
});

test("among posts with different scores, equal ones are in the order of standing, and no tier is named", () => {
  const blend = blendOf({ neighbours: 1 });
  const { rank, ids } = rankingWith(modelOf(POSTS, { blend, neighbours: [[2, 4, 0.9]] }));
  const { rows, tierStart } = rank([like(103)]);
  expect(ids(rows)).toEqual([105, 104, 102, 106, 101, 103]);
  expect([...tierStart]).toEqual([5, 5, 5]);
});

test("a page says which of it was not chosen by ranking, and why each post is there", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, POSTS);
  await world.fill();
  world.learn({ blend: blendOf({ similar: 1 }) });
  const { feed } = world.serve();
  const first = await ask(feed, { pageSize: 3, explain: true });
  expect(idsOn(first)).toEqual([103, 104, 102]);
  expect(first.fallback).toEqual(["popular"]);
  for (const { score, reasons } of first.explain!) {
    expect(score).toBe(0);
    expect(reasons).toEqual(["does well with everybody at the moment"]);
  }
  const next = { pageSize: 3, page: 2, list: first.nextList, explain: true };
  const second = await ask(feed, next);
  expect(idsOn(second)).toEqual([106, 105, 101]);
  expect(second.fallback).toEqual(["fresh"]);
  expect(second.explain![0]!.reasons).toEqual(["is new"]);
});
