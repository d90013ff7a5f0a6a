/** From a user's rows in the store to what ranking knows of states. */
import { describe, expect, test } from "bun:test";
import type { PostId, UserId, UserKey } from "../../src/domain/ids.ts";
import { userStateCache } from "../../src/feed/user-state-cache.ts";
import type { ServedSnapshot } from "../../src/feed/snapshot-registry.ts";
import type { Store } from "../../src/data/contract.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { modelOf, nearestIn, rankingWith } from "../support/model.ts";
import { collaborativePart, factorsOf } from "../../src/models/ials/model.ts";
import { withColumns } from "../support/parts.ts";
import { someUser } from "../support/records.ts";
import { hashUsers } from "../support/hashes.ts";

const ADA = 1 as UserKey;
const USER = someUser(1, "ada", { bio: "I cook." });
/** 1, five counters, three places of a text → two factors: the text's first place is factor 1. */
const USER_MAP = Float32Array.from({ length: 9 * 2 }, (_, n) => Number(n === 6 * 2));
const model = withColumns(
  modelOf([{ factors: [1, 0] }, {}]),
  collaborativePart,
  { userMap: USER_MAP },
  { features: 9 },
);
const snapshot = {
  id: "s",
  manifest: {} as ServedSnapshot["manifest"],
  ranker: { ...rankingWith(model).ranker, model },
  nearest: nearestIn(model),
} as ServedSnapshot;

async function storeWith(vectors: Readonly<Record<string, Float32Array>>) {
  const store = openStore(":memory:");
  await store.users.record([USER], 1);
  await hashUsers(store.texts, () => "hash");
  for (const [model, vector] of Object.entries(vectors))
    await store.embeddings.put(model, [{ hash: "hash", vector }]);
  return store;
}

type Cache = ReturnType<typeof userStateCache>;

/** A user who asks now; `stages` names the timed stages that the request went through. */
async function askerOf(store: Store, userKey: UserKey | undefined, stages: string[] = []) {
  const position = userKey === undefined ? 0 : await store.events.position(userKey);
  const lap = (stage: string) => void stages.push(stage);
  const user = userKey && { key: userKey, id: String(userKey) as UserId };
  return { user, position, catalogue: await store.version(), nowMs: 0, lap };
}

/** The state of a user now, and whether they were folded in for it. */
async function asked(store: Store, cache: Cache, userKey: UserKey | undefined) {
  const stages: string[] = [];
  const state = await cache.known(snapshot, await askerOf(store, userKey, stages));
  return {
    ...state,
    factors: factorsOf(model, state.person),
    isFolded: stages.includes("fold-in"),
  };
}
const like = (post: number, atMs: number) =>
  ({
    userId: "1" as UserId,
    postId: String(post) as PostId,
    kind: "like",
    value: 1,
    claimedAtMs: atMs,
  }) as const;
const fetched = (atMs: number) => ({ scan: 9, atMs, origin: "upstream" });

test("the text of a profile counts before its owner has done anything", async () => {
  using store = await storeWith({ "fake@1": Float32Array.of(1, 0, 0) });
  expect((await asked(store, userStateCache(store), ADA)).factors).toEqual(Float32Array.of(1, 0));
});

test("a vector of another encoder is not used for the profile", async () => {
  using store = await storeWith({ "other@2": Float32Array.of(1, 0, 0) });
  expect((await asked(store, userStateCache(store), ADA)).factors).toEqual(Float32Array.of(0, 0));
});

test("a newcomer, and a user without a profile, have no factors", async () => {
  using store = await storeWith({});
  const states = userStateCache(store);
  expect((await asked(store, states, undefined)).factors).toBeUndefined();
  expect((await asked(store, states, 2 as UserKey)).factors).toBeUndefined();
});

describe("a user who was folded in", () => {
  test("is folded in again only if their history or profile changes", async () => {
    using store = await storeWith({});
    const states = userStateCache(store);
    expect((await asked(store, states, ADA)).isFolded).toBe(true);
    expect((await asked(store, states, ADA)).isFolded).toBe(false);
    await store.posts.record([], 3);
    await store.users.record([someUser(2, "bob", { bio: "I cook." })], 3);
    expect((await asked(store, states, ADA)).isFolded).toBe(false);
    await store.events.record([like(101, 1_000)], fetched(5_000));
    const now = await asked(store, states, ADA);
    expect(now.isFolded).toBe(true);
    expect([...now.liked]).toEqual([1]);
  });

  test("is folded in again when the profile's text gets its vector", async () => {
    using store = await storeWith({});
    const states = userStateCache(store);
    expect((await asked(store, states, ADA)).factors).toEqual(Float32Array.of(0, 0));
    const vector = Float32Array.of(1, 0, 0);
    await store.embeddings.put("fake@1", [{ hash: "hash", vector }]);
    expect((await asked(store, states, ADA)).factors).toEqual(Float32Array.of(1, 0));
  });

  test("can be read as of an earlier position", async () => {
    using store = await storeWith({});
    const states = userStateCache(store);
    await store.events.record([like(101, 1_000)], fetched(5_000));
    await store.events.record([like(102, 2_000)], fetched(6_000));
    expect((await asked(store, states, ADA)).person.length).toBe(2);
    const at = async (position: number) =>
      (await states.knownAt(snapshot, await askerOf(store, ADA), position)).person.length;
    expect([await at(1), await at(2)]).toEqual([1, 2]);
  });
});

test("a person with a post whose vector is missing is folded in again in each state of the snapshot, until it is there", async () => {
  using store = openStore(":memory:");
  await store.events.record([like(101, 1)], fetched(1));
  const id = (await store.ids.postKeys(["101" as PostId])).get("101" as PostId)!;
  const asker = await askerOf(store, ADA);
  const cache = userStateCache(store);
  const inState = (state: string, vector: number[] | undefined) => {
    const later = modelOf([
      { id, ...(vector && { vector }) },
      { id: id + 1, vector: [0, 1] },
    ]);
    return { ...snapshot, ranker: rankingWith(later).ranker, state };
  };
  const before = await cache.known(inState("1", undefined), asker);
  expect((await cache.known(inState("1", undefined), asker)).person).toBe(before.person);
  const after = await cache.known(inState("2", [1, 0]), asker);
  expect(after.person).not.toBe(before.person);
  expect((await cache.known(inState("3", [1, 0]), asker)).person).toBe(after.person);
});
