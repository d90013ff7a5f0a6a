/** New posts in feeds: reserved slots, what the served log and explanations say of them, and when it ends. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { PostKey, PostId, UserId } from "../../src/domain/ids.ts";
import { stageOf } from "../../src/feed/trials.ts";
import { AS_OF_MS } from "../support/model.ts";
import { type PostSketch } from "../support/sketch.ts";
import { ask, encodeNothing, idsOn, openWorld, walk } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";

const SETTINGS = { share: 0.05, impressions: 20, days: 7 };
/** 101 to 160 are old, and popular; 161 to 164 are new, 163 and 164 by new creators. */
const POSTS: PostSketch[] = Array.from(
  { length: 64 },
  (_, row) =>
  row < 60 ? { ageDays: 100, creator: "old" } : { ageDays: 1, popularity: 0, creator: row < 62 ? "old" : `new ${row}` }, // prettier-ignore
);
const isNew = (id: number) => id > 160;

let folder: ReturnType<typeof temporaryFolder>;
let world: ReturnType<typeof openWorld>;
let nowMs = AS_OF_MS;
const clock = () => nowMs;
beforeEach(async () => {
  [folder, nowMs] = [temporaryFolder(), AS_OF_MS];
  world = openWorld(folder.path, POSTS);
  await world.fill();
  world.learn();
});
afterEach(() => (world[Symbol.dispose](), folder[Symbol.dispose]()));

const serve = (settings = SETTINGS) => world.serve(encodeNothing, clock, settings);
/** Lets the service count, as it does once a second. */
async function recount({ newPosts, registry, servedLog, counted }: ReturnType<typeof serve>) {
  for (let n = 0; n < 2; n++) {
    await servedLog.flush();
    nowMs += 1_000;
    newPosts.trials(registry.current()!.ranker.model, nowMs);
    await counted();
  }
}

test("a feed shows few new posts, the log says with which chance, the explanation why", async () => {
  const { feed, servedLog } = serve();
  const reasons = new Map<number, readonly string[]>();
  let shown = 0;
  for (let n = 0; n < 200; n++) {
    const page = await ask(feed, { username: `user${n}`, pageSize: 20, explain: true });
    const ids = idsOn(page);
    expect(new Set(ids).size).toBe(20);
    for (const [at, id] of ids.entries()) {
      if (!isNew(id)) continue;
      shown++;
      reasons.set(id, page.explain![at]!.reasons);
    }
  }
  expect(shown).toBeWithin(20, 120);
  for (const [id, words] of reasons)
    expect(words[0]).toBe(`new ${id > 162 ? "creator" : "post"}, being tried out`);
  const slots = (await Array.fromAsync(servedLog.pages())).flat().flatMap((it) => it.slots);
  const tried = slots.filter((it) => isNew(Number(it.post)));
  for (const { probability, sources } of tried) {
    expect(probability).toBeWithin(0.001, 0.05); // a tenth of the chance to win
    expect(sources).toEqual(["exploration"]);
  }
  expect(slots.every((it) => it.probability > 0 && it.probability <= 1)).toBe(true);
});

test("next pages go on in the same list: every post once", async () => {
  const { feed } = serve();
  for (const username of ["ada", "bob", "cyd"]) {
    const { ids } = await walk([feed], { username, pageSize: 7 });
    expect(ids.toSorted()).toEqual(POSTS.map((_, row) => 101 + row));
  }
});

test("next goes on in the same list in another process, whatever that knows of the new posts", async () => {
  const [one, other] = [serve(), serve()];
  for (let n = 0; n < 30; n++) {
    const username = `user${n}`;
    const first = await ask(one.feed, { username, pageSize: 20 });
    await ask(other.feed, { username: `other${n}`, pageSize: 20 });
    const ids = idsOn(first);
    for (let [page, list] = [2, first.nextList]; list !== undefined; page++) {
      const next = await ask(page % 2 ? one.feed : other.feed, {
        username,
        pageSize: 20,
        page,
        list,
      });
      ids.push(...idsOn(next));
      list = next.nextList;
    }
    expect(ids.toSorted()).toEqual(POSTS.map((_, row) => 101 + row));
  }
  const pages = (await Array.fromAsync(one.servedLog.pages())).flat();
  const chances = new Map<string, number>();
  for (const { userId, slots } of pages)
    for (const { post, slot, probability } of slots) chances.set(`${userId} ${post} ${slot}`, probability); // prettier-ignore
  expect([...chances.values()].some((it) => it < 1)).toBe(true);
  expect([...chances.values()].every((it) => it > 0 && it <= 1)).toBe(true);
});

test("every new post has its first impressions before long, and few more than twice as many", async () => {
  const process = serve();
  for (let n = 0; n < 600; n++) {
    await ask(process.feed, { username: `user${n}`, pageSize: 20 });
    if (n % 20 === 0) await recount(process);
  }
  await recount(process);
  const { posts } = await process.servedLog.exposures.changedAfter(0, 100);
  for (const post of [161, 162, 163, 164] as PostKey[])
    expect(posts.find((it) => it.post === post)!.impressions).toBeWithin(20, 60);
  expect(process.newPosts.trials(process.registry.current()!.ranker.model, nowMs)!.rows.length).toBeLessThan(4); // prettier-ignore
});

test("a post that another process has served before this one knew of it is counted", async () => {
  const process = serve();
  await ask(process.feed, { username: "ada", pageSize: 5 });
  await recount(process);
  const [page] = (await Array.fromAsync(process.servedLog.pages())).flat();
  const [slot] = page!.slots;
  const slots = [160, 999].map((post, n) => ({ ...slot!, post: post as PostKey, slot: n + 1 }));
  process.servedLog.append({ ...page!, slots });
  await recount(process);
  const { posts } = await process.servedLog.exposures.changedAfter(0, 100);
  expect(posts.find((it) => it.post === 999)?.impressions).toBe(1);
  expect(posts.some((it) => it.post === 160)).toBe(false);
});

test("nothing is tried out where the share is 0, on strangers that are not logged, or once posts are old", async () => {
  const user = "ada" as UserId;
  const asked = { user, category: undefined, mood: undefined, session: undefined, cursor: undefined, limit: 20, exclude: [] as PostId[], cards: false, explain: false }; // prettier-ignore
  const ids = async (process: ReturnType<typeof serve>, over = {}) =>
    (await process.recommend({ ...asked, ...over }))!.items.map((it) => Number(it.id));
  const plain = await ids(serve({ ...SETTINGS, share: 0 }));
  for (let n = 0; n < 20; n++)
    expect(await ids(serve(), { user: `stranger${n}` as UserId, past: [] })).toEqual(plain);
  nowMs += 7 * 86_400_000;
  for (let n = 0; n < 20; n++) expect(await ids(serve(), { user: `user${n}` })).toEqual(plain);
});

describe("by its counts, a new post", () => {
  const stage = (impressions: number, completions: number) =>
    stageOf({ impressions, completions }, 0.4, 20);

  test("is tried out until it has had its first impressions, however bad it seems", () => {
    expect([stage(0, 0), stage(19, 0), stage(19, 19)]).toEqual(["trial", "trial", "trial"]);
  });

  test("is tried out on, unless it is clearly worse than others: then it is retired", () => {
    expect([stage(20, 8), stage(20, 6), stage(20, 1)]).toEqual(["trial", "trial", "retired"]);
  });

  test("has graduated with twice as many", () => {
    expect([stage(39, 16), stage(40, 16), stage(40, 0)]).toEqual([
      "trial",
      "graduated",
      "graduated",
    ]);
  });
});
