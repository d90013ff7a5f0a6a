/** Gorse's REST as its clients see it: what is stored, given back and refused, over a store in memory. */
import { describe, expect, test } from "bun:test";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { pushInto } from "../support/push.ts";
import { pushPosts } from "../support/changes.ts";
import { AT, LATER, gorse, DONE } from "./gorse-calls.ts";

/** Lists inside each other, more than functions that call themselves bear. */
const DEEP = JSON.parse("[".repeat(20_000) + "]".repeat(20_000)) as unknown;

describe("an item", () => {
  test("is a post: comment as title and text, words of labels as tags, its categories", async () => {
    const { store, call } = gorse();
    const item = {
      ItemId: "a/b",
      IsHidden: true,
      Categories: ["crafts", "sea"],
      Timestamp: AT,
      Labels: { tags: ["rope", "sea"], embedding: [0.1, 0.2], about: "l".repeat(200) },
      Comment: "Ten knots\nfor the sea",
    };
    expect(await call("POST", "/item", item)).toEqual(DONE);
    const stored = await store.posts.stored(["a/b" as never]);
    expect([...stored.values()]).toMatchObject([{
      title: "Ten knots",
      summary: `Ten knots\nfor the sea\n${"l".repeat(200)}`,
      tags: "rope, sea",
      categories: ["crafts", "sea"],
      isHidden: true,
      createdAtMs: Date.parse(AT),
    }]); // prettier-ignore
    expect(await call("GET", "/item/a%2Fb")).toEqual([200, item]);
  });

  test("above 16 kB is kept without the lists of numbers in its labels", async () => {
    const { call } = gorse();
    const Labels = { embedding: Array.from({ length: 3_000 }, (_, n) => n / 7), tags: ["rope"] };
    expect(await call("POST", "/item", { ItemId: "a", Labels })).toEqual(DONE);
    expect((await call("GET", "/item/a"))[1]).toMatchObject({ Labels: { tags: ["rope"] } });
  });

  test("keeps every digit of its labels' numbers, none of which is a word", async () => {
    const { store, call, get } = gorse();
    const Labels = { owner: JSON.rawJSON("12345678901234567890"), likes: 7, tags: ["rope"] };
    expect(await call("POST", "/item", { ItemId: "a", Labels })).toEqual(DONE);
    expect(await (await get("/api/item/a")).text()).toContain('"owner":12345678901234567890,');
    expect((await store.posts.stored(["a" as PostId])).get("a" as PostId)).toMatchObject({ tags: "rope" }); // prettier-ignore
  });

  test("that came another way is made of what is known of it", async () => {
    const { store, call } = gorse();
    const { toPost } = await import("../../src/ingest/rows/to-domain.ts");
    const row = { id: "a", title: "Knots", text: "Knots\nten", tags: ["rope"], created_at: Date.parse(AT) }; // prettier-ignore
    await pushPosts(store, [toPost(row, 1)], 1);
    expect(await call("GET", "/item/a")).toEqual([
      200,
      { ItemId: "a", IsHidden: false, Categories: [], Timestamp: AT, Labels: ["rope"], Comment: "Knots\nten" }, // prettier-ignore
    ]);
  });

  test("loses no change of several at once", async () => {
    const { call } = gorse();
    await call("POST", "/item", { ItemId: "a" });
    const names = Array.from({ length: 9 }, (_, n) => `c${n}`);
    await Promise.all(names.map((it) => call("PUT", `/item/a/category/${it}`)));
    const [, item] = await call("GET", "/item/a");
    expect((item as { Categories: string[] }).Categories.toSorted()).toEqual(names);
  });
});

/** A store that has a post of everything an app may send. */
async function withAppsOwn() {
  const { store, call } = gorse();
  const push = pushInto(store);
  const post = { id: "a", title: "Knots", text: "Ten of them", category: ["sea"], tags: ["rope"], creator: "cy", created_at: AT, expires_at: LATER, duration_ms: 9_000, language: "en", card: { own: [1] } }; // prettier-ignore
  await push.posts([post]);
  await push.users([{ id: "u", name: "Ann", text: "sails", card: { own: [2] } }]);
  return { store, call, push, post };
}

describe("a change in Gorse's words keeps what they do not name", () => {
  test.each([
    ["PUT", "/item/a/category/crafts", undefined, { category: ["sea", "crafts"] }],
    ["DELETE", "/item/a/category/sea", undefined, { category: [] }],
    ["PATCH", "/item/a", { IsHidden: true }, { hidden: true }],
    ["PATCH", "/item/a", { Labels: ["sail"], Comment: null }, { tags: ["sail"] }],
    ["PATCH", "/item/a", { Comment: "Splices\nand bends", ItemId: "b" }, { title: "Splices", text: "Splices\nand bends" }], // prettier-ignore
    ["PATCH", "/item/a", { Timestamp: LATER }, { created_at: "2024-05-02T12:00:00.000Z" }],
  ])("%s %s %p", async (method, path, body, changed) => {
    const { call, push, post } = await withAppsOwn();
    expect(await call(method, path, body)).toEqual(DONE);
    const before = { ...post, created_at: "2024-05-01T12:00:00.000Z", expires_at: "2024-05-02T12:00:00.000Z" }; // prettier-ignore
    expect(await push.post("a" as PostId)).toEqual({ ...before, ...changed });
  });

  test("of a user, with the name and the card of an app", async () => {
    const { store, call } = await withAppsOwn();
    expect(await call("PATCH", "/user/u", { Labels: ["knots"], Comment: "x" })).toEqual(DONE);
    const { sent } = (await store.users.stored("u" as UserId))!;
    expect(JSON.parse(sent!)).toEqual({ id: "u", name: "Ann", text: "knots", card: '{"own":[2]}' });
  });

  test("of several at once none is lost", async () => {
    const { call } = gorse();
    await call("POST", "/user", { UserId: "u" });
    await Promise.all([
      call("PATCH", "/user/u", { Labels: ["knots"] }),
      call("PATCH", "/user/u", { Comment: "x" }),
    ]);
    expect((await call("GET", "/user/u"))[1]).toEqual({ UserId: "u", Labels: ["knots"], Comment: "x" }); // prettier-ignore
  });

  test("what upstream sends is not changed here", async () => {
    const { store, call } = gorse();
    const { toPost, toUser } = await import("../../src/ingest/rows/to-domain.ts");
    const { sent: _, ...post } = toPost({ id: "a", title: "Knots" }, 1);
    const { sent: __, ...user } = toUser({ id: "u", name: "Ann" });
    await store.posts.record([{ ...post, isLocked: true }], 1);
    await store.users.record([user], 1);
    expect(await call("PATCH", "/item/a", { Comment: "x" })).toEqual([404, "item not found"]);
    expect(await call("PATCH", "/user/u", { Labels: ["x"] })).toEqual([404, "user not found"]);
    const { isLocked } = (await store.posts.columns())!;
    expect([...isLocked]).toEqual([1]);
  });
});

test("lists go by id, a page after the other", async () => {
  const { call } = gorse();
  const ids = ["10", "1", "9", "ß", "2"];
  await call("POST", "/users", ids.map((UserId) => ({ UserId }))); // prettier-ignore
  const seen: string[][] = [];
  for (let cursor: string | undefined; cursor !== "";) {
    const [, page] = await call("GET", `/users?n=2&cursor=${cursor ?? ""}`);
    const { Users, Cursor } = page as { Users: { UserId: string }[]; Cursor: string };
    seen.push(Users.map((it) => it.UserId));
    cursor = Cursor;
  }
  expect(seen).toEqual([["1", "10"], ["2", "9"], ["ß"]]);
});

test("an id that was sent as a number is text, in lists too", async () => {
  const { call } = gorse();
  await call(
    "POST",
    "/items",
    [1, 2].map((ItemId) => ({ ItemId })),
  );
  await call("POST", "/users", [1, 2].map((UserId) => ({ UserId }))); // prettier-ignore
  expect(await call("GET", "/items?n=1")).toMatchObject([200, { Items: [{ ItemId: "1" }] }]);
  expect(await call("GET", "/users?n=1")).toMatchObject([200, { Users: [{ UserId: "1" }] }]);
});

describe("errors are a line of text with Gorse's statuses", () => {
  test.each([
    ["GET", "/items?n=none", undefined, 400, "n must be an integer from 1 to 10000"],
    ["GET", "/feedback?cursor=bm9uZQ", undefined, 400, "the cursor was not given here"],
    ["GET", "/nothing", undefined, 404, "there is nothing at this path"],
    ["PUT", "/users", [], 405, "this path answers"],
    ["POST", "/users", {}, 400, "expected a list of rows"],
    ["POST", "/items", [{ ItemId: "a" }, { ItemId: "" }], 400, "row 1: ItemId: expected an id, but it is empty"], // prettier-ignore
    ["POST", "/item", { ItemId: "a", IsHidden: "no" }, 400, "row 0: IsHidden: expected true or false"], // prettier-ignore
    ["POST", "/feedback", [{ FeedbackType: "like", UserId: "u" }], 400, "row 0: ItemId: expected a value"], // prettier-ignore
    ["POST", "/feedback", [null], 400, "row 0: expected an object"],
    ["POST", "/item", { ItemId: "a", Labels: DEEP }, 400, "row 0: expected at most 32 lists"],
    [
      "POST",
      "/users",
      [{ UserId: "a", Labels: { DEEP } }],
      400,
      "row 0: expected at most 32 lists",
    ],
    ["PATCH", "/user/u", { Comment: "x" }, 404, "user not found"],
    ["GET", "/items?q=knots", undefined, 501, "vidrec does not offer a search for items"],
  ])("%s %s %p: %d", async (method, path, body, status, text) => {
    const { call } = gorse();
    const [code, said] = await call(method, path, body);
    expect([code, said]).toEqual([status, expect.stringContaining(text)]);
  });

  test("a batch with one bad row stores nothing", async () => {
    const { call, feedback, held } = gorse();
    const rows = [feedback("like"), feedback("purchase")];
    expect((await call("POST", "/feedback", rows))[0]).toBe(400);
    expect(await held()).toEqual([]);
  });

  test("a body above 16 MB is refused, above 1 MB only where it is stored", async () => {
    const { call, feedback } = gorse();
    const rows = Array.from({ length: 12_000 }, () => feedback("like", "x".repeat(100)));
    expect((await call("POST", "/feedback", rows))[0]).toBe(200);
    expect((await call("POST", "/session/recommend", rows))[0]).toBe(413);
    const [status, text] = await call("POST", "/users", ["x".repeat(17e6)]);
    expect([status, text]).toEqual([413, expect.stringContaining("may have 16777216 bytes")]);
  });
});
