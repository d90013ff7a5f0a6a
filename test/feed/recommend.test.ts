/** Replies of the feed: nothing that must not be shown, what is asked for, and metadata that is true. */
import { describe, expect, test } from "bun:test";
import { openServedLog } from "../../src/data/sqlite/open.ts";
import { recommender } from "../../src/feed/recommend.ts";
import { openRegistry } from "../../src/feed/snapshot-registry.ts";
import { feedReply } from "../../src/http/render.ts";
import { ask, encodeNothing, idsOn, walk } from "../support/feeds.ts";
import { ADA, adasWorld, POSTS } from "./adas-world.ts";

const ada = adasWorld();

test("before the first snapshot there is no feed", async () => {
  const { feed: empty } = recommender({
    registry: openRegistry(`${ada.folder.path}/nothing`),
    store: ada.world.store,
    servedLog: () => openServedLog(":memory:"),
    encode: encodeNothing,
  });
  expect(await ask(empty).catch((cause: Error) => cause.message)).toBe("not ready");
});

describe("a post that", () => {
  const all = async (username = "ada") => (await walk([ada.feed], { username, pageSize: 2 })).ids;

  test.each([
    ["hidden", "hide"],
    ["reported", "report"],
  ] as const)(
    "was %s by one user is out of their feed at once, also of the pages that follow, and stays in others'",
    async (_, kind) => {
      const before = await all();
      await ada.world.did(ADA, ...before.map((post) => ({ post, kind: "like" }) as const));
      const first = await ask(ada.feed, { username: "ada", pageSize: 2 });
      const next = { username: "ada", pageSize: 2, page: 2, list: first.nextList };
      const [hidden] = idsOn(await ask(ada.feed, next));
      await ada.world.did(ADA, { post: hidden!, kind });
      expect(idsOn(await ask(ada.feed, next))).not.toContain(hidden!);
      expect((await all()).sort()).toEqual(before.filter((it) => it !== hidden).sort());
      expect((await all("nobody")).sort()).toEqual(before.sort());
    },
  );

  test("a user only skipped comes back where nothing else is left", async () => {
    const before = await all();
    await ada.world.did(ADA, { post: 101, kind: "view" }, { post: 101, kind: "skip" });
    const after = await all();
    expect(after.at(-1)).toBe(101);
    expect(after.sort()).toEqual(before.sort());
  });

  test("a user likes is upvoted for that user only", async () => {
    await ada.world.did(ADA, { post: 104, kind: "like" }, { post: 102, kind: "view" });
    const upvoted = async (username: string) => {
      const { posts } = await ask(ada.feed, { username, pageSize: 10 });
      return posts.filter((it) => it.upvoted).length;
    };
    expect(await upvoted("ada")).toBe(1);
    expect(await upvoted("nobody")).toBe(0);
    await ada.world.undid(ADA, 104, "like");
    expect(await upvoted("ada")).toBe(0);
  });

  test.each([
    ["locked", { isLocked: true }],
    ["hidden", { isPublic: false }],
  ])("was %s after the snapshot is not shown, seen or unseen", async (_, change) => {
    await ada.world.did(ADA, { post: 101, kind: "view" }, { post: 103, kind: "like" });
    await ada.world.post(101, change);
    await ada.world.post(102, change);
    expect((await all()).toSorted()).toEqual([103, 104, 106]);
  });

  test("was disliked after the ranking is not shown on the next page", async () => {
    const { ids } = await walk([ada.feed], { username: "ada", pageSize: 2 });
    const page1 = await ask(ada.feed, { username: "ada", pageSize: 2 });
    await ada.world.did(ADA, { post: ids[3]!, kind: "rating", value: -7 });
    const next = { username: "ada", pageSize: 2, page: 2, list: page1.nextList };
    expect(idsOn(await ask(ada.feed, next))).toEqual([ids[2]!]);
  });

  test("was disliked never comes back, even if every post has been seen", async () => {
    const done = [101, 102, 103, 104, 106].map((post) => ({ post, kind: "view" as const }));
    await ada.world.did(ADA, ...done, { post: 103, kind: "rating", value: -7 });
    expect(await all()).toEqual([101, 102, 104, 106]);
  });

  test("is withdrawn is replaced by the next one, and `next` continues after it", async () => {
    const { ids } = await walk([ada.feed], { pageSize: 1 });
    for (const id of ids.slice(0, 2)) await ada.world.post(id, { isLocked: true });
    const request = { username: "x", pageSize: 1 };
    const page = await ask(ada.feed, request);
    expect([idsOn(page), page.skipped]).toEqual([[ids[2]!], 2]);
    const whole = {
      ...request,
      page: 1,
      projectCode: undefined,
      mood: undefined,
      list: "",
      explain: false,
    };
    expect(((await feedReply(whole, page).json()) as { next: string }).next).toContain("page=4&");
    expect((await walk([ada.feed], request)).ids).toEqual(ids.slice(2));
  });

  test("is withdrawn like all others leaves an empty page", async () => {
    for (const { id } of POSTS.map((_, row) => ({ id: 101 + row })))
      await ada.world.post(id, { isLocked: true });
    const page = await ask(ada.feed, { pageSize: 1 });
    expect([page.posts, page.nextList]).toEqual([[], undefined]);
  });
});

test("equal requests get equal bytes", async () => {
  await ada.world.did(ADA, { post: 101, kind: "like" }, { post: 103, kind: "rating", value: 80 });
  const request = {
    username: "ada",
    projectCode: undefined,
    mood: "soup",
    page: 1,
    pageSize: 20,
    list: undefined,
    explain: true,
  };
  const bytes = async () => {
    const page = (await ada.world.serve().feed(request))!;
    return feedReply(request, { ...page, recommendationId: "r" }).bytes();
  };
  expect(await bytes()).toEqual(await bytes());
});
