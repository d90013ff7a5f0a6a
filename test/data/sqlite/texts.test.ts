/** Texts, their hashes and their vectors in SQLite. */
import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { openStore, type StoreFile } from "../../../src/data/sqlite/open.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { somePost, someUser } from "../../support/records.ts";
import { hashPosts, hashUsers } from "../../support/hashes.ts";

const VECTOR = Float32Array.of(0.6, -0.8, 0);
/** The title in place of a text's hash, to be readable. */
const byTitle = ({ title }: { title: string }) => title;

async function withPosts(...them: Parameters<typeof somePost>[]): Promise<StoreFile> {
  const store = openStore(":memory:");
  await store.posts.record(
    them.map((it) => somePost(...it)),
    1,
  );
  return store;
}
const idsOf = (rows: { key: number }[]) => rows.map((it) => it.key as number);

describe("hashing texts", () => {
  test("shows each text once, a few at a time, with all its fields", async () => {
    using store = await withPosts([1], [2], [3]);
    const { postsToHash, keepPostHashes } = store.texts;
    const first = await postsToHash(2);
    expect(first).toMatchObject([{ key: 1 }, { key: 2 }]);
    const fields = { title: "post 1", category: "Vible", topic: "", slug: "post-1", tags: "" };
    expect(first[0]).toMatchObject({ ...fields, summary: "" });
    await keepPostHashes(first.map((it) => ({ ...it, hash: "" })));
    expect(await postsToHash(2)).toMatchObject([{ key: 3 }]);
  });

  test("shows a post without category or topic with empty ones", async () => {
    using store = await withPosts([1, { categories: [] }]);
    await hashPosts(store.texts, (it) => {
      expect(it).toMatchObject({ category: "", topic: "" });
      return "x";
    });
    expect.assertions(1);
  });

  test("shows bio, role and user type of a user", async () => {
    using store = openStore(":memory:");
    await store.users.record([someUser(4, "ada", { bio: "runs", userType: "coach" })], 1);
    const seen: unknown[] = [];
    await hashUsers(store.texts, (it) => (seen.push(it), "x"));
    expect(seen).toMatchObject([{ key: 1, bio: "runs", role: "U", userType: "coach" }]);
  });
});

describe("texts without a vector", () => {
  test("are those whose hash has none of this model, newest post first", async () => {
    using store = await withPosts(
      [1, { title: "a", createdAtMs: 5 }],
      [2, { title: "b", createdAtMs: 9 }],
      [3, { title: "c", createdAtMs: 7 }],
    );
    await hashPosts(store.texts, byTitle);
    expect(idsOf(await store.texts.postsWithoutVector("m", 10))).toEqual([2, 3, 1]);
    expect(idsOf(await store.texts.postsWithoutVector("m", 1))).toEqual([2]);
    await store.embeddings.put("m", [{ hash: "c", vector: VECTOR }]);
    expect(idsOf(await store.texts.postsWithoutVector("m", 10))).toEqual([2, 1]);
    expect(idsOf(await store.texts.postsWithoutVector("another", 10))).toEqual([2, 3, 1]);
  });

  test("are not those that say nothing, or that nobody has looked at", async () => {
    using store = await withPosts([1, { title: "" }], [2]);
    const [first] = await store.texts.postsToHash(1);
    await store.texts.keepPostHashes([{ ...first!, hash: "" }]);
    expect(await store.texts.postsWithoutVector("m", 10)).toEqual([]);
    expect(await store.texts.backlog("m")).toBe(0);
  });

  test("are counted by text, of posts and of users", async () => {
    using store = await withPosts([1, { title: "a" }], [2, { title: "a" }], [3, { title: "b" }]);
    await store.users.record([someUser(1, "ada", { bio: "c" })], 1);
    await hashPosts(store.texts, byTitle);
    await hashUsers(store.texts, (it) => it.bio);
    expect(await store.texts.backlog("m")).toBe(3);
    await store.embeddings.put(
      "m",
      ["a", "c"].map((hash) => ({ hash, vector: VECTOR })),
    );
    expect(await store.texts.backlog("m")).toBe(1);
    expect(await store.texts.usersWithoutVector("m", 10)).toEqual([]);
  });
});

describe("embeddings", () => {
  test("come back bit by bit, those that are there", async () => {
    using store = openStore(":memory:");
    const whole = Float32Array.of(9, 1, -0, 1e-40, 9);
    const vector = whole.subarray(1, 4); // a view, as a worker's reply may be
    await store.embeddings.put("m", [
      { hash: "a", vector },
      { hash: "b", vector: VECTOR },
    ]);
    const found = await store.embeddings.get("m", ["b", "a", "none"]);
    expect([...found.keys()].sort()).toEqual(["a", "b"]);
    expect(found.get("a")).toEqual(vector.slice());
    expect(await store.embeddings.get("m", [])).toEqual(new Map());
  });

  test("are read in turn by hash, some at a time, of one model", async () => {
    using store = openStore(":memory:");
    const named = (...hashes: string[]) => hashes.map((hash) => ({ hash, vector: VECTOR }));
    await store.embeddings.put("m", named("c", "a", "b"));
    await store.embeddings.put("n", named("d"));
    expect(await store.embeddings.after("m", "", 2)).toEqual(named("a", "b"));
    expect(await store.embeddings.after("m", "b", 2)).toEqual(named("c"));
    expect(await store.embeddings.after("m", "c", 2)).toEqual([]);
  });

  test("that a damaged page has spoilt are none, and can be stored anew", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "store.db");
    const hashes = ["a", "b", "c", "d"];
    using store = openStore(path);
    await store.embeddings.put("m", hashes.map((hash) => ({ hash, vector: VECTOR }))); // prettier-ignore
    const spoil = (hash: string, bytes: Uint8Array) => {
      using db = new Database(path);
      db.run("UPDATE embedding SET vector = ? WHERE text_hash = ?", [bytes, hash]);
    };
    spoil("a", new Uint8Array(12).fill(0xff)); // NaN
    spoil("b", new Uint8Array(12));
    spoil("c", new Uint8Array(5));
    expect([...(await store.embeddings.get("m", hashes)).keys()]).toEqual(["d"]);
    expect(await store.embeddings.after("m", "", 2)).toEqual([{ hash: "d", vector: VECTOR }]);
    await store.embeddings.put("m", [{ hash: "b", vector: VECTOR }]);
    expect([...(await store.embeddings.get("m", hashes)).keys()]).toEqual(["b", "d"]);
  });

  test("of two models are kept apart", async () => {
    using store = openStore(":memory:");
    await store.embeddings.put("m", [{ hash: "a", vector: VECTOR }]);
    await store.embeddings.put("n", [{ hash: "a", vector: Float32Array.of(1) }]);
    expect((await store.embeddings.get("m", ["a"])).get("a")).toEqual(VECTOR);
    expect((await store.embeddings.get("n", ["a"])).get("a")).toEqual(Float32Array.of(1));
  });

  test("stay as they were first stored: a text's vector does not change", async () => {
    using store = openStore(":memory:");
    await store.embeddings.put("m", [{ hash: "a", vector: VECTOR }]);
    await store.embeddings.put("m", [{ hash: "a", vector: Float32Array.of(1, 0, 0) }]);
    expect((await store.embeddings.get("m", ["a"])).get("a")).toEqual(VECTOR);
  });
});
