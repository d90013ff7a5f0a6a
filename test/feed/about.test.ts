/** The numbers at `/`. */
import { expect, test } from "bun:test";
import { storeCounts } from "../../src/feed/about.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { append, change } from "../support/changes.ts";

const event = (user: string, post: string) => ({
  userId: user as UserId,
  postId: post as PostId,
  kind: "like" as const,
  value: 1,
  claimedAtMs: 1,
});

test("people are those of whom anything is stored, and not the erased ones", async () => {
  using store = openStore(":memory:");
  const receipt = { receivedAtMs: 1, origin: "app" };
  await append(store, [event("ada", "a"), event("bob", "a"), event("bob", "b")], receipt);
  expect(await store.users.count()).toBe(2);
  await change(store, "eraseUser", "bob" as UserId, 1);
  expect(await store.users.count()).toBe(1);
});

test("events are those about posts that are stored: neither steering, nor an erasure, nor what it erased", async () => {
  using store = openStore(":memory:");
  const counts = storeCounts(store, () => 0);
  const receipt = { receivedAtMs: 1, origin: "app" };
  await append(store, [event("ada", "a"), event("bob", "a")], receipt);
  expect((await counts()).events).toBe(2);
  await change(store, "steer", "ada" as UserId, { way: "hide", target: "creator", id: "eve" }, 1);
  await append(store, [event("ada", "b")], receipt);
  expect((await counts()).events).toBe(3);
  await change(store, "eraseUser", "bob" as UserId, 1);
  expect((await counts()).events).toBe(2);
});

test("each entry of the log is counted once, some thousand at a time, and all anew after an erasure", async () => {
  let [last, erasure, nowMs] = [50_000, 0, 0];
  const spans: [number, number][] = [];
  const counts = storeCounts(
    {
      posts: { count: async () => 0 },
      users: { count: async () => 0 },
      events: {
        lastSeq: async () => last,
        lastErasure: async () => erasure,
        count: async (after = 0, until = Infinity) => (spans.push([after, until]), until - after),
      },
    },
    () => nowMs++,
  );
  const counted = async () => {
    nowMs += 1_000;
    const { events } = await counts();
    return { events, spans: spans.splice(0) };
  };
  const all: [number, number][] = [[0, 20_000], [20_000, 40_000], [40_000, 50_000]]; // prettier-ignore
  expect(await counted()).toEqual({ events: 50_000, spans: all });
  last = 50_003;
  expect(await counted()).toEqual({ events: 50_003, spans: [[50_000, 50_003]] });
  expect(await counted()).toEqual({ events: 50_003, spans: [] });
  [last, erasure] = [50_000, 50_000];
  expect(await counted()).toEqual({ events: 50_000, spans: all });
});

test("counting takes a hundredth of the time at most", async () => {
  let nowMs = 0;
  let counted = 0;
  const slow = async () => ((nowMs += 20), ++counted);
  const counts = storeCounts(
    {
      posts: { count: slow },
      users: { count: async () => 3 },
      events: openStore(":memory:").events,
    },
    () => nowMs,
  );
  expect(await counts()).toEqual({ posts: 1, people: 3, events: 0 });
  nowMs = 2_019;
  expect((await counts()).posts).toBe(1);
  nowMs = 2_020;
  expect((await counts()).posts).toBe(2);
});
