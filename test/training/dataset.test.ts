import { describe, expect, test } from "bun:test";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { readDataset } from "../../src/training/dataset.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import { somePost, someUser } from "../support/records.ts";
import { hashPosts, hashUsers } from "../support/hashes.ts";

const ENCODER = { model: "m", dimension: 2 };
const unitOf = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));
const [X, Y] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];

/** Posts 1 to `titles.length` whose texts are their titles, and users 1 to `bios.length` who viewed them. */
async function filled(titles: readonly string[], bios: readonly string[] = []): Promise<StoreFile> {
  const store = openStore(":memory:");
  await store.posts.record(
    titles.map((title, n) => somePost(n + 1, { title })),
    1,
  );
  await store.users.record(
    bios.map((bio, n) => someUser(n + 1, `user${n}`, { bio })),
    1,
  );
  await hashPosts(store.texts, (it) => it.title);
  await hashUsers(store.texts, (it) => it.bio);
  const done = { postId: "1" as PostId, kind: "view", value: 1, claimedAtMs: 5 } as const;
  const views = bios.map((_, n) => ({ ...done, userId: String(n + 1) as UserId }));
  await store.events.record(views, { scan: 1, atMs: 9 });
  return store;
}

describe("the dataset of a run", () => {
  test("has each text's vector in its row, the same text's in several, none in the others", async () => {
    using store = await filled(["x", "none", "y", "x"]);
    await store.embeddings.put("m", [
      { hash: "x", vector: X },
      { hash: "y", vector: Y },
      { hash: "gone", vector: Y },
      { hash: "none", vector: Float32Array.of(1, 2, 3) }, // of another width
    ]);
    const { embeddings, embedded } = await readDataset(store, ENCODER, 0);
    expect([...embeddings]).toEqual([1, 0, 0, 0, 0, 1, 1, 0]);
    expect(embedded).toBe(3);
  });

  test("has them all where there are more than are read at a time", async () => {
    const titles = Array.from({ length: 1_203 }, (_, n) => `title ${n}`);
    using store = await filled(titles);
    await store.embeddings.put(
      "m",
      titles.map((hash, n) => ({ hash, vector: unitOf(n) })),
    );
    const { embeddings, embedded } = await readDataset(store, ENCODER, 0);
    expect(embedded).toBe(1_203);
    expect(titles.every((_, n) => embeddings[2 * n] === unitOf(n)[0])).toBe(true);
  });

  test("gives people the vector of their own profile", async () => {
    using store = await filled(["x"], ["y", "", "unknown", "x"]);
    await store.embeddings.put("m", [
      { hash: "x", vector: X },
      { hash: "y", vector: Y },
    ]);
    const { profiles } = await readDataset(store, ENCODER, 0);
    expect(profiles.map((it) => it?.vector)).toEqual([Y, undefined, undefined, X]);
  });

  test("is without vectors where no encoder is named", async () => {
    using store = await filled(["x"], ["y"]);
    await store.embeddings.put("m", [{ hash: "x", vector: X }]);
    const { embeddings, embedded, texts, profiles } = await readDataset(store, undefined, 0);
    expect([embeddings.length, embedded, texts]).toEqual([0, 0, {}]);
    expect(profiles[0]?.vector).toBeUndefined();
  });
});
