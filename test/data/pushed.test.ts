/** Posts, users and events that apps send, in the store. */
import { describe, expect, test } from "bun:test";
import { APP } from "../../src/data/history.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { readRow, type Row, type RowName } from "../../src/ingest/rows/row.ts";
import { toEvent, toPost, toUser } from "../../src/ingest/rows/to-domain.ts";
import { toCard } from "../../src/ingest/socialverse/card.ts";
import { somePost } from "../support/records.ts";
import { append, change, pushPosts, pushUsers } from "../support/changes.ts";

const NOW_MS = Date.UTC(2026, 0, 2);
const read = <N extends RowName>(kind: N, value: object) => readRow(kind, value, NOW_MS) as Row<N>;
const post = (id: string, more = {}) => toPost(read("posts", { id, title: `On ${id}`, ...more }), NOW_MS); // prettier-ignore

describe("a pushed post", () => {
  test("changes the store once, however often it is sent", async () => {
    using store = openStore(":memory:");
    expect(await pushPosts(store, [post("a"), post("b")], NOW_MS)).toBe(2);
    const version = await store.version();
    expect(await pushPosts(store, [post("a")], NOW_MS + 1)).toBe(0);
    expect(await store.version()).toBe(version);
    expect(await pushPosts(store, [post("a", { title: "New" }), post("b")], NOW_MS + 1)).toBe(1);
    const sent = await store.posts.stored(["a", "c"] as PostId[]);
    expect([...sent].map(([id, it]) => [id, JSON.parse(it.sent!)])).toEqual([["a", { id: "a", title: "New" }]]); // prettier-ignore
  });

  test("has all of its categories by name, and is encoded anew when one of them changes", async () => {
    using store = openStore(":memory:");
    const hash = async () => {
      const texts = await store.texts.postsToHash(9);
      await store.texts.keepPostHashes(texts.map((it) => ({ ...it, hash: "x" })));
      return texts.map((it) => it.category);
    };
    await pushPosts(store, [post("a", { category: ["Sea", "Art"] }), post("b")], NOW_MS);
    const named = [[{ name: "Sea" }, { name: "Art" }], []];
    expect((await store.posts.columns()).categories).toEqual(named);
    expect([await hash(), await hash()]).toEqual([["Sea, Art", ""], []]);
    await pushPosts(store, [post("a", { category: ["Sea", "Food"] })], NOW_MS);
    expect(await hash()).toEqual(["Sea, Food"]);
  });

  test("has the creator and the video that its card shows, as one of Socialverse has", async () => {
    using store = openStore(":memory:");
    const card = { video_url: "https://media.test/a.mp4" };
    const a = post("a", { creator: 'ada "x" {', card, duration_ms: 9_000 });
    await pushPosts(store, [a, post("b")], NOW_MS);
    const upstream = { id: 7, title: "c", username: "bo", video_link: "https://media.test/c.mp4" };
    const shown = { isPublic: true, isLocked: false };
    await store.posts.record([somePost("c", { card: toCard(upstream, "c" as PostId, shown) })], 1);
    expect(await store.posts.columns()).toMatchObject({
      creators: ['ada "x" {', "", "bo"],
      links: ["https://media.test/a.mp4", "", "https://media.test/c.mp4"],
      durationsMs: Float64Array.of(9_000, 0, 0),
    });
  });

  test("is hidden or expires as its app says", async () => {
    using store = openStore(":memory:");
    const expiresAtMs = NOW_MS + 5;
    await pushPosts(store, [post("a", { hidden: true }), post("b", { expires_at: expiresAtMs })], NOW_MS); // prettier-ignore
    expect(await store.posts.columns()).toMatchObject({
      isHidden: Uint8Array.of(1, 0),
      isPublic: Uint8Array.of(1, 1),
      expiresAtMs: Float64Array.of(0, expiresAtMs),
    });
  });

  test("is missed by no scan of upstream", async () => {
    using store = openStore(":memory:");
    await pushPosts(store, [post("a")], NOW_MS);
    const scan = await store.scans.begin("posts", "2026-01-02", NOW_MS);
    expect(await store.scans.finish(scan, 0, NOW_MS)).toMatchObject({ live: 0, missing: 0 });
  });

  test("counts no steering and no erasure as an event", async () => {
    using store = openStore(":memory:");
    const viewed = (user: string) => toEvent(read("events", { user, post: "a", kind: "view" }), NOW_MS); // prettier-ignore
    await append(store, [viewed("ada"), viewed("bob")], { receivedAtMs: NOW_MS, origin: APP });
    await change(store, "steer", "ada" as UserId, { way: "hide", target: "creator", id: "eve" }, NOW_MS); // prettier-ignore
    await change(store, "eraseUser", "bob" as UserId, NOW_MS);
    expect([await store.events.count(), await store.events.lastSeq()]).toEqual([1, 4]);
  });

  test("is gone when it is deleted, and its events stay", async () => {
    using store = openStore(":memory:");
    await pushPosts(store, [post("a")], NOW_MS);
    const event = toEvent(read("events", { user: "ada", post: "a", kind: "view" }), NOW_MS);
    await append(store, [event], { receivedAtMs: NOW_MS, origin: APP });
    expect(await change(store, "removePosts", ["a", "b"] as PostId[])).toBe(1);
    expect([await store.posts.count(), await store.events.count()]).toEqual([0, 1]);
    expect(await pushPosts(store, [post("a")], NOW_MS)).toBe(1);
  });
});

test("a pushed user changes the store once, and is found by name and id", async () => {
  using store = openStore(":memory:");
  const ada = toUser(read("users", { id: "u1", name: "Ada", text: "I climb." }));
  expect([await pushUsers(store, [ada]), await pushUsers(store, [ada])]).toEqual([1, 0]);
  const key = await store.users.find("ada");
  expect(await store.users.find("u1")).toBe(key!);
  expect(JSON.parse((await store.users.stored("u1" as UserId))!.sent!)).toEqual({ id: "u1", name: "Ada", text: "I climb." }); // prettier-ignore
});

test("an event without an id counts once for a user, post, kind and time", async () => {
  using store = openStore(":memory:");
  const event = (more: object) =>
    toEvent(read("events", { user: "ada", post: "a", kind: "like", at: NOW_MS, ...more }), NOW_MS);
  const all = [{}, {}, { at: NOW_MS - 1 }, { kind: "view" }, { user: "bob" }, { post: "b" }, { value: 0 }, { id: "e1" }]; // prettier-ignore
  const appended = await append(store, all.map(event), {
    receivedAtMs: NOW_MS,
    origin: APP,
  });
  expect(appended).toEqual({ accepted: 7, duplicates: [1] });
  const [ada] = (await store.ids.userKeys(["ada" as UserId])).values();
  const { withdrawn } = await store.events.history(ada!);
  expect(withdrawn.length).toBe(3);
});

test("in a catalogue without upstream a user's id comes before another's name", async () => {
  using store = openStore(":memory:");
  const [taker, ada] = [{ id: "u1", name: "12" }, { id: "12", name: "Ada" }].map((it) => toUser(read("users", it))); // prettier-ignore
  await pushUsers(store, [taker!, ada!]);
  const idOf = async (name: string) => [...(await store.ids.userIds([(await store.users.find(name))!])).values()]; // prettier-ignore
  expect(await idOf("12")).toEqual(["12" as UserId]);
  await store.meta.claimFor("http://upstream.test");
  expect(await idOf("12")).toEqual(["u1" as UserId]);
});
