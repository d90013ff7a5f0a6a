/** Replies of the feed: nothing that must not be shown, what is asked for, and metadata that is true. */
import {
  afterAll,
  afterEach,
  beforeEach,
  describe,
  expect,
  setDefaultTimeout,
  test,
} from "bun:test";
import { openServedLog } from "../../src/data/sqlite/open.ts";
import { recommender } from "../../src/feed/recommend.ts";
import { openRegistry } from "../../src/feed/snapshot-registry.ts";
import { feedReply } from "../../src/http/render.ts";
import { LOCKED } from "../../src/snapshot/model.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { ask, encodeNothing, encodeWords, idsOn, openWorld, walk } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS, modelOf } from "../support/model.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const ADA = 41;
const POSTS = [
  { category: "running", vector: [1, 0, 0] },
  { category: "running", vector: [1, 0.1, 0] },
  { category: "cooking", vector: [0, 1, 0] },
  { category: "cooking", vector: [0.1, 1, 0] },
  { category: "stars", flags: LOCKED, vector: [0, 0, 1] },
  { category: "cooking" },
];

const learnt = temporaryFolder();
writeSnapshot(learnt.path, modelOf(POSTS, { moods: { calm: [0, 1, 0] } }), "1.2.3", AS_OF_MS);
afterAll(() => learnt[Symbol.dispose]());

let folder: ReturnType<typeof temporaryFolder>;
let world: ReturnType<typeof openWorld>;
let feed: ReturnType<typeof recommender>["feed"];
beforeEach(async () => {
  folder = temporaryFolder();
  world = openWorld(folder.path, POSTS, learnt.path);
  await world.fill();
  await world.user(ADA, "ada");
  feed = world.serve().feed;
});
afterEach(() => {
  world[Symbol.dispose]();
  folder[Symbol.dispose]();
});

test("before the first snapshot there is no feed", async () => {
  const { feed: empty } = recommender({
    registry: openRegistry(`${folder.path}/nothing`),
    store: world.store,
    servedLog: () => openServedLog(":memory:"),
    encode: encodeNothing,
  });
  expect(await ask(empty).catch((cause: Error) => cause.message)).toBe("not ready");
});

describe("a post that", () => {
  const all = async (username = "ada") => (await walk([feed], { username, pageSize: 2 })).ids;

  test.each([
    ["hidden", "hide"],
    ["reported", "report"],
  ] as const)(
    "was %s by one user is out of their feed at once, also of the pages that follow, and stays in others'",
    async (_, kind) => {
      const before = await all();
      await world.did(ADA, ...before.map((post) => ({ post, kind: "like" }) as const));
      const first = await ask(feed, { username: "ada", pageSize: 2 });
      const next = { username: "ada", pageSize: 2, page: 2, list: first.nextList };
      const [hidden] = idsOn(await ask(feed, next));
      await world.did(ADA, { post: hidden!, kind });
      expect(idsOn(await ask(feed, next))).not.toContain(hidden!);
      expect((await all()).sort()).toEqual(before.filter((it) => it !== hidden).sort());
      expect((await all("nobody")).sort()).toEqual(before.sort());
    },
  );

  test("a user only skipped comes back where nothing else is left", async () => {
    const before = await all();
    await world.did(ADA, { post: 101, kind: "view" }, { post: 101, kind: "skip" });
    const after = await all();
    expect(after.at(-1)).toBe(101);
    expect(after.sort()).toEqual(before.sort());
  });

  test("a user likes is upvoted for that user only", async () => {
    await world.did(ADA, { post: 104, kind: "like" }, { post: 102, kind: "view" });
    const upvoted = async (username: string) => {
      const { posts } = await ask(feed, { username, pageSize: 10 });
      return posts.filter((it) => it.upvoted).length;
    };
    expect(await upvoted("ada")).toBe(1);
    expect(await upvoted("nobody")).toBe(0);
    await world.undid(ADA, 104, "like");
    expect(await upvoted("ada")).toBe(0);
  });

  test.each([
    ["locked", { isLocked: true }],
    ["hidden", { isPublic: false }],
  ])("was %s after the snapshot is not shown, seen or unseen", async (_, change) => {
    await world.did(ADA, { post: 101, kind: "view" }, { post: 103, kind: "like" });
    await world.post(101, change);
    await world.post(102, change);
    expect((await all()).toSorted()).toEqual([103, 104, 106]);
  });

  test("was disliked after the ranking is not shown on the next page", async () => {
    const { ids } = await walk([feed], { username: "ada", pageSize: 2 });
    const page1 = await ask(feed, { username: "ada", pageSize: 2 });
    await world.did(ADA, { post: ids[3]!, kind: "rating", value: -7 });
    const next = { username: "ada", pageSize: 2, page: 2, list: page1.nextList };
    expect(idsOn(await ask(feed, next))).toEqual([ids[2]!]);
  });

  test("was disliked never comes back, even if every post has been seen", async () => {
    const done = [101, 102, 103, 104, 106].map((post) => ({ post, kind: "view" as const }));
    await world.did(ADA, ...done, { post: 103, kind: "rating", value: -7 });
    expect(await all()).toEqual([101, 102, 104, 106]);
  });

  test("is withdrawn is replaced by the next one, and `next` continues after it", async () => {
    const { ids } = await walk([feed], { pageSize: 1 });
    for (const id of ids.slice(0, 2)) await world.post(id, { isLocked: true });
    const request = { username: "x", pageSize: 1 };
    const page = await ask(feed, request);
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
    expect((await walk([feed], request)).ids).toEqual(ids.slice(2));
  });

  test("is withdrawn like all others leaves an empty page", async () => {
    for (const { id } of POSTS.map((_, row) => ({ id: 101 + row })))
      await world.post(id, { isLocked: true });
    const page = await ask(feed, { pageSize: 1 });
    expect([page.posts, page.nextList]).toEqual([[], undefined]);
  });
});

describe("an intent", () => {
  const asked = async (request: { projectCode?: string; mood?: string }, encode = encodeWords) => {
    const page = await ask(world.serve(encode).feed, { ...request, pageSize: 10 });
    return { ids: idsOn(page), match: page.match, fallback: page.fallback };
  };

  test("for a category fills the whole feed with it, then shows its seen posts again", async () => {
    expect(await asked({ projectCode: "Running" })).toEqual({
      ids: [101, 102],
      match: ["category"],
      fallback: [],
    });
    await world.did(ADA, { post: 102, kind: "view" }, { post: 101, kind: "view" });
    const page = await ask(feed, { username: "ada", projectCode: "running" });
    expect([idsOn(page), page.fallback]).toEqual([[102, 101], ["seen"]]);
  });

  test("in words is matched by meaning", async () => {
    const { ids, match } = await asked({ projectCode: "running shoes" });
    expect([ids.toSorted(), match]).toEqual([[101, 102], ["semantic"]]);
  });

  test("that nothing matches gets the plain feed, and says so", async () => {
    const { ids, match, fallback } = await asked({ projectCode: "stars" });
    expect([ids.length, match, fallback]).toEqual([5, ["none"], []]);
  });

  test("that could not be encoded in time is left out, and the reply says so", async () => {
    expect(await asked({ projectCode: "soup", mood: "soup" }, encodeNothing)).toMatchObject({
      match: ["none"],
      fallback: ["category_not_encoded", "mood_not_encoded"],
    });
  });

  test("for a mood and a category is matched in both", async () => {
    const { ids, match } = await asked({ projectCode: "running", mood: "soup" });
    expect([ids, match]).toEqual([
      [102, 101],
      ["category", "mood"],
    ]);
    const calm = await asked({ projectCode: "cooking", mood: "calmm" }, encodeNothing);
    expect([calm.ids[0], calm.match, calm.fallback]).toEqual([103, ["category", "mood:calm"], []]);
  });
});

test("equal requests get equal bytes", async () => {
  await world.did(ADA, { post: 101, kind: "like" }, { post: 103, kind: "rating", value: 80 });
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
    const page = (await world.serve().feed(request))!;
    return feedReply(request, { ...page, recommendationId: "r" }).bytes();
  };
  expect(await bytes()).toEqual(await bytes());
});
