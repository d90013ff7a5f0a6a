/** Names and cards from memory: never older than the store. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import type { PostKey, UserId, UserKey } from "../../src/domain/ids.ts";
import { storeCache } from "../../src/feed/store-cache.ts";
import type { Store } from "../../src/data/contract.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { someUser } from "../support/records.ts";
import { openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { hashUsers } from "../support/hashes.ts";

const ADA = { key: 1 as UserKey, id: "1" as UserId };
const [A, B] = [101 as PostKey, 102 as PostKey];

/** A store that counts what is read of it. */
function counted(store: Store) {
  const reads = { find: 0, cards: 0 };
  const watched: Pick<Store, "ids" | "users" | "posts"> = {
    ids: store.ids,
    users: { ...store.users, find: (name) => (reads.find++, store.users.find(name)) },
    posts: { ...store.posts, cards: (ids) => (reads.cards++, store.posts.cards(ids)) },
  };
  const { find, cards } = storeCache(watched);
  return {
    find: async (name: string) => find(await store.version(), name),
    cards: async (ids: readonly PostKey[], nowMs = 0) => cards(await store.version(), ids, nowMs),
    reads,
  };
}

test("a name or card in the cache is not read again", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{ id: A }, { id: B }]);
  await world.fill();
  await world.user(1, "ada");
  const { find, cards, reads } = counted(world.store);
  const names = [await find("ada"), await find("ada"), await find("nobody"), await find("nobody")];
  expect(names).toEqual([ADA, ADA, undefined, undefined]);
  const first = await cards([A, B]);
  expect(await cards([B, A])).toEqual(first.toReversed());
  expect(reads).toEqual({ find: 3, cards: 1 }); // an event may make a name known at any time
});

test("only missing cards are read", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{ id: A }, { id: B }]);
  await world.fill();
  const { cards, reads } = counted(world.store);
  await cards([A]);
  expect((await cards([A, B])).map((it) => it !== undefined)).toEqual([true, true]);
  expect((await cards([B, 999 as PostKey])).map((it) => it !== undefined)).toEqual([true, false]);
  expect(reads.cards).toBe(3);
});

test("a post that is locked later is not shown, whichever process locked it", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{ id: A }, { id: B }]);
  await world.fill();
  const { cards } = counted(world.store);
  const shown = async () => (await cards([A, B])).map((it) => it !== undefined);
  expect(await shown()).toEqual([true, true]);
  await world.post(A, { isLocked: true });
  expect(await shown()).toEqual([false, true]);
  using other = openWorld(folder.path, []);
  await other.post(B, { isLocked: true });
  expect(await shown()).toEqual([false, false]);
});

test("a card is not shown any more once its post has expired, though it is in the cache", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{ id: B }]);
  await world.fill();
  await world.post(A, { expiresAtMs: 5_000 });
  const { cards, reads } = counted(world.store);
  const shownAt = async (ms: number) => (await cards([A, B], ms)).map((it) => it !== undefined);
  expect(await shownAt(4_999)).toEqual([true, true]);
  expect(await shownAt(5_000)).toEqual([false, true]);
  expect(reads.cards).toBe(1);
});

test("a user who is stored later is found, whichever process stored them", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, []);
  const { find } = counted(world.store);
  expect(await find("ada")).toBeUndefined();
  using other = openWorld(folder.path, []);
  await other.user(1, "ada");
  expect(await find("ada")).toEqual(ADA);
  await other.did(2_000, { post: 101, kind: "like" });
  expect((await find("2000"))?.id).toBe("2000" as UserId);
});

test("the catalogue's version moves with every change of it, whoever writes, and with nothing else", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, []);
  using other = openStore(join(folder.path, "store.db"));
  let before = await world.store.version();
  const moves = async (work: Promise<unknown>) => {
    await work;
    const [was, is] = [before, await world.store.version()];
    before = is;
    return is > was;
  };
  const ada = someUser(1, "ada");
  expect(await moves(world.store.users.find("ada"))).toBe(false);
  expect(await moves(other.users.record([ada], 1))).toBe(true);
  expect(await moves(world.store.users.record([ada], 2))).toBe(false);
  expect(await moves(world.did(1, { post: 101, kind: "like" }))).toBe(false);
  expect(await moves(other.meta.claimFor("http://a.example"))).toBe(false);
  expect(await moves(world.post(101))).toBe(true);
  expect(await moves(world.post(101, { isLocked: true }))).toBe(true);
  expect(await moves(world.did(2_000, { post: 101, kind: "like" }))).toBe(false); // nobody knew them
  expect(await moves(hashUsers(other.texts, () => "hash"))).toBe(true);
  const vector = Float32Array.of(1);
  expect(await moves(other.embeddings.put("m", [{ hash: "hash", vector }]))).toBe(true);
});

test("looked at less often, the version moves with this process's writes at once, with others' later", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, []);
  using other = openStore(join(folder.path, "store.db"));
  const { store } = world;
  const [before, lateMs] = [await store.version(), 1e9];
  await other.users.record([someUser(2, "bob")], 1);
  expect(await store.version(lateMs)).toBe(before);
  expect(await store.version()).toBeGreaterThan(before);
  await other.users.record([someUser(3, "eve")], 1);
  await world.user(1, "ada");
  expect(await store.version(lateMs)).toBe(before + 3);
});
