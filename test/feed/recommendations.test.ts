/** Recommendations by ids: their pages, what a request leaves out, and cards. */
import { describe, expect, test } from "bun:test";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { ask, idsOn } from "../support/feeds.ts";
import { AS_OF_MS } from "../support/model.ts";
import { ALL, idsIn, POSTS, twelvePosts } from "./twelve-posts.ts";

const catalogue = twelvePosts();
const { process, recommend, setClock, walk } = catalogue;

describe("pages", () => {
  test("go through the list of /feed, with ids as strings, scores, positions and an id each", async () => {
    await catalogue.world.did(41, { post: 104, kind: "like" });
    const { pages, ids } = await walk({ user: "41" });
    const feed = await ask(catalogue.served.feed, { username: "41", pageSize: 100 });
    expect(ids).toEqual(idsOn(feed).map(String));
    const items = pages.flatMap((it) => it.items);
    expect(items.map((it) => it.position)).toEqual(ids.map((_, n) => n + 1));
    expect(items[0]!.score).toBeGreaterThan(items[5]!.score);
    expect(items.every((it) => Number.isFinite(it.score))).toBeTrue();
    expect(items.at(-1)).toMatchObject({ id: "104", score: 0 }); // a tier: it was seen
    expect(pages.at(-1)!.fallback).toEqual(["seen"]);
    expect(new Set(pages.map((it) => it.recommendationId)).size).toBe(3);
    expect(pages[0]).toMatchObject({ user: { id: "41", known: true }, audience: "cool" });
  });

  test("know a user by the id alone", async () => {
    expect((await recommend({ user: "ada" })).user).toEqual({ id: null, known: false });
    await catalogue.world.did("new", { post: 101, kind: "like" });
    expect((await recommend({ user: "new" })).user.known).toBeTrue();
  });

  test("are filled from further down where posts went since the ranking, and go on behind", async () => {
    const { ids } = await walk();
    const first = await recommend({ limit: 4 });
    for (const id of [ids[4]!, ids[6]!, ids[7]!])
      await catalogue.world.post(id, { isLocked: true });
    const second = await recommend({ limit: 4, cursor: first.cursor });
    expect(idsIn(second)).toEqual([5, 8, 9, 10].map((n) => ids[n]!));
    expect(second.items.map((it) => it.position)).toEqual([5, 6, 7, 8]);
    const third = await recommend({ limit: 4, cursor: second.cursor });
    expect([idsIn(third), third.cursor]).toEqual([[ids[11]!], undefined]);
    expect(third.items[0]!.position).toBe(9);
  });

  test("are empty where every post is gone", async () => {
    for (const id of ALL) await catalogue.world.post(id, { isPublic: false });
    expect(await recommend()).toMatchObject({ items: [], cursor: undefined });
  });

  test("go on in another process, and start anew if the list is lost", async () => {
    const { ids } = await walk();
    const { cursor } = await recommend();
    expect(idsIn(await recommend({ cursor }, process()))).toEqual(ids.slice(5, 10));
    const made = await recommend({ cursor: "made-up" });
    expect([idsIn(made), made.fallback]).toEqual([ids.slice(0, 5), expect.arrayContaining(["list_expired"])]); // prettier-ignore
  });

  test("leave out a post from the moment it expires, on a list and in a cache that had it", async () => {
    const { ids } = await walk();
    await catalogue.world.post(ids[6]!, { expiresAtMs: AS_OF_MS + 1_000 });
    await catalogue.world.post(ids[0]!, { expiresAtMs: AS_OF_MS + 1_000 });
    expect((await walk()).ids).toEqual(ids);
    const { ids: rest } = await walk({}, () => setClock(1_000));
    expect(rest).toEqual(ids.filter((_, n) => n !== 6));
    expect((await walk()).ids).toEqual(ids.filter((_, n) => n !== 6 && n !== 0));
    expect(idsOn(await ask(catalogue.served.feed))).not.toContain(Number(ids[0]));
  });
});

test("posts whose expiry the snapshot knows make room before ranking, so that they do not shorten a list", async () => {
  catalogue.world.learn({}, POSTS.map((it, n) => ({ ...it, expiresInDays: n < 6 ? 1 : 9 }))); // prettier-ignore
  const fresh = process();
  setClock(86_400_000);
  const page = await recommend({ limit: 12, explain: true }, fresh);
  expect(idsIn(page).toSorted()).toEqual(ALL.slice(6));
  expect(page.trace).toMatchObject({ eligible: 6, keptOut: { expired: 6 } });
  const why = await fresh.why({ userId: "x" as UserId, post: "101" as PostId, ...{ projectCode: undefined, mood: undefined } }); // prettier-ignore
  expect(why).toMatchObject({ eligible: false, reasons: ["expired"], rank: undefined });
});

test("a list from which posts have expired is not taken for the same in another process", async () => {
  catalogue.world.learn({}, POSTS.map((it, n) => ({ ...it, ...(n === 2 && { expiresInDays: 1 }) }))); // prettier-ignore
  const { cursor } = await recommend({}, process());
  expect((await recommend({ cursor }, process())).fallback).not.toContain("list_expired");
  setClock(86_400_000);
  expect((await recommend({ cursor }, process())).fallback).toContain("list_expired");
});

describe("what a request excludes", () => {
  test("is on none of its pages, in another process neither; unknown ids change nothing", async () => {
    const { ids } = await walk();
    const exclude = [ids[0]!, ids[7]!, "nobody's"];
    const rest = ids.filter((id) => !exclude.includes(id));
    expect((await walk({ exclude })).ids.toSorted()).toEqual(rest.toSorted());
    const first = await recommend({ exclude });
    const second = await recommend({ exclude, cursor: first.cursor }, process());
    expect(second.fallback).not.toContain("list_expired");
    expect([...idsIn(first), ...idsIn(second)]).not.toContainAnyValues(exclude);
    expect((await recommend({ exclude, explain: true })).trace!.keptOut.excluded).toBe(2);
  });

  test("is not kept from /feed's own list", async () => {
    await ask(catalogue.served.feed, { username: "41" });
    await recommend({ user: "41", exclude: ALL.slice(0, 6) });
    const page2 = await ask(catalogue.served.feed, { username: "41", page: 2 });
    expect(idsOn(page2)).toHaveLength(5);
  });
});

test("cards are the JSON that an app sent, null where it sent none, and Socialverse's with the flags of the user", async () => {
  const sent = { sent: JSON.stringify({ id: "101", title: "x", card: '{"b":1.50}' }) };
  await catalogue.world.post(101, sent);
  await catalogue.world.post(102, { sent: JSON.stringify({ id: "102", title: "x" }) });
  await catalogue.world.did(41, { post: 103, kind: "like" });
  const { items } = await recommend({ user: "41", limit: 12, cards: true });
  const of = (id: string) => items.find((it) => it.id === id)!.shown;
  expect([of("101"), of("102")]).toEqual([{ own: '{"b":1.50}' }, { own: null }]);
  expect(of("103")).toMatchObject({ upvoted: true, card: { head: expect.stringContaining('"id":103') } }); // prettier-ignore
  expect(of("104")).toMatchObject({ upvoted: false });
  expect((await recommend()).items[0]!.shown).toBeUndefined();
});
