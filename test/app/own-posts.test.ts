/** Posts of an app from the store to replies: categories, cards, and what is gone at once. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { openStore } from "../../src/data/sqlite/open.ts";
import type { PostId } from "../../src/domain/ids.ts";
import { readRow, type Row } from "../../src/ingest/rows/row.ts";
import { toPost } from "../../src/ingest/rows/to-domain.ts";
import { pushInto } from "../support/push.ts";
import { serving } from "../support/http.ts";
import { appsOfEachTest } from "./apps.ts";
import { change, pushPosts } from "../support/changes.ts";

const { run, folder } = appsOfEachTest();
const NOW_MS = Date.now();
const DAY_MS = 86_400_000;

const POSTS = [
  { id: "v/1", title: "Waves", category: ["Sea", "Food & Drink"], card: { n: 1.5, deep: [null] } },
  { id: "v/2", title: "Soup", category: "Food & Drink", creator: "cook", tags: ["hot", "slow"] },
  { id: "3", title: "Boats", category: ["Sea"], card: { video_url: "https://v.example/3.mp4" } },
  { id: "v/4", title: "Old news", expires_at: NOW_MS - 1 },
  { id: "v/5", title: "Drafts", hidden: true },
  { id: "v/6", title: "Paint", created_at: NOW_MS - DAY_MS },
];
const postOf = (post: object) => toPost(readRow("posts", post, NOW_MS) as Row<"posts">, NOW_MS);

type Reply = {
  readonly items: readonly { readonly id: string; readonly card: unknown }[];
  readonly post: readonly Record<string, unknown>[];
  readonly categories: readonly object[];
  readonly reasons: readonly string[];
};

/** An app with the posts learnt, asked over HTTP, and another process that writes. */
async function served() {
  const store = openStore(join(folder(), "own/store.db"));
  await pushPosts(store, POSTS.map(postOf), NOW_MS);
  const { app, said } = run({ CATALOGUE: "own", FLIC_TOKEN: "" });
  await said(/learnt snapshot .* 6 of them understood by their text/);
  const { get } = serving({ ...app.service, push: pushInto(store) });
  const json = async (path: string) => (await (await get(path)).json()) as Reply;
  const ids = async (query = "") =>
    (await json(`/recommendations?user=somebody${query}`)).items.map((it) => it.id).sort();
  const why = async (post: string) =>
    (await json(`/recommendations/why?user=x&post=${encodeURIComponent(post)}`)).reasons;
  return { store, json, ids, why, [Symbol.dispose]: () => store.close() };
}

test("posts are found by each of their categories, and counted in it", async () => {
  using it = await served();
  expect((await it.json("/categories")).categories).toEqual([
    { id: "Food & Drink", name: "Food & Drink", posts: 2 },
    { id: "Sea", name: "Sea", posts: 2 },
  ]);
  expect(await it.ids("&category=sea")).toEqual(["3", "v/1"]);
  expect(await it.ids("&category=Food%20%26%20Drink")).toEqual(["v/1", "v/2"]);
  const { post } = await it.json("/feed?username=x&project_code=food-drink");
  expect(post.map((one) => one["id"]).sort()).toEqual(["v/1", "v/2"]);
});

test("cards come as they were sent, and in /feed in Socialverse's schema", async () => {
  using it = await served();
  const { items } = await it.json("/recommendations?user=x&cards=true");
  const cardOf = (id: string) => items.find((one) => one.id === id)!.card;
  expect([cardOf("v/1"), cardOf("v/2")]).toEqual([{ n: 1.5, deep: [null] }, null]);
  const { post } = await it.json("/feed?username=x");
  const inFeed = (id: unknown) => post.find((one) => one["id"] === id);
  expect(inFeed("v/2")).toMatchObject({
    owner: { username: "cook" },
    category: { id: "Food & Drink", name: "Food & Drink" },
    topic: [],
    title: "Soup",
    upvoted: false,
    created_at: NOW_MS,
    tags: ["hot", "slow"],
  });
  expect(inFeed(3)).toMatchObject({ video_link: "https://v.example/3.mp4", upvote_count: 0 });
  expect(inFeed("v/6")).toMatchObject({ category: [], created_at: NOW_MS - DAY_MS });
});

test("what is hidden, deleted or expired is in no reply from the next request on, and why says so", async () => {
  using it = await served();
  expect(await it.ids()).toEqual(["3", "v/1", "v/2", "v/6"]);
  expect([await it.why("v/4"), await it.why("v/5")]).toEqual([["expired"], ["hidden"]]);
  const next = (await it.json("/recommendations?user=x&limit=1")) as { next?: string };
  await pushPosts(it.store, [postOf({ ...POSTS[0], hidden: true })], NOW_MS);
  await pushPosts(it.store, [postOf({ ...POSTS[1], expires_at: Date.now() })], NOW_MS);
  await change(it.store, "removePosts", ["3" as PostId]);
  expect(await it.ids()).toEqual(["v/6"]);
  const rest = await it.json(`${next.next}&limit=100`.replace("limit=1&", ""));
  expect(rest.items.map((one) => one.id).filter((id) => id !== "v/6")).toEqual([]);
  expect((await it.json("/feed?username=x")).post).toMatchObject([{ id: "v/6" }]);
  expect((await it.json("/posts/v%2F6/similar")).post).toEqual([]);
  const reasons = [await it.why("v/1"), await it.why("v/2"), await it.why("3")];
  expect(reasons).toEqual([["hidden"], ["expired"], ["withdrawn"]]);
});
