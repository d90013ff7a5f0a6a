/** The tally of the event log by day and kind. */
import { describe, expect, test } from "bun:test";
import { openStore } from "../../../src/data/sqlite/open.ts";
import type { PostId, UserId } from "../../../src/domain/ids.ts";
import { signalOf, type SignalName } from "../../../src/domain/known-signals.ts";
import { dailyTally } from "../../../src/feed/overview/daily.ts";
import { append, change } from "../../support/changes.ts";

const DAY_MS = 86_400_000;
/** Noon of the 100th and of the 101st day of the epoch. */
const [FIRST_MS, SECOND_MS] = [100.5 * DAY_MS, 101.5 * DAY_MS];

function openLog() {
  const store = openStore(":memory:");
  const did = (userId: string, kind: SignalName, atMs: number, isWithdrawal = false) =>
    append(
      store,
      [{ userId: userId as UserId, postId: "p" as PostId, kind, value: 1, claimedAtMs: atMs, isWithdrawal }], // prettier-ignore
      { receivedAtMs: SECOND_MS, origin: "app" },
    );
  return { store, did, [Symbol.dispose]: () => store.close() };
}

describe("the tally of a log", () => {
  test("counts events and people by the day on which it was done, and what came since", async () => {
    using log = openLog();
    const tally = dailyTally(log.store.events);
    await log.did("ada", "view", FIRST_MS);
    await log.did("ada", "view", FIRST_MS + 1);
    await log.did("bob", "like", FIRST_MS);
    const views = async () => (await tally()).kinds.get(signalOf("view").code)!;
    expect([...(await views()).byDay]).toEqual([[100, 2]]);
    expect((await tally()).people(100)).toBe(2);
    await log.did("eve", "view", SECOND_MS);
    expect([...(await views()).byDay]).toEqual([[100, 2], [101, 1]]); // prettier-ignore
    expect([100, 101, 102].map((await tally()).people)).toEqual([2, 1, 0]);
  });

  test("has the last day on which something was done to a post, whatever the order of events", async () => {
    using log = openLog();
    const tally = dailyTally(log.store.events);
    for (const atMs of [FIRST_MS, SECOND_MS, FIRST_MS]) await log.did("ada", "view", atMs);
    const post = (await log.store.ids.postKeys(["p" as PostId])).get("p" as PostId)!;
    expect([post, post + 1].map((await tally()).lastDayOf)).toEqual([101, undefined]);
    await log.did("ada", "view", FIRST_MS);
    expect((await tally()).lastDayOf(post)).toBe(101);
  });

  test("counts nothing that was taken back as done, and believes no time after the receipt", async () => {
    using log = openLog();
    await log.did("ada", "like", FIRST_MS);
    await log.did("ada", "like", FIRST_MS + 1, true);
    await log.did("bob", "like", SECOND_MS + 9 * DAY_MS);
    const likes = (await dailyTally(log.store.events)()).kinds.get(signalOf("like").code);
    expect(likes).toEqual({ byDay: new Map([[100, 1], [101, 1]]), syncedMs: 0, pushedMs: SECOND_MS }); // prettier-ignore
  });

  test("forgets whom the log has forgotten", async () => {
    using log = openLog();
    const tally = dailyTally(log.store.events);
    await log.did("ada", "view", FIRST_MS);
    await log.did("bob", "view", FIRST_MS);
    expect((await tally()).people(100)).toBe(2);
    await change(log.store, "eraseUser", "ada" as UserId, SECOND_MS);
    expect((await tally()).people(100)).toBe(1);
  });

  test("of a log that is too long, only days after its first counted events are whole", async () => {
    const counted = async (afterSeq: number) => ({
      counts: [{ day: 100 + Number(afterSeq > 1_500_000), kind: 0, isUpstream: 0 as const, events: 1, newestMs: FIRST_MS }], // prettier-ignore
      ...{ people: [], posts: [] },
    });
    const log = { counted, lastSeq: async () => 1_600_000, lastErasure: async () => 0 };
    const { sinceDay, kinds } = await dailyTally(log)();
    expect([sinceDay, kinds.get(0)!.byDay.get(101)]).toEqual([101, 49]);
    expect((await dailyTally({ ...log, lastSeq: async () => 9 })()).sinceDay).toBe(-Infinity);
  });

  test("keeps the people of the newest 400 days that have any, and older ones that come later are dropped", async () => {
    const [oldest, newest] = [100, 599];
    const days = [...Array.from({ length: newest - oldest + 1 }, (_, n) => oldest + n), oldest];
    const log = {
      counted: async (afterSeq: number) => ({
        ...{ counts: [], posts: [] },
        people: [{ day: days[afterSeq / 2_000]!, user: 7 }],
      }),
      lastSeq: async () => days.length * 2_000,
      lastErasure: async () => 0,
    };
    const { people } = await dailyTally(log)();
    expect([oldest, newest - 400, newest - 399, newest].map(people)).toEqual([0, 0, 1, 1]);
  });
});
