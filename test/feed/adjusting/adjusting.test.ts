/** The operator's factors in feeds of several processes: at once, back again, and before they count. */
import { describe, expect, test } from "bun:test";
import { NEW, OLD, POSTS, someWorld } from "../../support/adjusted-world.ts";
import { ask, encodeNothing, idsOn, openWorld, walk } from "../../support/feeds.ts";
import { withFactors } from "../../../src/domain/adjustments.ts";
import { openAdjusting } from "../../../src/feed/adjusting/adjusting.ts";
import type { FeedPage } from "../../../src/feed/contract.ts";
import { temporaryFolder } from "../../support/folder.ts";

const firstOf = (page: FeedPage) => idsOn(page)[0]!;
const signal = new AbortController().signal;

describe("adjusting", () => {
  test("counts in every process, and going back gives the same feed as before", async () => {
    using here = await someWorld();
    const { feed, adjusting, other } = here;
    const before = await walk([feed]);
    expect(before.ids[0]).toBe(OLD);
    await adjusting.save({ popular: 0 });
    expect(firstOf(await ask(other.feed))).toBe(NEW);
    expect((await adjusting.stepBack())?.factors).toEqual({});
    expect((await walk([feed])).ids).toEqual(before.ids);
    expect(await adjusting.stepBack()).toBeUndefined();
  });

  test("counts in a process's first requests, which may come at once", async () => {
    const meta = { adjustments: async () => withFactors([], { popular: 0 }, 1) };
    const someWriter = () => ({ write: () => Promise.reject(new Error("nothing is saved")) });
    const { inForce } = openAdjusting({ meta, writer: someWriter, clockMs: Date.now });
    expect((await Promise.all([inForce(), inForce()])).map((it) => it?.version)).toEqual([1, 1]);
  });

  test("neutral factors give the tokens of lists that nothing was adjusted for", async () => {
    using here = await someWorld();
    const { feed, adjusting } = here;
    const { nextList } = await ask(feed);
    await adjusting.save({ popular: 1, variety: 1 });
    expect((await ask(feed)).nextList).toBe(nextList!);
    await adjusting.save({ popular: 2 });
    expect((await ask(feed)).nextList).not.toBe(nextList!);
  });

  test("explains a list that goes on with the factors that ranked it", async () => {
    using here = await someWorld();
    const { feed, adjusting } = here;
    const first = await ask(feed, { explain: true });
    await adjusting.save({ popular: 0 });
    const again = await ask(feed, { explain: true, page: 2, list: first.nextList! });
    expect(again.explain!.some(({ terms }) => terms["popular"] !== 0)).toBe(true);
    expect((await ask(feed, { explain: true })).explain!.every(({ terms }) => terms["popular"] === 0)).toBe(true); // prettier-ignore
  });
});

test("factors that change no score change no draw for a new post either", async () => {
  using here = await someWorld();
  const { feed, adjusting } = here.trying;
  const people = Array.from({ length: 12 }, (_, n) => `person ${n}`);
  const lists = () => Promise.all(people.map(async (username) => idsOn(await ask(feed, { username, pageSize: 20 })))); // prettier-ignore
  const before = await lists();
  expect(new Set(before.map(String)).size).toBeGreaterThan(1); // by draws alone
  await adjusting.save({ trending: 2 }); // it weighs nothing
  expect(await lists()).toEqual(before);
});

test("a page says in the log which version ranked it", async () => {
  using here = await someWorld();
  const { feed, adjusting, servedLog } = here;
  await adjusting.save({ popular: 2 });
  await ask(feed);
  await adjusting.stepBack();
  await ask(feed);
  await servedLog.flush();
  expect((await servedLog.before(9, 9)).map((it) => it.policy)).toEqual([
    "feed",
    "feed+adjusted-1",
  ]);
});

describe("a preview", () => {
  test("ranks the lists of who asked last again, with what becomes of them", async () => {
    using here = await someWorld();
    const { feed, previewAdjusting } = here;
    await ask(feed, { username: "somebody" });
    await ask(feed, { username: "ada" });
    const found = (await previewAdjusting({ popular: 0, fresh: 4 }, 2, signal))!;
    expect(found).toMatchObject({ people: 2, logged: 2 });
    expect(found.lists.map(({ user }) => user).sort()).toEqual(["7", "somebody"]);
    expect(found.moves.places).toBeGreaterThan(0);
    const { before, after, difference } = found.effects.age_days;
    expect(after).not.toBe(before);
    expect(difference.mean).toBeCloseTo(after - before, 9);
    const shown = found.lists.find(({ user }) => user === "somebody")!;
    expect([shown.before[0], shown.after[0]].map(Number)).toEqual([OLD, NEW]);
  });

  test("of exploration has more places for new posts, or none", async () => {
    using here = await someWorld();
    const { feed, previewAdjusting } = here.trying;
    for (let n = 0; n < 9; n++) await ask(feed, { username: `person ${n}` });
    const newPosts = async (exploration: number) =>
      (await previewAdjusting({ exploration }, 9, signal))!.effects.new_posts;
    const { before, after } = await newPosts(4);
    expect(after).toBeGreaterThan(before);
    expect((await newPosts(0)).after).toBe(0);
  });

  test("of the factors in force finds that nothing moves", async () => {
    using here = await someWorld();
    const { adjusting, previewAdjusting } = here;
    await adjusting.save({ popular: 0.5 });
    const found = (await previewAdjusting({ popular: 0.5 }, 5, signal))!;
    expect(found.moves).toEqual({ replaced: 0, places: 0 });
    for (const { before, after } of Object.values(found.effects)) expect(after).toBe(before);
  });

  test("knows who has asked since the last one, and what has been saved", async () => {
    using here = await someWorld();
    const { feed, adjusting, previewAdjusting } = here;
    await ask(feed, { username: "somebody" });
    expect((await previewAdjusting({}, 1, signal))!.lists[0]!.user).toBe("somebody");
    await ask(feed, { username: "another" });
    expect((await previewAdjusting({}, 1, signal))!.lists[0]!.user).toBe("another");
    await adjusting.save({ popular: 0 });
    const { before, after } = (await previewAdjusting({}, 1, signal))!.lists[0]!;
    expect([before[0], after[0]].map(Number)).toEqual([NEW, OLD]);
  });

  test("after a training is of the new snapshot's lists", async () => {
    using here = await someWorld();
    const { feed, registry, world, previewAdjusting } = here;
    await ask(feed, { username: "somebody" });
    const first = async () => Number((await previewAdjusting({}, 1, signal))!.lists[0]!.before[0]);
    expect(await first()).toBe(OLD);
    world.learn({}, POSTS.map((it) => ({ ...it, popularity: 30 - it.popularity! }))); // prettier-ignore
    await registry.poll();
    expect(await first()).not.toBe(OLD);
  });

  test("leaves no trace: neither in the log nor in the list that goes on", async () => {
    using here = await someWorld();
    const { feed, servedLog, previewAdjusting } = here;
    const first = await ask(feed, { username: "ada" });
    await previewAdjusting({ popular: 0, fresh: 4 }, 5, signal);
    await servedLog.flush();
    expect(await servedLog.before(9, 9)).toHaveLength(1);
    const second = await ask(feed, { username: "ada", page: 2 });
    expect(second.fallback).not.toContain("list_expired");
    expect(idsOn(second)).not.toContain(idsOn(first)[0]!);
  });

  test("ends when nobody waits for it, and has nothing to say before the first snapshot", async () => {
    using here = await someWorld();
    const { previewAdjusting } = here;
    expect(await previewAdjusting({}, 5, AbortSignal.abort())).toBeUndefined();
    using empty = temporaryFolder();
    using young = openWorld(empty.path, POSTS);
    expect(await young.serve(encodeNothing).previewAdjusting({}, 5, signal)).toBeUndefined();
  });
});
