import { describe, expect, test } from "bun:test";
import { signalOf, type SignalName } from "../../../src/domain/known-signals.ts";
import type { PostId, UserId, UserKey } from "../../../src/domain/ids.ts";
import type { Store } from "../../../src/data/contract.ts";
import { plainDataset } from "../../support/dataset.ts";
import { emptyDataset, eventRow, userRow, type Dataset } from "../../support/rows.ts";
import { socialverse, type StandIn } from "../../support/socialverse.ts";
import { noon, synced, syncing } from "../../support/upstream.ts";
import { append } from "../../support/changes.ts";

// 1,050 events of each kind: two pages. User 1 did every kind to posts 1, 6, 11, …
const plain = () => socialverse({ data: plainDataset({ users: 30, posts: 175 }) });
const FIRST = 1 as UserKey;

/** Posts whose `kind` by user 1 is withdrawn. */
async function withdrawn(store: Store, kind: SignalName): Promise<number[]> {
  const history = await store.events.history(FIRST);
  const rows = [...history.kinds.keys()].filter(
    (n) => history.withdrawn[n] === 1 && history.kinds[n] === signalOf(kind).code,
  );
  return rows.map((n) => history.postKeys[n]!);
}

async function withdrawnPosts(store: Store): Promise<number[]> {
  const { keys, isWithdrawn } = await store.posts.columns();
  return [...keys].filter((_, n) => isWithdrawn[n] === 1);
}

function remove(standIn: StandIn, list: keyof Dataset, which: (id: number) => boolean): void {
  standIn.data[list] = standIn.data[list].filter((it) => !which(it.id));
}

describe("what two complete scans in a row miss", () => {
  test.each(["like", "inspire", "rating"] as const)("is withdrawn: %s", async (kind) => {
    const standIn = plain();
    using it = await synced(standIn);
    remove(standIn, kind, (id) => id === 1);
    expect((await it.sync(noon(2))).withdrawn).toBe(0);
    expect(await withdrawn(it.store, kind)).toEqual([]);
    expect((await it.sync(noon(3))).withdrawn).toBe(1);
    expect(await withdrawn(it.store, kind)).toEqual([1]);
    expect((await it.sync(noon(4))).withdrawn).toBe(0);
  });

  test("is withdrawn: a post", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    remove(standIn, "posts", (id) => id === 7);
    await it.sync(noon(2));
    expect(await withdrawnPosts(it.store)).toEqual([]);
    await it.sync(noon(3));
    expect(await withdrawnPosts(it.store)).toEqual([7]);
    expect(await it.store.posts.count()).toBe(175);
  });

  test("is withdrawn: a user, whose name then means the one that is left", async () => {
    const standIn = plain();
    standIn.data.users.push(userRow(31, { username: "user1" }));
    using it = await synced(standIn);
    expect(await it.store.users.find("user1")).toBe(FIRST);
    remove(standIn, "users", (id) => id === 1);
    await it.sync(noon(2));
    expect(await it.store.users.find("user1")).toBe(FIRST);
    await it.sync(noon(3));
    expect(await it.store.users.find("user1")).toBe(31 as UserKey);
    standIn.data.users.push(userRow(1));
    await it.sync(noon(4));
    expect(await it.store.users.find("user1")).toBe(FIRST);
  });

  test("is withdrawn by the hundreds too", async () => {
    const { like } = plainDataset({ users: 50, posts: 250 });
    const standIn = socialverse({ data: { ...emptyDataset(), like } });
    using it = await synced(standIn);
    remove(standIn, "like", (id) => id > 2_050);
    await it.sync(noon(2));
    expect((await it.sync(noon(3))).withdrawn).toBe(450);
  });

  test("comes back when it is seen again", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    const whole = structuredClone(standIn.data);
    await it.sync(noon(1));
    remove(standIn, "like", (id) => id === 1);
    remove(standIn, "posts", (id) => id === 7);
    await it.sync(noon(2));
    await it.sync(noon(3));
    Object.assign(standIn.data, whole);
    expect((await it.sync(noon(4))).changedRows).toBe(2);
    expect(await withdrawn(it.store, "like")).toEqual([]);
    expect(await withdrawnPosts(it.store)).toEqual([]);
  });
});

describe("what stays", () => {
  test("views, which upstream itself forgets", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    Object.assign(standIn.time, { nowMs: noon(2), viewWindowDays: 90 });
    standIn.data.view.push(
      eventRow("view", { id: 9_999, postId: 2, userId: 1, at: "2025-06-02 00:00:00" }),
    );
    const purged = await it.sync(noon(2));
    expect(purged.endpoints[2]).toMatchObject({ status: "complete", fetchedRows: 1, withdrawn: 0 });
    await it.sync(noon(3));
    expect(await withdrawn(it.store, "view")).toEqual([]);
    expect((await it.store.events.history(FIRST)).postKeys).toHaveLength(35 * 4 + 1);
  });

  test("what one scan missed and the next one saw", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    const { like } = structuredClone(standIn.data);
    for (const day of [1, 3, 5]) {
      standIn.data.like = like;
      await it.sync(noon(day));
      remove(standIn, "like", (id) => id === 1);
      expect((await it.sync(noon(day + 1))).withdrawn).toBe(0);
    }
  });

  test("a live row that slips to a page already read, when rows vanish between two pages", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    for (const [day, gone] of [
      [2, 3],
      [3, 4],
    ] as const) {
      const edit = () => remove(standIn, "like", (id) => id === gone);
      standIn.fault({ kind: "edit", on: "like", after: 1, times: 1, edit });
      expect((await it.sync(noon(day))).endpoints[3]).toMatchObject({ fetchedRows: 1_051 - day });
      expect(await withdrawn(it.store, "like")).toEqual([]);
    }
  });

  test("what a broken scan did not get to see", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    remove(standIn, "like", (id) => id === 1);
    await it.sync(noon(2));
    standIn.fault({ kind: "status", status: 500, on: "like", after: 1 });
    for (const day of [3, 4, 5]) {
      expect((await it.sync(noon(day))).endpoints[3]).toMatchObject({ status: "failed" });
      expect(await withdrawn(it.store, "like")).toEqual([]);
    }
    standIn.heal();
    expect((await it.sync(noon(6))).withdrawn).toBe(1);
  });

  test("what one broken scan and one complete scan missed", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    remove(standIn, "like", (id) => id === 1);
    standIn.fault({ kind: "status", status: 401, on: "like", after: 1, times: 1 });
    expect((await it.sync(noon(2))).endpoints[3]).toMatchObject({ status: "failed" });
    expect((await it.sync(noon(3))).withdrawn).toBe(0);
    expect((await it.sync(noon(4))).withdrawn).toBe(1);
  });

  test("what clients told us, which upstream cannot know", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    const own = {
      userId: "1" as UserId,
      postId: "2" as PostId,
      kind: "like",
      value: 1,
      claimedAtMs: noon(1),
    } as const;
    await append(it.store, [own], { receivedAtMs: noon(1), origin: "client" });
    await it.sync(noon(2));
    await it.sync(noon(3));
    expect(await withdrawn(it.store, "like")).toEqual([]);
  });
});
