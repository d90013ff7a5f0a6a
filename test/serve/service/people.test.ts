/** From a user's rows in the store to what ranking knows of them. */
import { expect, test } from "bun:test";
import type { UserId } from "../../../src/domain.ts";
import { foldPerson, historyOf } from "../../../src/serve/service/people.ts";
import type { LiveSnapshot } from "../../../src/serve/service/live.ts";
import { openStore } from "../../../src/store/open.ts";
import { modelOf, nearestIn, rankingWith } from "../../support/model.ts";
import { history } from "../../support/histories.ts";

const ADA = 1 as UserId;
const USER = {
  id: ADA,
  username: "ada",
  name: "",
  bio: "I cook.",
  role: "U",
  userType: "",
  postCount: 0,
  followingCount: 0,
  followerCount: 0,
  shareCount: 0,
  inspiredCount: 0,
};
/** 1, five counters, three places of a text → two factors: the text's first place is factor 1. */
const USER_MAP = Float32Array.from({ length: 9 * 2 }, (_, n) => Number(n === 6 * 2));
const model = { ...modelOf([{ factors: [1, 0] }, {}]), userMap: USER_MAP };
const snapshot = {
  id: "s",
  manifest: {} as LiveSnapshot["manifest"],
  ranker: { ...rankingWith(model).ranker, model },
  nearest: nearestIn(model),
} as LiveSnapshot;

async function storeWith(vectors: Readonly<Record<string, Float32Array>>) {
  const store = openStore(":memory:");
  await store.users.record([USER], 1);
  await store.texts.hashUsers(10, () => "hash");
  for (const [model, vector] of Object.entries(vectors))
    await store.embeddings.put(model, [{ hash: "hash", vector }]);
  return store;
}

test("a profile's text says something before its owner has done anything", async () => {
  using store = await storeWith({ "fake@1": Float32Array.of(1, 0, 0) });
  const { factors } = await foldPerson(store, snapshot, ADA, history());
  expect(factors).toEqual(Float32Array.of(1, 0));
});

test("a profile's vector by another encoder says nothing", async () => {
  using store = await storeWith({ "other@2": Float32Array.of(1, 0, 0) });
  const { factors } = await foldPerson(store, snapshot, ADA, history());
  expect(factors).toEqual(Float32Array.of(0, 0));
});

test("a stranger, and somebody without a profile, are nobody yet", async () => {
  using store = await storeWith({});
  expect((await foldPerson(store, snapshot, undefined, history())).factors).toBeUndefined();
  expect((await foldPerson(store, snapshot, 2 as UserId, history())).factors).toBeUndefined();
  expect((await historyOf(store, undefined)).postIds).toHaveLength(0);
});
