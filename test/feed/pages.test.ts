/** Following `next`: no post comes twice, whatever happens between two pages. */
import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { ADA, openAdasWorld, POSTS } from "../support/ada.ts";
import { ask, encodeNothing, encodeWords, idsOn, walk } from "../support/feeds.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

let world: Awaited<ReturnType<typeof openAdasWorld>>;
beforeEach(async () => void (world = await openAdasWorld()));
afterEach(() => world[Symbol.dispose]());

const ada = { username: "ada" };
const ALL = POSTS.map((_, row) => 101 + row);
const sorted = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);

/** Four pages on, everything has changed. */
const upheaval = async (page: number) => {
  await world.did(ADA, { post: 105 + page, kind: "view" }, { post: 120 + page, kind: "like" });
  if (page === 3) world.learn({}, POSTS.toReversed());
};

describe("following next to the end", () => {
  test("shows every post once, seen posts last", async () => {
    const { ids, pages } = await walk([world.serve().feed], ada);
    expect(sorted(ids)).toEqual(ALL);
    expect(ids.slice(-2)).toEqual([103, 104]);
    expect(pages).toHaveLength(6);
    expect(pages.map((it) => it.fallback)).toEqual([[], [], [], [], [], ["seen"]]);
  });

  test("continues the session after new events and a new snapshot", async () => {
    const { registry, feed } = world.serve();
    const before = (await walk([world.serve().feed], ada)).ids;
    const { ids, pages } = await walk([feed], ada, async (page) => {
      await upheaval(page);
      await registry.poll();
    });
    expect(ids).toEqual(before);
    expect(new Set(pages.map((it) => it.snapshot)).size).toBe(1);
    expect((await ask(feed, ada)).snapshot).not.toBe(pages[0]!.snapshot);
  });

  test("continues the session in other processes", async () => {
    const before = (await walk([world.serve().feed], ada)).ids;
    const { ids, pages } = await walk(
      Array.from({ length: 6 }, () => world.serve().feed),
      ada,
      upheaval,
    );
    expect(ids).toEqual(before);
    expect(pages.flatMap((it) => it.fallback)).toEqual(["seen"]);
  });

  test("continues the session after two thousand others took its place in the cache", async () => {
    const { feed } = world.serve();
    const before = (await walk([world.serve().feed], ada)).ids;
    const { ids } = await walk([feed], ada, async (page) => {
      await upheaval(page);
      if (page === 2)
        for (let n = 0; n < 2_000; n++) await ask(feed, { username: `passer-by ${n}` });
    });
    expect(ids).toEqual(before);
  });

  test("continues the session after an unlike", async () => {
    const before = (await walk([world.serve().feed], ada)).ids;
    const [first, second] = [world.serve().feed, world.serve().feed];
    const { ids } = await walk([first, second], ada, async (page) => {
      if (page === 2) await world.undid(ADA, 103, "like");
    });
    expect(ids).toEqual(before);
  });

  test("continues the session in any process after a rating has changed", async () => {
    await world.did(ADA, { post: 110, kind: "rating", value: 90 });
    const [first, second] = [world.serve().feed, world.serve().feed];
    const page1 = await ask(first, ada);
    await world.did(ADA, { post: 110, kind: "rating", value: 20 });
    const next = { ...ada, page: 2, list: page1.nextList };
    expect((await ask(first, next)).fallback).toEqual([]);
    const page2 = await ask(second, next);
    expect(page2.fallback).toEqual([]);
    expect(idsOn(page2)).toEqual(idsOn(await ask(first, next)));
  });

  test("works for a mood and a category that only the first process could encode", async () => {
    const asked = { ...ada, mood: "soup", pageSize: 10 };
    const { ids } = await walk([world.serve().feed], asked);
    expect(sorted(ids)).toEqual(ALL);
    const away = world.serve(encodeNothing).feed;
    const page1 = await ask(world.serve().feed, asked);
    const page2 = await ask(away, { ...asked, page: 2, list: page1.nextList });
    expect(page2.fallback).toEqual(["mood_not_encoded", "list_expired"]);
  });

  test("continues without the mood when the encoder comes back in between", async () => {
    let encode = encodeNothing;
    const { feed } = world.serve((...asked) => encode(...asked));
    const { ids, pages } = await walk([feed], { ...ada, mood: "soup" }, async () => {
      encode = encodeWords;
      await ask(feed, { ...ada, mood: "soup" });
    });
    expect(sorted(ids)).toEqual(ALL);
    expect(pages.every((it) => it.fallback.includes("mood_not_encoded"))).toBeTrue();
    expect((await ask(feed, { ...ada, mood: "soup" })).fallback).toEqual([]);
  });

  test("is not disturbed by another first page in between", async () => {
    const { feed } = world.serve();
    const before = (await walk([feed], ada)).ids;
    const { ids } = await walk([feed], ada, async () => {
      await world.undid(ADA, 103, "like");
      await ask(feed, ada);
    });
    expect(ids).toEqual(before);
  });
});

describe("a page by number, without a token", () => {
  test("continues the newest session", async () => {
    const { feed } = world.serve();
    const { ids } = await walk([world.serve().feed], ada);
    await ask(feed, ada);
    await world.did(ADA, { post: ids[0]!, kind: "view" }, { post: ids[7]!, kind: "like" });
    expect(idsOn(await ask(feed, { ...ada, page: 2 }))).toEqual(ids.slice(5, 10));
    const fresh = await ask(feed, ada);
    expect(idsOn(fresh)).not.toContain(ids[0]);
    expect(idsOn(await ask(feed, { ...ada, page: 2 }))).not.toEqual(ids.slice(5, 10));
  });

  test("starts a session if there is none", async () => {
    const { ids } = await walk([world.serve().feed], ada);
    expect(idsOn(await ask(world.serve().feed, { ...ada, page: 3 }))).toEqual(ids.slice(10, 15));
  });

  test("starts a session if it is page 1, whatever token it names", async () => {
    const { feed } = world.serve();
    const page1 = await ask(feed, ada);
    const [top] = idsOn(page1);
    await world.did(ADA, { post: top!, kind: "view" });
    expect(idsOn(await ask(feed, { ...ada, list: page1.nextList }))).not.toContain(top);
  });

  test("starts a session if it is page 1: an unlike counts at once", async () => {
    const { feed } = world.serve();
    const { nextList } = await ask(feed, ada);
    expect((await ask(feed, ada)).nextList).toBe(nextList);
    await world.undid(ADA, 103, "like");
    expect((await ask(feed, ada)).nextList).not.toBe(nextList);
  });

  test("is empty past the end", async () => {
    const page = await ask(world.serve().feed, { ...ada, page: 7 });
    expect([page.posts, page.nextList]).toEqual([[], undefined]);
  });
});
