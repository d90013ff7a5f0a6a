/** What the log says now: events that stand, and what an app said last. */
import { expect, test } from "bun:test";
import { again } from "../../src/data/again.ts";
import type { StandingFilter, StandingPage } from "../../src/data/contract.ts";
import { APP } from "../../src/data/history.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { SignalName } from "../../src/domain/known-signals.ts";

const did = (user: string, kind: SignalName, post: string, claimedAtMs: number): Event => ({
  ...{ userId: user as UserId, postId: post as PostId },
  ...{ kind, value: 1, claimedAtMs },
});
const received = (receivedAtMs: number) => ({ receivedAtMs, origin: "client" });

test("reads what stands of the log, by user, post and kind, a part at a time", async () => {
  using store = openStore(":memory:");
  const { events, ids } = store;
  const all = async (filter: StandingFilter = {}) => {
    const found: string[] = [];
    for (let after: number | undefined = 0; after !== undefined;) {
      const page: StandingPage = await events.standing({ ...filter, after });
      found.push(...page.events.map(({ kind, atMs }) => `${kind} ${atMs}`));
      after = page.next;
    }
    return found;
  };
  expect(await all()).toEqual([]);
  await events.append([did("ada", "view", "a", 1), did("ada", "like", "a", 2), did("bob", "view", "a", 3)], received(5)); // prettier-ignore
  await events.append([did("ada", "view", "a", 4)], received(6));
  await events.append([{ ...did("ada", "like", "a", 5), isWithdrawal: true }], received(7));
  await events.append([did("ada", "like", "b", 6)], received(8));
  expect(await all()).toEqual(["view 3", "view 4", "like 6"]);
  const user = (await ids.userKeys(["ada" as UserId])).get("ada" as UserId);
  const post = (await ids.postKeys(["a" as PostId])).get("a" as PostId);
  expect(await all({ user })).toEqual(["view 4", "like 6"]);
  expect(await all({ post })).toEqual(["view 3", "view 4"]);
  expect(await all({ user, kind: "like" })).toEqual(["like 6"]);
  const many = Array.from({ length: 250 }, (_, n) => did("eve", "view", `p${n}`, n));
  await events.append(many, received(9));
  expect(await all()).toHaveLength(253);
});

test("tells what an app said last about a user, post and kind", async () => {
  using store = openStore(":memory:");
  const { events } = store;
  const about = did("ada", "like", "a", 0);
  const latest = async () => (await events.latest([about]))[0];
  const app = (receivedAtMs: number) => ({ receivedAtMs, origin: APP });
  expect(await latest()).toBeUndefined();
  await events.append([did("ada", "like", "a", 1)], app(1));
  expect(await latest()).toEqual({ isWithdrawn: false, value: 1, atMs: 1 });
  await events.append([again({ ...did("ada", "like", "a", 2), isWithdrawal: true })], app(2));
  expect(await latest()).toMatchObject({ isWithdrawn: true });
  await events.append([again(did("ada", "like", "a", 1))], app(3));
  expect(await latest()).toEqual({ isWithdrawn: false, value: 1, atMs: 1 });
  await events.append([did("ada", "like", "a/b", 9), did("ada", "view", "a", 9)], app(4));
  expect(await latest()).toMatchObject({ atMs: 1 });
});
