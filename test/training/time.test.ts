/** "As of" is the newest event one can believe, never the wall clock. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, UserId, UserKey } from "../../src/domain/ids.ts";
import { readDataset } from "../../src/training/dataset.ts";
import { learn } from "../../src/training/run.ts";
import { openRanker } from "../../src/ranking/feed.ts";
import { personOf } from "../../src/models/person.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import { nearestIn } from "../support/model.ts";
import { postRow } from "../support/rows.ts";
import { toPost } from "../../src/ingest/socialverse/schema.ts";
import { oneThread } from "../support/kernel.ts";
import { freshPart } from "../../src/models/freshness/model.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2024, 0, 1);
const FETCHED_MS = START_MS + 60 * DAY_MS;
const FUTURE_MS = Date.UTC(2099, 0, 1);
const [USERS, POSTS] = [30, 60];

/** A little world, `shiftMs` later than it was; people like posts of their own third. */
async function world(shiftMs = 0, more: readonly Event[] = [], changed: object = {}) {
  const store = openStore(":memory:");
  const posts = Array.from({ length: POSTS }, (_, n) =>
    postRow(n + 1, {
      created_at: START_MS + n * DAY_MS * 0.9 + shiftMs,
      ...(n === 20 && changed),
    }),
  );
  await store.posts.record(
    posts.map((it) => toPost(it)!),
    1,
  );
  const likes: Event[] = [];
  for (let user = 1; user <= USERS; user++)
    for (let n = 0; n < 8; n++)
      likes.push({
        userId: String(user) as UserId,
        postId: String(1 + ((user * 7 + n * n * 3) % 20) * 3 - (user % 3)) as PostId,
        kind: n % 4 === 3 ? "rating" : "like",
        value: n % 4 === 3 ? 20 * (user % 5) : 1,
        claimedAtMs: START_MS + (user * 40 + n * 400) * 900_000 + shiftMs,
      });
  await store.events.record([...likes, ...more], {
    scan: 1,
    atMs: FETCHED_MS + shiftMs,
  });
  return store;
}

/** Learn at `nowMs` and rank for everybody and a stranger. */
async function feeds(store: StoreFile, nowMs: number) {
  const data = await readDataset(store, undefined, nowMs);
  const model = await learn(data, { seed: 1, kernel: oneThread, onProgress: () => {} });
  const ranker = atOnce(openRanker(model, nearestIn(model)));
  const lists: number[][] = [];
  for (let user = 0; user <= USERS; user++) {
    const history = await store.events.history(user as UserKey);
    const person = personOf(model, ranker.rowOf, history);
    const { rows } = ranker.rank({ person, categoryMask: undefined, mood: undefined, limit: 60 });
    lists.push(Array.from(rows, (row) => model.postKeys[row]!));
  }
  store.close();
  return { lists, model };
}

describe("a replayed world", () => {
  test("ranks the same if the clock is a year ahead", async () => {
    const year = 366 * DAY_MS;
    const { lists } = await feeds(await world(), FETCHED_MS);
    const shifted = await feeds(await world(year), FETCHED_MS + year);
    const paused = await feeds(await world(), FETCHED_MS + year);
    expect(new Set(lists.map((it) => it.join())).size).toBeGreaterThan(10);
    expect(shifted.lists).toEqual(lists);
    expect(paused.lists).toEqual(lists);
  });
});

describe("one row dated 2099", () => {
  const view = (claimedAtMs: number): Event => ({
    userId: "3" as UserId,
    postId: "30" as PostId,
    kind: "view",
    value: 1,
    claimedAtMs,
  });

  test("counts as one of the moment it was fetched, and moves nothing else", async () => {
    const future = await feeds(await world(0, [view(FUTURE_MS)]), FETCHED_MS);
    const plain = await feeds(await world(), FETCHED_MS);
    const clamped = await feeds(await world(0, [view(FETCHED_MS + 1)]), FETCHED_MS);
    expect(future.model.info.asOfMs).toBe(plain.model.info.asOfMs);
    expect(future.model.parts["fresh"]).toEqual(plain.model.parts["fresh"]!);
    expect(future.lists).toEqual(clamped.lists);
  });

  test("as a post is as new as the newest event, no newer", async () => {
    const { model } = await feeds(await world(0, [], { created_at: FUTURE_MS }), FETCHED_MS);
    expect(model.createdAtMs[20]).toBe(model.info.asOfMs);
    expect(freshPart.of(model).columns.freshness[20]).toBe(1);
    const plain = await feeds(await world(), FETCHED_MS);
    const others = (it: typeof model) =>
      [...freshPart.of(it).columns.freshness].filter((_, row) => row !== 20);
    expect(others(model)).toEqual(others(plain.model));
  });
});

test("a store without events is as of now", async () => {
  using store = openStore(":memory:");
  await store.posts.record([toPost(postRow(1))!], 1);
  const data = await readDataset(store, undefined, FETCHED_MS);
  expect(
    (await learn(data, { seed: 1, kernel: oneThread, onProgress: () => {} })).info.asOfMs,
  ).toBe(FETCHED_MS);
});
