/** The map of the catalogue: where posts lie on it, which are left out, and when it is made anew. */
import { describe, expect, test } from "bun:test";
import type { PostId, PostKey, UserId } from "../../../src/domain/ids.ts";
import { mapReader } from "../../../src/feed/map/catalogue-map.ts";
import { WITHDRAWN } from "../../../src/snapshot/model.ts";
import { openWorld } from "../../support/feeds.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { AS_OF_MS } from "../../support/model.ts";
import { type PostSketch } from "../../support/sketch.ts";

const DAY_MS = 86_400_000;
/** Posts about running and about cooking. */
const POSTS: PostSketch[] = Array.from({ length: 12 }, (_, n) => ({
  category: n % 2 ? "Running" : "Cooking",
  vector: n % 2 ? [1, 0.1 * n, 0] : [-1, -0.1 * n, 0],
}));

async function mapOf(folder: string, posts = POSTS) {
  const world = openWorld(folder, posts);
  await world.fill();
  world.learn();
  const { registry, servedLog } = world.serve();
  const clock = { nowMs: AS_OF_MS };
  const deps = { ids: world.store.ids, servedLog: () => servedLog, nowMs: () => clock.nowMs };
  const read = mapReader({ registry, ...deps });
  return {
    world,
    registry,
    servedLog,
    clock,
    deps,
    read,
    [Symbol.dispose]: () => world[Symbol.dispose](),
  };
}

describe("the map of the catalogue", () => {
  test("has posts about one thing on one side, and nothing across a plane that is all there is", async () => {
    using folder = temporaryFolder();
    using it = await mapOf(folder.path);
    const { posts, categories, shares } = (await it.read())!;
    expect(posts.ids).toHaveLength(12);
    expect(posts.ids.slice(0, 2)).toEqual(["101", "102"] as PostId[]);
    const sides = posts.x.map((x, n) => [Math.sign(x), categories[posts.categoryRows[n]!]]);
    expect(new Set(sides.map(String)).size).toBe(2); // each category has a side of its own
    expect(shares[0] + shares[1]).toBeCloseTo(1, 5);
    expect(posts.createdAtMs[0]! - posts.createdAtMs[1]!).toBe(DAY_MS);
  });

  test("counts posts without a vector, and those that may not be shown", async () => {
    using folder = temporaryFolder();
    const gone = { vector: [0, 0, 1], flags: WITHDRAWN };
    using it = await mapOf(folder.path, [...POSTS, {}, {}, gone, { vector: [0, 1, 1], expiresInDays: -1 }]); // prettier-ignore
    expect(await it.read()).toMatchObject({ withoutVector: 2, notShown: 2, posts: { ids: { length: 12 } } }); // prettier-ignore
  });

  test("stays while nothing has changed, and keeps its plane when posts come", async () => {
    using folder = temporaryFolder();
    using it = await mapOf(folder.path);
    const first = await it.read();
    expect(await it.read()).toBe(first);
    it.registry.update({ ...it.registry.current()!, state: "1.0" });
    expect(await it.read()).toBe(first); // seconds old
    it.clock.nowMs += DAY_MS;
    const later = await it.read();
    expect(later).not.toBe(first);
    expect(later!.posts.x).toEqual(first!.posts.x);
  });

  test("lies as before after another learning, where the largest entry of a direction has changed its sign", async () => {
    const along = (y: number) => POSTS.map((_, n) => ({ vector: n % 2 ? [1, -y, 0] : [-1, y, 0] }));
    using folder = temporaryFolder();
    using it = await mapOf(folder.path, along(0.98));
    const first = (await it.read())!;
    it.world.learn({}, along(1.02));
    await it.registry.poll();
    const second = (await it.read())!;
    expect(second.snapshot).not.toBe(first.snapshot);
    expect(second.posts.x.map(Math.sign)).toEqual(first.posts.x.map(Math.sign));
  });

  test("gets another plane when most posts have their vectors only now", async () => {
    using folder = temporaryFolder();
    using it = await mapOf(folder.path, [...POSTS.slice(0, 4), ...Array<PostSketch>(8).fill({})]);
    expect((await it.read())!.shares[0]).toBeGreaterThan(0.9); // all along one line
    const { ranker } = it.registry.current()!;
    for (let row = 4; row < 12; row++)
      ranker.model.embeddings.set([0, 0, row % 2 ? 1 : -1], 3 * row);
    it.registry.update({ ...it.registry.current()!, state: "1.0" });
    it.clock.nowMs += DAY_MS;
    const later = (await it.read())!;
    expect(later.posts.ids).toHaveLength(12);
    expect(later.shares[0]).toBeLessThan(0.8);
  });

  test("says how often each post was shown, and adds what is shown since", async () => {
    using folder = temporaryFolder();
    using it = await mapOf(folder.path);
    const show = (atMs: number, ...keys: number[]) =>
      it.servedLog.append({
        ...{ recommendationId: `${atMs}`, atMs, userId: "ada", list: "l", from: 0, snapshot: "s" },
        ...{ policy: "feed", audience: "cold", match: [], fallback: [] },
        slots: keys.map((post, n) => ({ post: post as PostKey, sources: [], score: 0, probability: 1, slot: n + 1 })), // prettier-ignore
      });
    const shown = async () => {
      await it.servedLog.flush();
      it.clock.nowMs += DAY_MS;
      const { posts, shownSinceMs } = (await it.read())!;
      return [shownSinceMs, ...posts.shown!.slice(0, 3)];
    };
    expect(await shown()).toEqual([undefined, 0, 0, 0]);
    show(5_000, 101, 102);
    for (let page = 1; page <= 60; page++) show(5_000 + page, 101);
    expect(await shown()).toEqual([5_000, 61, 1, 0]);
    show(9_000, 103, 102);
    expect(await shown()).toEqual([5_000, 61, 2, 1]);
    await it.servedLog.eraseUser("ada" as UserId, AS_OF_MS);
    expect(await shown()).toEqual([undefined, 0, 0, 0]);
  });

  test("loses a post when it expires, though nothing else changes", async () => {
    using folder = temporaryFolder();
    using it = await mapOf(folder.path, [...POSTS, { vector: [0, 1, 1], expiresInDays: 2 }]);
    const posts = async () => (await it.read())!.posts.ids.length;
    expect(await posts()).toBe(13);
    it.clock.nowMs += DAY_MS;
    expect(await posts()).toBe(13);
    it.clock.nowMs += DAY_MS;
    expect(await posts()).toBe(12);
  });

  test("fails where the log of what was shown can't be read, and is there once it can", async () => {
    using folder = temporaryFolder();
    using it = await mapOf(folder.path);
    let isBroken = true;
    const after = async () => (isBroken ? Promise.reject(new Error("disk I/O error")) : []);
    const read = mapReader({
      registry: it.registry,
      ...it.deps,
      servedLog: () => ({ ...it.servedLog, after }),
    });
    await expect(read().catch((cause: Error) => cause.message)).resolves.toBe("disk I/O error");
    isBroken = false;
    expect((await read())!.posts.shown).toEqual(Array(12).fill(0));
  });

  test("of a new snapshot is new at once", async () => {
    using folder = temporaryFolder();
    using it = await mapOf(folder.path);
    const first = await it.read();
    it.world.learn({}, POSTS.slice(0, 6));
    await it.registry.poll();
    const second = await it.read();
    expect(second!.snapshot).not.toBe(first!.snapshot);
    expect(second!.posts.ids).toHaveLength(6);
  });

  test("is there without any vector, and is not without a snapshot", async () => {
    using folder = temporaryFolder();
    using it = await mapOf(folder.path, [{}, {}]);
    expect(await it.read()).toMatchObject({ withoutVector: 2, posts: { ids: [] }, shares: [0, 0] });
    expect(await mapReader({ registry: { current: () => undefined }, ...it.deps })()).toBeUndefined(); // prettier-ignore
  });
});
