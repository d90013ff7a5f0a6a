/** The log of events: what is appended, and what stands of it at any seq. */
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { Event } from "../../../src/domain/event.ts";
import type { PostId, UserId, UserKey } from "../../../src/domain/ids.ts";
import type { Write } from "../../../src/data/changes.ts";
import { changeAll } from "../../../src/data/sqlite/changes.ts";
import { openDatabase } from "../../../src/data/sqlite/database.ts";
import { events } from "../../../src/data/sqlite/event-log.ts";
import { users } from "../../../src/data/sqlite/users.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { someUser } from "../../support/records.ts";
import { ADA, did, viewed, rated, scan, own, clientsOf, opened } from "./logged.ts";

const BOB = 2 as UserKey;

const bobs = { userId: "2" as UserId };

describe("what clients tell", () => {
  test("a like, an unlike and a like again stand as they did at each seq, one at a time", async () => {
    using log = opened();
    await log.append([did("like", 7, 10)], own(11));
    await log.append([did("like", 7, 20, { isWithdrawal: true })], own(21));
    await log.append([did("like", 7, 30)], own(31));
    expect(await log.known(0)).toEqual([]);
    expect(await log.known(1)).toEqual(["like 7@10=1"]);
    expect(await log.known(2)).toEqual(["(like 7@10=1)"]);
    expect(await log.known(3)).toEqual(["like 7@30=1"]);
  });

  test("three views of one post are three, a rating changed twice is the last one", async () => {
    using log = opened();
    const views = [viewed(7, 10), viewed(7, 20), viewed(7, 30)];
    await log.append([...views, rated(20, 40), rated(80, 50), rated(60, 60)], own(100));
    expect(await log.known()).toEqual(["view 7@10=1", "view 7@20=1", "view 7@30=1", "rating 7@60=60"]); // prettier-ignore
    expect(await log.known(5)).toEqual(["view 7@10=1", "view 7@20=1", "view 7@30=1", "rating 7@50=80"]); // prettier-ignore
    expect(await log.known(2)).toEqual(["view 7@10=1", "view 7@20=1"]);
  });

  test("views taken back are all withdrawn, those after it hold", async () => {
    using log = opened();
    const back = viewed(7, 30, { isWithdrawal: true });
    await log.append([viewed(7, 10), viewed(7, 20), viewed(8, 25), back, viewed(7, 40)], own(100));
    expect(await log.known()).toEqual(["(view 7@10=1)", "(view 7@20=1)", "view 8@25=1", "view 7@40=1"]); // prettier-ignore
  });

  test("what is taken back and was never done says nothing", async () => {
    using log = opened();
    await log.append([did("like", 7, 10, { isWithdrawal: true })], own(20));
    expect(await log.known()).toEqual([]);
    expect(await log.position(ADA)).toBe(1);
  });

  test("the order of the log decides what holds, not the times that are claimed", async () => {
    using log = opened();
    await log.append([did("like", 7, 50), did("like", 7, 10, { isWithdrawal: true })], own(100));
    expect(await log.known()).toEqual(["(like 7@50=1)"]);
  });

  test("an event that comes twice under its user's name for it is kept once", async () => {
    using log = opened();
    const one = viewed(7, 10, { clientId: "a" });
    expect(await log.append([one, one, viewed(7, 11)], own(20))).toEqual({ accepted: 2, duplicates: [1] }); // prettier-ignore
    expect(await log.append([{ ...one, ...bobs }], own(21))).toEqual({ accepted: 1, duplicates: [] }); // prettier-ignore
    expect(await log.append([one], own(22))).toEqual({ accepted: 0, duplicates: [0] });
    expect(await log.count()).toBe(3);
  });

  test("a batch is appended whole or not at all", async () => {
    using log = opened();
    const broken = { ...viewed(8, 1), value: null } as unknown as Event;
    const failure = await log.append([viewed(7, 1), broken], own(2)).catch((it: unknown) => it);
    expect(failure).toBeInstanceOf(Error);
    expect(await log.lastSeq()).toBe(0);
  });

  test("on a full disk, what is acknowledged of several batches is stored, and nothing else", async () => {
    using folder = temporaryFolder();
    using db = openDatabase(join(folder.path, "store.db"));
    const log = events(db);
    await clientsOf(db).append([viewed(1, 1)], own(2));
    const { page_count } = db.query<{ page_count: number }, []>("PRAGMA page_count").get()!;
    db.run(`PRAGMA max_page_count = ${page_count + 20}`);
    const large = Array.from({ length: 20_000 }, (_, n) => viewed(n, n));
    const batches = [[viewed(2, 1)], large, [viewed(3, 1)]];
    const writes = batches.map((it): Write => ({ change: "appendEvents", args: [it, own(3)] }));
    // SQLite takes back the statement or the whole transaction.
    const outcomes = await changeAll(db)(writes).catch((cause: { code: string }) => {
      expect(cause.code).toBe("SQLITE_FULL");
      return [];
    });
    expect(outcomes[1]?.status).not.toBe("fulfilled");
    const accepted = outcomes.filter((it) => it.status === "fulfilled").length;
    db.run("PRAGMA max_page_count = 1000000");
    expect(await log.count()).toBe(1 + accepted);
  });

  test("users and posts that nobody knows get keys", async () => {
    using log = opened();
    const strange = { userId: "at://ada/ü" as UserId, postId: "p/1 %" as PostId };
    await log.append([viewed(0, 1, strange), viewed(0, 2, strange)], own(3));
    const { userKeys, postKeys } = await log.histories();
    expect([...userKeys, ...postKeys]).toEqual([1_001, 1_001, 1_001]);
  });
});

describe("an erasure", () => {
  test("leaves nothing of a user at any seq, but that there was one", async () => {
    using log = opened();
    await users(log.db).record([someUser(1, "ada", { bio: "SECRET" })], 1);
    await log.append([viewed(7, 10), viewed(7, 20, bobs), did("like", 7, 30)], own(40));
    await log.record([viewed(9, 50)], scan(1));
    await log.erase(ADA, 60);
    expect(await log.position(ADA)).toBe(5);
    for (const seq of [1, 3, 4, 5]) expect(await log.known(seq)).toEqual([]);
    expect([...(await log.histories()).userKeys]).toEqual([BOB]);
    expect(await users(log.db).find("ada")).toBeUndefined();
    expect(await users(log.db).find("1")).toBeUndefined();
    expect(log.db.serialize().includes("SECRET")).toBeFalse();
  });

  test("ends a user: who comes with the same id is another", async () => {
    using log = opened();
    await log.append([viewed(7, 10)], own(20));
    await log.erase(ADA, 30);
    await log.append([viewed(8, 40)], own(50));
    expect(await log.known()).toEqual([]);
    expect([...(await log.histories()).userKeys]).toEqual([1_001]);
  });
});

describe("as of", () => {
  test("is the newest event that is not in the future of its receipt", async () => {
    using log = opened();
    expect(await log.asOfMs()).toBeUndefined();
    await log.record([viewed(7, 40), viewed(8, 5_000)], scan(1));
    expect(await log.asOfMs()).toBe(40);
  });

  test("is none that lies ahead, though the clock that fetched it did so too", async () => {
    using log = opened();
    await log.record([viewed(7, 40), viewed(8, 5_000)], scan(1, 9_000));
    expect([await log.asOfMs(), await log.asOfMs(1_000)]).toEqual([5_000, 40]);
    expect(await log.asOfMs(10)).toBeUndefined();
  });
});

describe("everybody's histories", () => {
  test("are grouped by user, each as at the seq that is asked for", async () => {
    using log = opened();
    await log.record([viewed(7, 10, bobs), viewed(8, 5), viewed(9, 6)], scan(1));
    await log.append([did("like", 7, 20, bobs)], own(20));
    const all = await log.histories();
    expect([...all.userKeys]).toEqual([ADA, BOB]);
    expect([...all.rowStart]).toEqual([0, 2, 4]);
    expect([...all.postKeys]).toEqual([8, 9, 7, 7]);
    const early = await log.histories(2);
    expect([[...early.userKeys], [...early.rowStart]]).toEqual([
      [ADA, BOB],
      [0, 1, 2],
    ]);
  });

  test("say of each user what their own history says, also past a slice", async () => {
    using log = opened();
    const many = Array.from({ length: 25_000 }, (_, n) => {
      const over = { userId: String(1 + (n % 3)) as UserId, isWithdrawal: n % 7 === 6 };
      return n % 2 ? did("like", 1 + (n % 90), n, over) : viewed(1 + (n % 90), n, over);
    });
    await log.append(many, own(30_000));
    const all = await log.histories();
    for (const [n, user] of [...all.userKeys].entries()) {
      const history = await log.history(user as UserKey);
      const [from, to] = [all.rowStart[n]!, all.rowStart[n + 1]!];
      expect([...all.postKeys.slice(from, to)]).toEqual([...history.postKeys]);
      expect([...all.atMs.slice(from, to)]).toEqual([...history.atMs]);
      expect([...all.withdrawn.slice(from, to)]).toEqual([...history.withdrawn]);
    }
  });

  test("are empty columns before anything is stored", async () => {
    using log = opened();
    const all = await log.histories();
    expect([all.userKeys.length, ...all.rowStart]).toEqual([0, 0]);
  });
});
