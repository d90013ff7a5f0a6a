/** Statistics of a served log and an event log whose answer can be counted by hand. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { join } from "node:path";
import type { Store } from "../../../src/data/contract.ts";
import type { ServedLog, ServedSlot } from "../../../src/data/served-log.ts";
import { openServedLog, openStore } from "../../../src/data/sqlite/open.ts";
import type { Event } from "../../../src/domain/event.ts";
import type { PostId, PostKey, UserId } from "../../../src/domain/ids.ts";
import { statsReader } from "../../../src/feed/stats/stats.ts";
import type { Outcomes } from "../../../src/feed/stats/outcomes.ts";
import { append } from "../../support/changes.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { keysLikeIds } from "../../support/keys.ts";
import { somePost } from "../../support/records.ts";

const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
const NOW_MS = Date.UTC(2026, 5, 10);
const SOURCES = [["popular", "fresh"], ["popular"], ["collaborative"]];

let folder: ReturnType<typeof temporaryFolder>;
let store: Store & { close: () => void };
let servedLog: ServedLog;
beforeEach(async () => {
  folder = temporaryFolder();
  store = openStore(join(folder.path, "store.db"));
  {
    using db = new Database(join(folder.path, "store.db"));
    keysLikeIds(db);
  }
  await store.posts.record([1, 2, 3, 4].map((id) => somePost(id)), 1); // prettier-ignore
  servedLog = openServedLog(join(folder.path, "served.db"));
});
afterEach(() => {
  servedLog.close();
  store.close();
  folder[Symbol.dispose]();
});

/** Logs that posts were shown so long ago: the first found by popular and fresh, the second by popular … */
function show(id: string, userId: string, hoursAgo: number, posts: readonly number[], over = {}) {
  const slots = posts.map((post, n): ServedSlot => ({ post: post as PostKey, sources: SOURCES[n % 3]!, score: 1, probability: 1, slot: n + 1 })); // prettier-ignore
  servedLog.append({
    ...{ recommendationId: id, atMs: NOW_MS - hoursAgo * HOUR_MS, userId, list: "l", from: 0 },
    ...{ snapshot: "s", policy: "feed", audience: "cold", match: [], fallback: [], slots, ...over },
  });
}

const did = (userId: string, kind: Event["kind"], post: number, hoursAgo: number, over = {}) =>
  append(
    store,
    [
      {
        ...{ userId: userId as UserId, postId: String(post) as PostId, kind, value: 1 },
        ...{ claimedAtMs: NOW_MS - hoursAgo * HOUR_MS, ...over },
      },
    ],
    { receivedAtMs: NOW_MS - hoursAgo * HOUR_MS, origin: "app" },
  );

const stats = (days = 7) => statsReader({ servedLog: () => servedLog, store, nowMs: () => NOW_MS })(days); // prettier-ignore
const counts = (it: Outcomes | undefined) =>
  it && [it.impressions, it.plays?.count, it.likes?.count, it.skips?.count];
const named = (rows: readonly ({ name: string } & Outcomes)[]) =>
  Object.fromEntries(rows.map((it) => [it.name, counts(it)]));

describe("statistics", () => {
  test("count each shown post once in total, by slot, by each of its sources, by audience and policy", async () => {
    show("a", "ada", 30, [1, 2, 3]);
    show("b", "bob", 29, [1, 4], { audience: "warm", policy: "trial" });
    await did("ada", "view", 1, 29.5);
    await did("ada", "like", 1, 29.4);
    await did("ada", "skip", 2, 29.3);
    await did("bob", "view", 4, 28.5);
    const it = await stats();
    expect(counts(it.total)).toEqual([5, 2, 1, 1]);
    expect([it.people, it.pages]).toEqual([2, 2]);
    expect(named(it.slot)).toEqual({ 1: [2, 1, 1, 0], 2: [2, 1, 0, 1], 3: [1, 0, 0, 0] });
    expect(named(it.source)).toEqual({
      popular: [4, 2, 1, 1],
      fresh: [2, 1, 1, 0],
      collaborative: [1, 0, 0, 0],
    });
    expect(named(it.audience)).toEqual({ cold: [3, 1, 1, 1], warm: [2, 1, 0, 0] });
    expect(named(it.policy)).toEqual({ feed: [3, 1, 1, 1], trial: [2, 1, 0, 0] });
  });

  test("credit an event to the reply that it names, else to the latest within a day before it", async () => {
    show("first", "ada", 50, [1, 2]);
    show("second", "ada", 30, [2, 1]);
    await did("ada", "view", 1, 29, { recommendationId: "first" }); // slot 1 of the first
    await did("ada", "like", 1, 28.9); // slot 2 of the second
    await did("ada", "view", 2, 2); // 28 hours after the second
    await did("ada", "view", 3, 29); // never shown
    await did("eve", "view", 1, 29); // was shown nothing
    const it = await stats();
    expect(named(it.slot)).toEqual({ 1: [2, 1, 0, 0], 2: [2, 0, 1, 0] });
  });

  test("credit an event with an unknown or foreign id as one without", async () => {
    show("a", "ada", 30, [1]);
    show("b", "bob", 30, [2]);
    await did("ada", "view", 1, 29, { recommendationId: "b" });
    expect(counts((await stats()).total)).toEqual([2, 1, 0, 0]);
  });

  test("know nothing of what was done before it was shown", async () => {
    show("a", "ada", 30, [1]);
    await did("ada", "view", 1, 31);
    expect(counts((await stats()).total)).toEqual([1, 0, 0, 0]);
  });

  test("count a shown post that was played twice as played once, with the larger share watched", async () => {
    show("a", "ada", 30, [1, 2]);
    await did("ada", "view", 1, 29, { watchedMs: 2_000, durationMs: 10_000 });
    await did("ada", "view", 1, 28, { watchedMs: 30_000, durationMs: 10_000 }); // a loop is whole
    await did("ada", "view", 2, 28, { watchedMs: 500, durationMs: 10_000 }); // ended as it began
    const { total } = await stats();
    expect(counts(total)).toEqual([2, 2, 0, 1]);
    expect(total.completion!.of).toBe(2);
    expect(total.completion!.rate).toBeCloseTo((1 + 0.05) / 2, 6);
  });

  test("are of the days that are asked for", async () => {
    show("old", "ada", 8 * 24, [1, 2, 3]);
    show("new", "ada", 24, [1]);
    expect(counts((await stats(7)).total)).toEqual([1, 0, 0, 0]);
    expect(counts((await stats(30)).total)).toEqual([4, 0, 0, 0]);
    expect((await stats(7)).sinceMs).toBe(NOW_MS - 7 * DAY_MS);
  });

  test("of nothing are zeros, without rates", async () => {
    const { total, slot, people } = await stats();
    expect([total.impressions, total.plays, slot, people]).toEqual([0, undefined, [], 0]);
  });

  test("have slots beyond 20 together", async () => {
    show(
      "a",
      "ada",
      2,
      Array.from({ length: 120 }, (_, n) => n + 1),
    );
    const { slot } = await stats();
    expect(slot.map((it) => it.name).slice(-4)).toEqual(["20", "21–50", "51–100", "101 and on"]);
    expect(slot.map((it) => it.impressions).slice(-4)).toEqual([1, 30, 50, 20]);
  });

  test("of who asks while they are counted are the same", async () => {
    const read = statsReader({ servedLog: () => servedLog, store, nowMs: () => NOW_MS });
    const [a, b, other] = [read(7), read(7), read(6)];
    expect(await a).toBe(await b);
    expect(await other).not.toBe(await a);
  });
});
