import { describe, expect, test } from "bun:test";
import type { Event } from "../../../src/domain/event.ts";
import type { PostId, UserId, UserKey } from "../../../src/domain/ids.ts";
import { openDatabase } from "../../../src/data/sqlite/database.ts";
import { changeAll } from "../../../src/data/sqlite/changes.ts";
import { texts } from "../../../src/data/sqlite/texts.ts";
import { foldUsername, users } from "../../../src/data/sqlite/users.ts";
import { keysLikeIds } from "../../support/keys.ts";
import { someUser } from "../../support/records.ts";
import { hashUsers } from "../../support/hashes.ts";
import { append } from "../../support/changes.ts";

/** The user table of a store that knows these people. */
async function opened(...people: [id: number, username: string][]) {
  const db = openDatabase(":memory:");
  keysLikeIds(db);
  db.run("INSERT INTO meta VALUES ('upstream', 'https://upstream.test')");
  const store = users(db);
  await store.record(
    people.map(([id, username]) => someUser(id, username)),
    1,
  );
  const view = (user: number, claimedAtMs: number): Event => ({
    userId: String(user) as UserId,
    postId: String(claimedAtMs) as PostId,
    kind: "view",
    value: 1,
    claimedAtMs,
  });
  return {
    db,
    ...store,
    acts: (userKey: number, ...atMs: number[]) =>
      append(
        { changeAll: changeAll(db) },
        atMs.map((it) => view(userKey, it)),
        { receivedAtMs: 1_000, origin: "upstream" },
      ),
    withdraw: (id: number) => db.run("UPDATE user SET withdrawn_at_ms = 5 WHERE key = ?", [id]),
    [Symbol.dispose]: () => db.close(),
  };
}
const id = (it: number) => it as UserKey;

describe("finding a user", () => {
  test("prefers the exact username to a folded one, also of somebody busier", async () => {
    using store = await opened([1, "Ada"], [2, "ada"]);
    await store.acts(1, 900);
    expect(await store.find("Ada")).toBe(id(1));
    expect(await store.find("ada")).toBe(id(2));
    expect(await store.find("ADA")).toBe(id(1)); // neither: the busier one
  });

  test.each([
    ["ÀÉÎ", "àéî"],
    ["straße", "STRAßE"],
    ["Ｊａｎｅ＿９", "jane_9"], // full width
    ["ﬁona", "FIONA"], // a ligature
    ["e\u0301lan", "Élan"], // e and accent, or one letter
    ["ПЁТР", "пётр"],
    ["jane", "  Jane "],
  ])("takes %j for %j", async (asked, stored) => {
    using store = await opened([1, "somebody"], [2, stored]);
    expect(await store.find(asked)).toBe(id(2));
    expect(foldUsername(asked)).toBe(foldUsername(stored));
  });

  test("prefers a username made of digits to the id", async () => {
    using store = await opened([12, "twelve"], [7, "12"]);
    expect(await store.find("12")).toBe(id(7));
    expect(await store.find("7")).toBe(id(7));
  });

  test("takes a name for an id, also one that only events know", async () => {
    using store = await opened([12, "twelve"]);
    await store.acts(99, 1);
    expect(await store.find("12")).toBe(id(12));
    expect(await store.find("99")).toBe(id(99));
    for (const name of ["1300", "0012", "-12", "12.0", "1e1", "0xC", "123456789012345678901"])
      expect(await store.find(name)).toBeUndefined();
  });

  test("takes of equals the one with the newest event", async () => {
    using store = await opened([1, "sam"], [2, "sam"], [3, "sam"], [4, "Sam"]);
    await store.acts(1, 30, 35);
    await store.acts(2, 10, 40);
    await store.acts(4, 900);
    expect(await store.find("sam")).toBe(id(2));
    await store.acts(3, 50);
    expect(await store.find("sam")).toBe(id(3));
  });

  test("takes of equals who never did anything the first, and one who is there before one who left", async () => {
    using store = await opened([3, "sam"], [1, "sam"], [2, "sam"]);
    expect(await store.find("sam")).toBe(id(1));
    await store.acts(1, 10);
    store.withdraw(1);
    expect(await store.find("sam")).toBe(id(2));
  });

  test("finds somebody who left, if nobody else is meant", async () => {
    using store = await opened([1, "sam"]);
    store.withdraw(1);
    expect(await store.find("sam")).toBe(id(1));
  });

  test.each(["", "nobody", "sam%", "s_m", "sam' OR 1=1 --", "sam\0"])(
    "finds nobody called %j",
    async (name) => {
      using store = await opened([1, "sam"]);
      expect(await store.find(name)).toBeUndefined();
    },
  );

  test("knows a changed username by its new fold", async () => {
    using store = await opened([1, "sam"]);
    await store.record([someUser(1, "Élan")], 2);
    expect(await store.find("élan")).toBe(id(1));
    expect(await store.find("sam")).toBeUndefined();
  });
});

describe("profiles", () => {
  const counted = { postCount: 1, followingCount: 2, followerCount: 3, shareCount: 4 };

  test("hold the counters, always in the same order, and the hash of the text", async () => {
    using store = await opened();
    await store.record([someUser(5, "b"), someUser(4, "a", { ...counted, inspiredCount: 5 })], 1);
    await hashUsers(texts(store.db), ({ key }) => `hash ${key}`);
    const [four, five] = [
      { key: id(4), textHash: "hash 4", counters: [1, 2, 3, 4, 5] },
      { key: id(5), textHash: "hash 5", counters: [0, 0, 0, 0, 0] },
    ];
    expect(await store.profiles()).toEqual([four, five]);
    expect(await store.profile(id(4))).toEqual(four);
    expect(await store.profile(id(6))).toBeUndefined();
  });

  test("lose their hash when bio, role or user type change, and only then", async () => {
    const hashAfter = async (over: Parameters<typeof someUser>[2]) => {
      using store = await opened([1, "sam"]);
      await hashUsers(texts(store.db), () => "seen");
      expect(await store.record([someUser(1, "sam", over)], 2)).toBe(1);
      return (await store.profile(id(1)))!.textHash;
    };
    for (const over of [{ bio: "runs" }, { role: "A" }, { userType: "coach" }])
      expect(await hashAfter(over)).toBe("");
    expect(await hashAfter(counted)).toBe("seen");
  });
});

describe("recording users", () => {
  test("counts what is new or changed, and brings those back who had left", async () => {
    using store = await opened([1, "sam"], [2, "ada"]);
    expect(await store.record([someUser(1, "sam"), someUser(2, "ada")], 2)).toBe(0);
    expect(await store.record([someUser(1, "sam", { followerCount: 1 })], 3)).toBe(1);
    store.withdraw(2);
    expect(await store.record([someUser(2, "ada")], 4)).toBe(1);
    expect(
      store.db.query("SELECT last_scan, withdrawn_at_ms FROM user ORDER BY key").values(),
    ).toEqual([
      [3, null],
      [4, null],
    ]);
  });
});
