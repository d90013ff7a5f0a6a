/** Sessions of apps: what every process knows of them, what a retry gets, and what events change. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Recommendations, RecommendationsRequest } from "../../src/feed/contract.ts";
import { recommender } from "../../src/feed/recommend.ts";
import { encodeWords, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";

const POSTS = Array.from({ length: 12 }, () => ({}));
let folder: ReturnType<typeof temporaryFolder>;
let world: ReturnType<typeof openWorld>;
beforeEach(async () => {
  folder = temporaryFolder();
  world = openWorld(folder.path, POSTS);
  await world.fill();
  world.learn();
});
afterEach(() => {
  world[Symbol.dispose]();
  folder[Symbol.dispose]();
});

type Process = Pick<ReturnType<typeof recommender>, "recommend">;
const open = () => world.serve(encodeWords, () => AS_OF_MS);

type Asked = Omit<Partial<RecommendationsRequest>, "user" | "exclude"> & { user?: string };
async function ask({ recommend }: Process, asked: Asked = {}): Promise<Recommendations> {
  const page = await recommend({
    ...{ category: undefined, mood: undefined, session: "s", cursor: undefined, limit: 4 },
    ...{ exclude: [] as PostId[], cards: false, explain: false },
    ...asked,
    user: (asked.user ?? "ada") as UserId,
  });
  return page!;
}
const idsIn = (...pages: Recommendations[]) =>
  pages.flatMap((it) => it.items.map(({ id }) => String(id)));

describe("a session", () => {
  test("goes on in other processes, after a restart, and after a new snapshot", async () => {
    const first = await ask(open());
    const second = await ask(open(), { cursor: first.cursor });
    world.learn();
    const third = await ask(open());
    expect(new Set(idsIn(first, second, third)).size).toBe(12);
    expect([second.fallback, third.cursor]).toEqual([[], undefined]);
  });

  test("gives a retried page again, in every process, whatever happened between", async () => {
    const [one, two] = [open(), open()];
    const first = await ask(one);
    const second = await ask(one, { cursor: first.cursor });
    await world.did("ada", { post: Number(idsIn(first)[0]), kind: "like" });
    world.learn();
    await ask(two, { limit: 1 });
    const { timings: _, faults: __, ...shown } = second;
    for (const it of [one, two, open()])
      expect(await ask(it, { cursor: first.cursor })).toMatchObject({ ...shown, user: { id: "ada", known: true } }); // prettier-ignore
    expect(idsIn(await ask(two, { cursor: second.cursor }))).not.toContainAnyValues(idsIn(first, second)); // prettier-ignore
  });

  test("leaves out of a retried page what was hidden since, by its app or its user", async () => {
    const it = open();
    const first = await ask(it);
    const ids = idsIn(await ask(it, { cursor: first.cursor }));
    await world.post(ids[0]!, { isPublic: false });
    await world.did("ada", { post: Number(ids[2]), kind: "hide" });
    const again = await ask(it, { cursor: first.cursor, explain: true, cards: true });
    expect(idsIn(again)).toEqual([ids[1]!, ids[3]!]);
    expect(again.items.map((item) => item.position)).toEqual([6, 8]);
    expect(again.items.every((item) => item.explain!.reasons.length > 0 && item.shown)).toBeTrue();
  });

  test("answers two requests for the same page at once with the same page, in two processes too", async () => {
    const [one, two] = [open(), open()];
    const { cursor } = await ask(one);
    const pages = await Promise.all([one, two, one, two].map((it) => ask(it, { cursor })));
    expect(new Set(pages.map((it) => it.recommendationId)).size).toBe(1);
    expect(new Set(idsIn(...pages)).size).toBe(4);
    const lists = await Promise.all([one, two].map((it) => ask(it, { limit: 2 })));
    expect(new Set(idsIn(...lists)).size).toBe(4);
  });

  test("puts new posts first when it is refreshed, and counts their positions anew", async () => {
    const it = open();
    const first = await ask(it);
    const refreshed = await ask(it);
    expect(idsIn(refreshed)).not.toContainAnyValues(idsIn(first));
    expect(refreshed.items.map((item) => item.position)).toEqual([1, 2, 3, 4]);
  });

  test("shows what its user has seen only when nothing else is left, the oldest first, and says so", async () => {
    const seen = [109, 103, 106].map((post) => ({ post, kind: "view" as const }));
    await world.did("ada", ...seen);
    const it = open();
    const pages = [await ask(it, { limit: 5 })];
    for (let cursor; (cursor = pages.at(-1)!.cursor);)
      pages.push(await ask(it, { limit: 5, cursor }));
    expect(idsIn(...pages).slice(-3)).toEqual(["109", "103", "106"]);
    expect(pages.map((page) => page.fallback)).toEqual([[], expect.arrayContaining(["seen"]), ["seen"]]); // prettier-ignore
    expect(await ask(it)).toMatchObject({ items: [], cursor: undefined });
    expect(idsIn(await ask(it, { session: "another" }))).toHaveLength(4);
  });

  test("is forgotten in every process when its user is erased", async () => {
    const [one, two] = [open(), open()];
    const ids = idsIn(await ask(one));
    await ask(two, { user: "bob" });
    await one.servedLog.eraseUser("ada", 0);
    expect(idsIn(await ask(two))).toEqual(ids);
    expect(idsIn(await ask(two, { user: "bob" }))).not.toContainAnyValues(ids);
  });
});

test("an event counts on the next page of a session: what it says is ranked at once", async () => {
  world.learn({}, POSTS.map((_, n) => ({ factors: n % 2 ? [1, 0] : [0, 1] }))); // prettier-ignore
  const it = open();
  const first = await ask(it, { limit: 2 });
  expect(idsIn(first)).toEqual(["101", "102"]);
  await world.did("ada", { post: 104, kind: "like" });
  const second = await ask(it, { limit: 2, cursor: first.cursor });
  expect(idsIn(second)[0]).toBe("106"); // as 104 is; else 103 would follow
  expect(second.items[0]!.position).toBe(3);
});

test("a session goes through a catalogue of several lists without a gap", async () => {
  const many = Array.from({ length: 2_300 }, (_, n) => ({ id: 1_000 + n }));
  using folder = temporaryFolder();
  using world = openWorld(folder.path, many);
  await world.fill();
  world.learn();
  const it = world.serve(encodeWords, () => AS_OF_MS);
  const pages = [await ask(it, { limit: 90 })];
  for (let cursor; (cursor = pages.at(-1)!.cursor);)
    pages.push(await ask(it, { limit: 90, cursor }));
  expect(pages.map((page) => page.items.length)).toEqual([...Array(25).fill(90), 50]);
  expect(new Set(idsIn(...pages)).size).toBe(2_300);
  const positions = pages.flatMap((page) => page.items.map((item) => item.position));
  expect(positions).toEqual(many.map((_, n) => n + 1));
});

test("while the log fails, a session is that of its process, and replies say so", async () => {
  const { registry, servedLog } = open();
  const failing = { ...servedLog, claim: async () => Promise.reject(new Error("disk is full")) };
  const deps = { registry, store: world.store, encode: encodeWords, lateMs: 0 };
  const it = recommender({ ...deps, servedLog: () => failing });
  const [first, second] = [await ask(it), await ask(it)];
  expect([first.fallback, second.fallback]).toEqual([["served_log"], ["served_log"]]);
  expect(new Set(idsIn(first, second)).size).toBe(8);
});
