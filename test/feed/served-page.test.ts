/** Entries of the served log for feeds and recommendations. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { ADA, openAdasWorld } from "../support/ada.ts";
import { ask, idsOn } from "../support/feeds.ts";

let world: Awaited<ReturnType<typeof openAdasWorld>>;
beforeEach(async () => void (world = await openAdasWorld()));
afterEach(() => world[Symbol.dispose]());

const NO_INTENT = { category: undefined, mood: undefined, session: undefined, cursor: undefined };
const PLAIN = { ...NO_INTENT, exclude: [] as PostId[], cards: false, explain: false };

test("a page of /feed is logged under the user's id: slots, sources, scores, tiers, snapshot", async () => {
  const { feed, servedLog } = world.serve();
  const first = await ask(feed, { username: "ada", pageSize: 20, explain: true });
  const second = await ask(feed, { username: "ada", pageSize: 20, page: 2, list: first.nextList });
  const [one, two] = (await Array.fromAsync(servedLog.pages())).flat();
  expect(one).toMatchObject({
    ...{ recommendationId: first.recommendationId, userId: String(ADA), from: 0 },
    ...{ snapshot: first.snapshot, policy: "feed", audience: "cool", list: first.nextList! },
  });
  expect(one!.slots.map((it) => Number(it.post))).toEqual(idsOn(first));
  expect(one!.slots.map((it) => it.slot)).toEqual(idsOn(first).map((_, n) => n + 1));
  for (const [n, { sources, score, probability }] of one!.slots.entries()) {
    expect(sources).toEqual(first.explain![n]!.sources);
    expect(score).toBeCloseTo(first.explain![n]!.score, 3);
    expect(probability).toBe(1);
  }
  expect(two).toMatchObject({ recommendationId: second.recommendationId, from: 20 });
  expect(two!.slots.at(-1)).toMatchObject({ sources: ["tier:seen"], score: 0, slot: 30 });
});

test("recommendations are logged with their session; a stranger's, a preview and what is passed over are not", async () => {
  const { recommend, feed, servedLog } = world.serve();
  const user = "new" as UserId;
  const asked = { ...PLAIN, user, limit: 5 };
  const page = await recommend({ ...asked, session: "s" });
  await recommend({ ...asked, isPreview: true });
  await recommend({ ...asked, past: [] });
  await ask(feed, { username: "ada", isPreview: true });
  const part = await recommend({ ...asked, offset: 2 });
  const pages = (await Array.fromAsync(servedLog.pages())).flat();
  expect(pages.map((it) => [it.recommendationId, it.userId, it.session, it.next, it.slots.length])).toEqual([
    [page!.recommendationId, "new", "s", page!.cursor, 5],
    [part!.recommendationId, "new", undefined, part!.cursor, 3],
  ]); // prettier-ignore
  expect(pages[1]!.slots.map((it) => it.slot)).toEqual([3, 4, 5]);
  expect(part!.items.map((it) => it.position)).toEqual([3, 4, 5]);
});

test("words that name no category have no posts where only names count, and nothing is logged as shown", async () => {
  const { recommend, servedLog } = world.serve();
  const asked = { ...PLAIN, user: "new" as UserId, limit: 5, isNamedOnly: true };
  const posts = async (category: string) => (await recommend({ ...asked, category }))!.items.length;
  expect([await posts("running"), await posts("running shoes")]).toEqual([5, 0]);
  const pages = (await Array.fromAsync(servedLog.pages())).flat();
  expect(pages.map((it) => it.slots.length)).toEqual([5, 0]);
});
