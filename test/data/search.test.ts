/** Search in the store: parts of titles and names, whole ids, wildcards as plain text. */
import { expect, test } from "bun:test";
import { APP } from "../../src/data/history.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { searcher } from "../../src/feed/search.ts";
import { toEvent, toUser } from "../../src/ingest/rows/to-domain.ts";
import { append, change, pushPosts, pushUsers } from "../support/changes.ts";
import { somePost } from "../support/records.ts";

async function filled() {
  const store = openStore(":memory:");
  const titles = {
    a: "Sourdough at home",
    b: "At home with sourdough",
    c: "100% rye",
    "100": "Oats",
  };
  await pushPosts(store, Object.entries(titles).map(([id, title]) => somePost(id, { title })), 1); // prettier-ignore
  await pushUsers(store, [toUser({ id: "u1", name: "Ada Bakes" }), toUser({ id: "ada", name: "" })]); // prettier-ignore
  await append(store, [toEvent({ user: "adam", post: "a", kind: "view" }, 5)], { receivedAtMs: 5, origin: APP }); // prettier-ignore
  return { store, ...searcher(store) };
}

test("posts are found by a part of their title, those that begin with it first, and by id before all", async () => {
  const { store, find } = await filled();
  const ids = async (text: string) => (await find(text, 9)).posts.map(({ id }) => id as string);
  expect(await ids("sourdough")).toEqual(["a", "b"]);
  expect(await ids("at home")).toEqual(["b", "a"]);
  expect(await ids("100")).toEqual(["100", "c"]);
  expect(await ids("%")).toEqual(["c"]);
  expect(await ids("_")).toEqual([]);
  expect((await find("o", 1)).posts).toHaveLength(1);
  store[Symbol.dispose]();
});

test("people are found by name and by how their id begins, also those that only events name, and not once erased", async () => {
  const { store, find } = await filled();
  const ids = async (text: string) => (await find(text, 9)).people.map(({ id }) => id as string);
  expect(new Set(await ids("ada"))).toEqual(new Set(["ada", "adam", "u1"]));
  expect((await ids("ada"))[0]).toBe("ada");
  await change(store, "eraseUser", "adam" as UserId, 9);
  expect(new Set(await ids("ada"))).toEqual(new Set(["ada", "u1"]));
  store[Symbol.dispose]();
});

test("summaries come in the order asked for, without what is not stored", async () => {
  const { store, summaries } = await filled();
  const found = await summaries(["c", "nope", "a"] as PostId[]);
  expect(found.map(({ title }) => title)).toEqual(["100% rye", "Sourdough at home"]);
  store[Symbol.dispose]();
});
