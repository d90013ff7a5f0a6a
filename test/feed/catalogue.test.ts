/** Similar posts and categories. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import type { PostId } from "../../src/domain/ids.ts";
import type { Card } from "../../src/domain/post.ts";
import { chartOf } from "../../src/feed/charts.ts";
import { categoryCounts, similarPosts } from "../../src/feed/catalogue.ts";
import { LOCKED, PRIVATE, WITHDRAWN } from "../../src/snapshot/model.ts";
import { openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";
import { type ModelSketch, type PostSketch } from "../support/sketch.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const idOf = ({ head }: Card) => Number(/"id":(\d+)/.exec(head)![1]);

async function serving(posts: readonly PostSketch[], sketch: ModelSketch = {}) {
  const folder = temporaryFolder();
  const world = openWorld(folder.path, posts);
  await world.fill();
  world.learn(sketch);
  const { registry } = world.serve();
  const similar = async (id: number, limit = 20, nowMs = AS_OF_MS) => {
    const found = await similarPosts(registry, world.store, String(id) as PostId, limit, nowMs);
    if (typeof found === "string" || found === undefined) return found;
    return found.map((it) => [idOf(it.card), Math.round(it.similarity * 100) / 100]);
  };
  return {
    world,
    registry,
    similar,
    [Symbol.dispose]: () => (world[Symbol.dispose](), folder[Symbol.dispose]()),
  };
}

describe("similar posts", () => {
  const posts = [
    { vector: [1, 0, 0] },
    { vector: [0.6, 0.8, 0] },
    { vector: [0.8, 0.6, 0] },
    { vector: [1, 0, 0], flags: LOCKED },
    {},
    { vector: [-1, 0, 0] },
  ];

  test("are the nearest in text, the nearest first, without the post itself and locked ones", async () => {
    using it = await serving(posts);
    expect(await it.similar(101)).toEqual([
      [103, 0.8],
      [102, 0.6],
      [106, -1],
    ]);
    expect(await it.similar(101, 1)).toEqual([[103, 0.8]]);
  });

  test("are the item-item neighbours of a post without a vector", async () => {
    using it = await serving(posts, {
      neighbours: [
        [4, 1, 0.5],
        [4, 3, 0.4],
        [4, 0, 0.25],
      ],
    });
    expect(await it.similar(105)).toEqual([
      [102, 0.5],
      [101, 0.25],
    ]);
  });

  test("are found behind any number of nearer posts that may not be shown", async () => {
    const locked = Array.from({ length: 90 }, () => ({ vector: [1, 0, 0], flags: LOCKED }));
    using it = await serving([{ vector: [1, 0, 0] }, ...locked, { vector: [0, 1, 0] }]);
    expect(await it.similar(101)).toEqual([[192, 0]]);
  });

  test("leave out posts that were locked after the snapshot", async () => {
    using it = await serving(posts);
    await it.world.post(103, { isLocked: true });
    expect(await it.similar(101)).toEqual([
      [102, 0.6],
      [106, -1],
    ]);
  });

  test("leave out posts that have expired, whether the snapshot knows it or not", async () => {
    using it = await serving([{ vector: [1, 0, 0] }, { vector: [1, 0.1, 0], expiresInDays: 1 }, { vector: [1, 0.2, 0] }, { vector: [0, 1, 0] }]); // prettier-ignore
    const dayMs = 86_400_000;
    await it.world.post(103, { expiresAtMs: AS_OF_MS + 2 * dayMs });
    const on = async (day: number) =>
      ((await it.similar(101, 2, AS_OF_MS + day * dayMs)) as number[][]).map(([id]) => id);
    expect([await on(0), await on(1), await on(2)]).toEqual([[102, 103], [103, 104], [104]]);
  });

  test("are unknown for a post that is not stored, not learnt for a new one, and undefined before the first snapshot", async () => {
    using it = await serving(posts);
    expect(await it.similar(999)).toBe("unknown post");
    await it.world.post(999);
    expect(await it.similar(999)).toBe("not learnt");
    const nothing = { ...it.registry, current: () => undefined };
    expect(
      await similarPosts(nothing, it.world.store, "101" as PostId, 5, AS_OF_MS),
    ).toBeUndefined();
    expect(categoryCounts(nothing, AS_OF_MS)).toBeUndefined();
  });
});

test("categories count their eligible posts that have not expired, the largest first, without the empty ones", async () => {
  using it = await serving([
    { category: "small" },
    { category: "large" },
    { category: "large" },
    { category: "large", flags: WITHDRAWN },
    { category: "large", expiresInDays: -1 },
    { category: "hidden", flags: PRIVATE },
    { category: "large", further: ["small", "other"] },
    {},
  ]);
  expect(categoryCounts(it.registry, AS_OF_MS)).toEqual([
    { id: 2, name: "large", posts: 3 },
    { id: 1, name: "small", posts: 2 },
    { id: 4, name: "other", posts: 1 },
  ]);
});

test("pages of a chart are full, and part it, though posts are gone since it was learnt", async () => {
  using it = await serving([{}, {}, {}, {}, {}, {}]);
  await it.world.post(102, { isLocked: true });
  await it.world.post(103, { expiresAtMs: AS_OF_MS });
  const ids = async (by: "newest" | "popular", offset: number, limit: number) => {
    const request = { by, category: undefined, offset, limit };
    const found = await chartOf(it.registry, it.world.store, request, AS_OF_MS);
    return found!.map((post) => post.id as string);
  };
  for (const by of ["newest", "popular"] as const) {
    const pages = [await ids(by, 0, 2), await ids(by, 2, 2), await ids(by, 4, 2)];
    expect(pages.map((page) => page.length)).toEqual([2, 2, 0]);
    expect(pages.flat().sort()).toEqual(["101", "104", "105", "106"]);
  }
});
