import { describe, expect, test } from "bun:test";
import type { Interaction } from "../../../src/domain/event.ts";
import type { PostId, UserId, UserKey } from "../../../src/domain/ids.ts";
import { openDatabase } from "../../../src/data/sqlite/database.ts";
import { interactions } from "../../../src/data/sqlite/interactions.ts";
import { keysLikeIds } from "../../support/keys.ts";

const ADA = 1 as UserKey;
const BOB = 2 as UserKey;
const viewed = (post: number, claimedAtMs: number, user = ADA): Interaction => ({
  userId: String(user) as UserId,
  postId: String(post) as PostId,
  kind: "view",
  value: 1,
  claimedAtMs,
});
const fetchOf = (scan: number, atMs: number) => ({ scan, atMs, origin: "upstream" });

function opened() {
  const db = openDatabase(":memory:");
  keysLikeIds(db);
  return { interactions: interactions(db), [Symbol.dispose]: () => db.close() };
}

describe("interaction store", () => {
  test("returns a user's history oldest first", async () => {
    using store = opened();
    await store.interactions.record([viewed(9, 20), viewed(7, 10)], fetchOf(1, 100));
    const history = await store.interactions.history(ADA);
    expect([...history.postKeys]).toEqual([7, 9]);
    expect([...history.atMs]).toEqual([10, 20]);
  });

  test("keeps one row for a replayed or duplicated interaction, the newest", async () => {
    using store = opened();
    await store.interactions.record([viewed(7, 10), viewed(7, 30), viewed(7, 20)], fetchOf(1, 100));
    await store.interactions.record([viewed(7, 30)], fetchOf(2, 200));
    expect(await store.interactions.count()).toBe(1);
    expect([...(await store.interactions.history(ADA)).atMs]).toEqual([30]);
  });

  test("clamps a time in the future to its first fetch, however often it is fetched again", async () => {
    using store = opened();
    await store.interactions.record([viewed(7, 5_000)], fetchOf(1, 100));
    await store.interactions.record([viewed(7, 5_000)], fetchOf(2, 200));
    expect([...(await store.interactions.history(ADA)).atMs]).toEqual([100]);
  });

  test("takes a clamped time as claimed once it is past: the clock may have been behind", async () => {
    using store = opened();
    await store.interactions.record([viewed(7, 150)], fetchOf(1, 100));
    expect([...(await store.interactions.history(ADA)).atMs]).toEqual([100]);
    for (const scan of [2, 3])
      await store.interactions.record([viewed(7, 150)], fetchOf(scan, 100 * scan));
    expect([...(await store.interactions.history(ADA)).atMs]).toEqual([150]);
    expect(await store.interactions.position(ADA)).toBe(200);
  });

  test("takes as of from the newest interaction that is not in the future of its fetch", async () => {
    using store = opened();
    expect(await store.interactions.asOfMs()).toBeUndefined();
    await store.interactions.record([viewed(7, 40), viewed(8, 5_000)], fetchOf(1, 100));
    expect(await store.interactions.asOfMs()).toBe(40);
  });

  test("takes as of from none that lies ahead, though the clock that fetched it did so too", async () => {
    using store = opened();
    await store.interactions.record([viewed(7, 40), viewed(8, 5_000)], fetchOf(1, 9_000));
    expect(await store.interactions.asOfMs()).toBe(5_000);
    expect(await store.interactions.asOfMs(1_000)).toBe(40);
    expect(await store.interactions.asOfMs(10)).toBeUndefined();
  });

  test("replaces a rating by an older-dated one in a later scan, but not in the same one", async () => {
    using store = opened();
    const rated = (value: number, claimedAtMs: number) =>
      ({ ...viewed(7, claimedAtMs), kind: "rating", value }) as const;
    const known = async () => {
      const { values, atMs } = await store.interactions.history(ADA);
      return [...values, ...atMs];
    };
    await store.interactions.record([rated(80, 30), rated(20, 10)], fetchOf(1, 100));
    expect(await known()).toEqual([80, 30]);
    expect(await store.interactions.record([rated(20, 10)], fetchOf(2, 200))).toBe(1);
    expect(await known()).toEqual([20, 10]);
    await store.interactions.record([viewed(7, 30)], fetchOf(3, 300));
    await store.interactions.record([viewed(7, 10)], fetchOf(4, 400)); // a view is no rating
    expect(await known()).toEqual([20, 1, 10, 30]);
  });

  test("gives the history as it was at an earlier position", async () => {
    using store = opened();
    await store.interactions.record([viewed(7, 10)], fetchOf(1, 100));
    const before = await store.interactions.position(ADA);
    await store.interactions.record([viewed(8, 150)], fetchOf(2, 200));
    expect([...(await store.interactions.history(ADA, before)).postKeys]).toEqual([7]);
    expect([...(await store.interactions.history(ADA)).postKeys]).toEqual([7, 8]);
  });

  test("groups everybody's interactions by user", async () => {
    using store = opened();
    await store.interactions.record(
      [viewed(7, 10, BOB), viewed(8, 5), viewed(9, 6)],
      fetchOf(1, 100),
    );
    const all = await store.interactions.histories();
    expect([...all.userKeys]).toEqual([ADA, BOB]);
    expect([...all.rowStart]).toEqual([0, 2, 3]);
    expect([...all.postKeys]).toEqual([8, 9, 7]);
  });

  test("has empty columns before anything is stored", async () => {
    using store = opened();
    const all = await store.interactions.histories();
    expect(all.userKeys).toHaveLength(0);
    expect([...all.rowStart]).toEqual([0]);
  });
});
