import { describe, expect, test } from "bun:test";
import type { Database } from "bun:sqlite";
import type { PostKey } from "../../../src/domain/ids.ts";
import type { Post } from "../../../src/domain/post.ts";
import { openDatabase } from "../../../src/data/sqlite/database.ts";
import { posts } from "../../../src/data/sqlite/posts.ts";
import { scans } from "../../../src/data/sqlite/scans.ts";
import { texts } from "../../../src/data/sqlite/texts.ts";
import { keysLikeIds } from "../../support/keys.ts";
import { somePost } from "../../support/records.ts";
import { hashPosts } from "../../support/hashes.ts";

/** The post table of an empty store. */
function opened() {
  const db = openDatabase(":memory:");
  keysLikeIds(db);
  const withdraw = (id: number) =>
    db.run("UPDATE post SET withdrawn_at_ms = 5 WHERE key = ?", [id]);
  return { db, ...posts(db), withdraw, [Symbol.dispose]: () => db.close() };
}

const ids = (...them: number[]) => them as PostKey[];
const hashAll = (db: Database) => hashPosts(texts(db), () => "seen");

describe("recording posts", () => {
  test("counts what is new or changed, and only that", async () => {
    using store = opened();
    expect(await store.record([somePost(1), somePost(2)], 1)).toBe(2);
    expect(await store.record([somePost(1), somePost(2)], 2)).toBe(0);
    expect(await store.record([somePost(1), somePost(2, { viewCount: 5 })], 3)).toBe(1);
    expect((await store.columns()).viewCounts).toEqual(Float64Array.of(0, 5));
    expect(await store.count()).toBe(2);
  });

  test("sees a change of the summary, which no card shows", async () => {
    using store = opened();
    await store.record([somePost(1)], 1);
    expect(await store.record([somePost(1, { summary: "a run in the rain" })], 2)).toBe(1);
  });

  test("marks every post with the scan that saw it last, changed or not", async () => {
    using store = opened();
    await store.record([somePost(1), somePost(2), somePost(3)], 1);
    await store.record([somePost(1), somePost(2, { title: "new" })], 7);
    expect(store.db.query("SELECT last_scan FROM post ORDER BY key").values().flat()).toEqual([
      7, 7, 1,
    ]);
  });

  test("takes the last of two equal ids", async () => {
    using store = opened();
    await store.record([somePost(1, { title: "old" }), somePost(1, { title: "new" })], 1);
    expect(await store.titles(ids(1, 2))).toMatchObject(new Map([[1, "new"]]));
  });

  test("keeps all or nothing of a batch", async () => {
    using store = opened();
    const broken = { ...somePost(2), title: null } as unknown as Post;
    const failure = await store.record([somePost(1), broken], 1).catch((it: unknown) => it);
    expect(failure).toBeInstanceOf(Error);
    expect(await store.count()).toBe(0);
  });
});

describe("the hash of a post's text", () => {
  const changes: Record<string, Partial<Post>> = {
    title: { title: "other" },
    slug: { slug: "other" },
    tags: { tags: "other" },
    summary: { summary: "other" },
    category: { categories: [{ id: 2, name: "Other" }] },
    "absence of a category": { categories: [] },
    topic: { topic: { code: "x", name: "Other" } },
  };

  test.each(Object.keys(changes))("is lost when the %s changes", async (field) => {
    using store = opened();
    await store.record([somePost(1)], 1);
    await hashAll(store.db);
    await store.record([somePost(1, changes[field])], 2);
    expect((await store.columns()).textHashes).toEqual([""]);
    expect(await texts(store.db).postsToHash(9)).toHaveLength(1);
  });

  test("is kept when only numbers and flags change, or nothing, or the post comes back", async () => {
    using store = opened();
    await store.record([somePost(1)], 1);
    await hashAll(store.db);
    await store.record([somePost(1)], 2);
    await store.record([somePost(1, { viewCount: 9, isLocked: true })], 3);
    store.withdraw(1);
    await store.record([somePost(1)], 4);
    expect((await store.columns()).textHashes).toEqual(["seen"]);
  });
});

describe("the columns of all posts", () => {
  test("are by ascending key, withdrawn posts too", async () => {
    using store = opened();
    const topic = { code: "abc", name: "ABC" };
    await store.record(
      [
        somePost(9, { categories: [], isPublic: false, exitCount: 3 }),
        somePost(4, { topic, createdAtMs: 7, title: "four", isLocked: true }),
      ],
      1,
    );
    store.withdraw(9);
    expect(await store.columns()).toEqual({
      keys: Float64Array.of(4, 9),
      createdAtMs: Float64Array.of(7, 1_000),
      isLocked: Uint8Array.of(1, 0),
      isPublic: Uint8Array.of(1, 0),
      isWithdrawn: Uint8Array.of(0, 1),
      isHidden: Uint8Array.of(0, 0),
      expiresAtMs: Float64Array.of(0, 0),
      viewCounts: Float64Array.of(0, 0),
      exitCounts: Float64Array.of(0, 3),
      categories: [[{ id: 2, name: "Vible" }], []],
      topicCodes: ["abc", undefined],
      titles: ["four", "post 9"],
      textHashes: ["", ""],
      summaries: ["", ""],
      creators: ["", ""],
      links: ["", ""],
      tags: ["", ""],
      durationsMs: Float64Array.of(0, 0),
    });
  });
});

describe("when a post was made", () => {
  const YEAR_2099 = Date.UTC(2099, 0, 1);
  const madeAt = async (...createdAtMs: number[]) => {
    using db = openDatabase(":memory:");
    const store = posts(db);
    const { begin } = scans(db);
    for (const [n, it] of createdAtMs.entries())
      await store.record(
        [somePost(1, { createdAtMs: it, viewCount: n })],
        await begin("posts", "2025-06-01", 1_000 * (n + 5)),
      );
    return (await store.columns()).createdAtMs[0]!;
  };

  test("is when upstream says, or when it was first seen if that is sooner", async () => {
    expect(await madeAt(3_000)).toBe(3_000);
    expect(await madeAt(YEAR_2099)).toBe(5_000);
    expect(await madeAt(YEAR_2099, YEAR_2099, YEAR_2099 + 1)).toBe(5_000);
    expect(await madeAt(3_000, YEAR_2099)).toBe(5_000);
    expect(await madeAt(YEAR_2099, 3_000)).toBe(3_000);
  });

  test("is long ago where nobody knows: never new", async () => {
    expect(await madeAt(0)).toBe(0);
    expect(await madeAt(-8.64e15)).toBe(0);
  });
});

describe("cards", () => {
  test("are given of servable posts only", async () => {
    using store = opened();
    await store.record(
      [somePost(1), somePost(2, { isLocked: true }), somePost(3, { isPublic: false }), somePost(5)],
      1,
    );
    store.withdraw(5);
    const cards = await store.cards(ids(5, 3, 2, 1, 77));
    expect([...cards.keys()]).toEqual(ids(1));
    expect(cards.get(1 as PostKey)).toMatchObject(somePost(1).card);
    expect(await store.cards([])).toEqual(new Map());
  });

  test("come back with a withdrawn post that is seen again, unchanged as it is", async () => {
    using store = opened();
    await store.record([somePost(1)], 1);
    store.withdraw(1);
    expect((await store.cards(ids(1))).size).toBe(0);
    expect(await store.record([somePost(1)], 2)).toBe(1);
    expect((await store.cards(ids(1))).size).toBe(1);
  });
});
