/** Current events: those that hold, and feedback that is appended to what is there. */
import { expect, test } from "bun:test";
import type { CurrentFilter } from "../../src/data/log-entries.ts";
import { APP } from "../../src/data/history.ts";
import { ENDS_EARLIER } from "../../src/data/sqlite/migrations.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import {
  signalNamed,
  signalNames,
  signalOf,
  type SignalName,
} from "../../src/domain/known-signals.ts";
import { pick, seededRandom } from "../../src/linalg/random.ts";
import { writerOn } from "../support/push.ts";
import { append } from "../support/changes.ts";

const did = (user: string, kind: SignalName, post: string, claimedAtMs: number): Event => ({
  ...{ userId: user as UserId, postId: post as PostId },
  ...{ kind, value: 1, claimedAtMs },
});
const received = (receivedAtMs: number) => ({ receivedAtMs, origin: APP });

async function current({ events }: StoreFile, filter: CurrentFilter = {}) {
  const found: string[] = [];
  for await (const some of events.current(filter))
    found.push(...some.map(({ kind, value, atMs }) => `${kind} ${atMs}${value === 1 ? "" : ` of ${value}`}`)); // prettier-ignore
  return found;
}

test("reads what holds now, by user, post and kind: of views each, of likes the last", async () => {
  using store = openStore(":memory:");
  expect(await current(store)).toEqual([]);
  await append(store, [did("ada", "view", "a", 1), did("ada", "like", "a", 2), did("bob", "view", "a", 3)], received(5)); // prettier-ignore
  await append(store, [did("ada", "view", "a", 4)], received(6));
  await append(store, [{ ...did("ada", "like", "a", 5), isWithdrawal: true }], received(7));
  await append(store, [did("ada", "like", "b", 6)], received(8));
  expect(await current(store)).toEqual(["view 1", "view 3", "view 4", "like 6"]);
  const [user, post] = ["ada" as UserId, "a" as PostId];
  expect(await current(store, { user })).toEqual(["view 1", "view 4", "like 6"]);
  expect(await current(store, { post })).toEqual(["view 1", "view 3", "view 4"]);
  expect(await current(store, { user, kind: "like" })).toEqual(["like 6"]);
  expect(await current(store, { user: "eve" as UserId })).toEqual([]);
  const many = Array.from({ length: 2_500 }, (_, n) => did("eve", "view", `p${n}`, n));
  await append(store, many, received(9));
  expect(await current(store)).toHaveLength(2_504);
});

test("upstream's views count once: a later time replaces the one before", async () => {
  using store = openStore(":memory:");
  for (const atMs of [1, 2])
    await store.events.record([did("ada", "view", "a", atMs)], { scan: atMs, atMs: 9 });
  expect(await current(store)).toEqual(["view 2"]);
});

test("what holds now is what a history holds, whatever apps and upstream sent and took back", async () => {
  using store = openStore(":memory:");
  const random = seededRandom(7);
  for (let n = 0; n < 1_500; n++) {
    const [user, kind, post] = [pick(random, ["ada", "bob"]), pick(random, signalNames()), pick(random, ["a", "b", "c"])] as const; // prettier-ignore
    const event = { ...did(user, kind, post, n), value: signalOf(kind).value.unit === "none" ? 1 : n % 50 }; // prettier-ignore
    if (random() < 0.3) await store.events.record([event], { scan: n, atMs: 2_000 });
    else if (random() < 0.3)
      await append(store, [{ ...event, isWithdrawal: true }], received(2_000)); // prettier-ignore
    else if (random() < 0.5) await append(store, [event], received(2_000));
    else await writerOn(store).write("appendFeedback", [event], received(2_000), random() < 0.5);
  }
  for (const user of ["ada", "bob"] as UserId[]) {
    const key = (await store.ids.userKeys([user])).get(user)!;
    const { kinds, values, atMs, withdrawn } = await store.events.wholeHistory(key);
    const held = [...kinds.keys()].filter((n) => withdrawn[n] === 0);
    const inHistory = held.map((n) => `${signalNamed(kinds[n]!)} ${atMs[n]}${values[n] === 1 ? "" : ` of ${values[n]}`}`); // prettier-ignore
    expect((await current(store, { user })).sort()).toEqual(inHistory.sort());
    expect(held.length).toBeGreaterThan(20);
  }
});

test("other work goes on while a long log is read", async () => {
  using store = openStore(":memory:");
  const views = Array.from({ length: 5_000 }, (_, n) => did("ada", "view", `p${n}`, n));
  await append(store, views, received(1));
  let isHeard = false;
  setImmediate(() => (isHeard = true));
  for await (const _ of store.events.current({})) if (isHeard) return;
  expect("other work").toBe("done meanwhile");
});

test("the index of what ends earlier events leaves out what adds up, as the table has it", () => {
  const adding = signalNames().map(signalOf).filter((it) => it.repeats === "adds"); // prettier-ignore
  expect(ENDS_EARLIER).toContain(`(${adding.map((it) => it.code).join(", ")})`);
});

test.each([
  ["a second rating in one batch changes nothing", false, [[20, 1], [90, 2]], ["rating 1 of 20"]],
  ["put, the last of one batch holds", true, [[20, 1], [90, 2]], ["rating 2 of 90"]],
  ["put, the last of one batch holds at the same time too", true, [[20, 1], [90, 1]], ["rating 1 of 90"]],
] as const)("feedback: %s", async (_, overwrites, ratings, holds) => {
  using store = openStore(":memory:");
  const rows = ratings.map(([value, atMs]) => ({ ...did("ada", "rating", "a", atMs), value }));
  await writerOn(store).write("appendFeedback", rows, received(9), overwrites);
  expect(await current(store)).toEqual([...holds]);
}); // prettier-ignore

test("feedback that was withdrawn can be given again, once at each time", async () => {
  using store = openStore(":memory:");
  const { write } = writerOn(store);
  for (const kind of ["view", "like"] as const) {
    const rows = [did("ada", kind, "a", 1), did("ada", kind, "a", 2)];
    const holding = kind === "view" ? ["view 1", "view 2"] : ["like 1"];
    for (let round = 0; round < 3; round++) {
      for (let replay = 0; replay < 2; replay++)
        await write("appendFeedback", rows, received(9), false);
      expect(await current(store, { kind })).toEqual(holding);
      await write("appendEvents", [{ ...did("ada", kind, "a", 3 + round), isWithdrawal: true }], received(9)); // prettier-ignore
      expect(await current(store, { kind })).toEqual([]);
    }
  }
});

test("every look-up of what is there goes through an index", async () => {
  using store = openStore(":memory:");
  const { write } = writerOn(store);
  const views = Array.from({ length: 3_000 }, (_, n) => did("ada", "view", `p${n}`, n));
  const withdrawals = views.map((it) => ({ ...it, isWithdrawal: true }));
  await write("appendFeedback", views, received(1), false);
  await write("appendEvents", withdrawals, received(2));
  await write("appendFeedback", views, received(3), false);
  expect(await current(store)).toHaveLength(3_000);
});
