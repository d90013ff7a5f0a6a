/** Steering: it re-orders a person's feed, in every process at the next request, and fades. */
import { describe, expect, test } from "bun:test";
import type { UserId } from "../../src/domain/ids.ts";
import { UNMOVED } from "../../src/domain/sliders.ts";
import type { Steer } from "../../src/domain/steering.ts";
import { change } from "../support/changes.ts";
import { ask, encodeWords, idsOn, openWorld, walk } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";

const ADA = "1" as UserId;
const DAY_MS = 86_400_000;
const [SHOES, SOUP, STARS] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // prettier-ignore

/** 101 to 112, the earlier the more popular: of three kinds in turn. */
const POSTS = Array.from({ length: 12 }, (_, n) => ({
  category: ["Running", "Cooking", "Astronomy"][n % 3]!,
  creator: `creator-${n % 4}`,
  tags: n % 6 === 5 ? "Night, sky" : "day",
  vector: [SHOES, SOUP, STARS][n % 3]!,
  ageDays: 12 - n,
}));
const idsWhere = (is: (post: (typeof POSTS)[number]) => boolean) =>
  POSTS.flatMap((it, n) => (is(it) ? [101 + n] : []));
const COOKING = idsWhere((it) => it.category === "Cooking");

async function worldOf(folder: string) {
  const world = openWorld(folder, POSTS);
  await world.fill();
  await world.user(1, "ada");
  world.learn();
  let nowMs = AS_OF_MS;
  const { store } = world;
  const processes = [1, 2].map(() => world.serve(encodeWords, () => nowMs).feed);
  return {
    ...world,
    processes,
    feed: processes[0]!,
    steer: (way: Steer["way"], target: Steer["target"], id: string) =>
      change(store, "steer", ADA, { way, target, id }, nowMs),
    unsteer: (way: Steer["way"], target: Steer["target"], id: string) =>
      change(store, "unsteer", ADA, { way, target, id }, nowMs),
    later: (days: number) => void (nowMs += days * DAY_MS),
    first: async (count = 4, feed = processes[0]!) =>
      idsOn(await ask(feed, { username: "ada", pageSize: 12 })).slice(0, count),
    [Symbol.dispose]: () => store.close(),
  };
}

const among = (ids: readonly number[], some: readonly number[]) =>
  ids.filter((it) => some.includes(it)).length;

describe("asking for more", () => {
  test.each<[Steer["target"], string, number[]]>([
    ["category", "cooking", COOKING],
    ["creator", "creator-3", idsWhere((it) => it.creator === "creator-3")],
    ["tag", "NIGHT", idsWhere((it) => it.tags.startsWith("Night"))],
    ["mood", "soup", COOKING],
  ])(
    "of a %s brings it up, less of it down, and taking it back changes nothing",
    async (target, id, wanted) => {
      using folder = temporaryFolder();
      using world = await worldOf(folder.path);
      const before = await world.first(12);
      const places = (ids: readonly number[]) =>
        wanted.reduce((sum, it) => sum + ids.indexOf(it), 0);
      await world.steer("more", target, id);
      const more = await world.first(12);
      expect(places(more)).toBeLessThan(places(before));
      expect(more.toSorted()).toEqual(before.toSorted());
      await world.steer("less", target, id);
      const less = await world.first(12);
      expect(places(less)).toBeGreaterThan(places(before));
      expect(less.toSorted()).toEqual(before.toSorted());
      await world.unsteer("more", target, id); // is not what stands
      expect(await world.first(12)).toEqual(less);
      await world.unsteer("less", target, id);
      expect(await world.first(12)).toEqual(before);
    },
  );

  test("holds in another process at its next request, and fades", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    const [one, other] = world.processes;
    const before = await world.first(4, other);
    await world.steer("more", "category", "Cooking");
    expect(among(await world.first(4, other), COOKING)).toBeGreaterThan(among(before, COOKING));
    expect(await world.first(12, one)).toEqual(await world.first(12, other));
    world.later(300); // twenty half-lives
    expect(await world.first(4, one)).toEqual(before);
  });

  test("is explained in words, and so is asking for less", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    await world.steer("more", "category", "Cooking");
    await world.steer("less", "creator", "creator-0");
    const { explain, trace } = await ask(world.feed, {
      username: "ada",
      pageSize: 12,
      explain: true,
    });
    const of = (id: number) => explain!.find((it) => it.id === String(id))!;
    expect(of(102).terms["steering"]).toBeGreaterThan(0);
    expect(of(102).reasons[0]).toBe("you asked for more in cooking");
    expect(of(101).terms["steering"]).toBeLessThan(0);
    expect(of(101).reasons[0]).toBe("you asked for less by creator-0");
    expect(of(103).terms["steering"]).toBe(0);
    expect(trace!.found["steering"]).toBe(4);
  });

  test("of a post by an event brings up what is like it, and the newer of two opposite ones counts", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    const place = async () => {
      const ids = await world.first(12);
      return ids.indexOf(105) + ids.indexOf(108) + ids.indexOf(111);
    };
    const before = await place();
    const wish = (kind: string) =>
      change(world.store, "appendEvents", [{ userId: ADA, postId: "102", kind, value: 1, claimedAtMs: AS_OF_MS } as never], { receivedAtMs: AS_OF_MS, origin: "app" }); // prettier-ignore
    await wish("more");
    expect(await place()).toBeLessThan(before);
    await wish("less");
    expect(await place()).toBeGreaterThan(before);
  });
});

describe("hiding a creator", () => {
  const HIS = idsWhere((it) => it.creator === "creator-1");

  test("keeps all their posts out at once, on cached pages of every process, until it is taken back", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    const before = await world.first(12);
    const hide = (page: number) => page === 2 && world.steer("hide", "creator", "creator-1");
    const walked = await walk(world.processes, { username: "ada", pageSize: 2 }, hide);
    expect(among(walked.ids.slice(2), HIS)).toBe(0);
    expect(among(await world.first(12), HIS)).toBe(0);
    const { trace } = await ask(world.feed, { username: "ada", explain: true });
    expect(trace!.keptOut.creator).toBe(HIS.length);
    await world.unsteer("hide", "creator", "creator-1");
    expect(await world.first(12)).toEqual(before);
  });

  test("is ended by asking for more of them", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    await world.steer("hide", "creator", "creator-1");
    await world.steer("more", "creator", "creator-1");
    expect(among(await world.first(5), HIS)).toBe(3);
  });
});

test("sliders hold at the next request, and those in the middle change nothing", async () => {
  using folder = temporaryFolder();
  using world = await worldOf(folder.path);
  const before = await world.first(12);
  const slide = (sliders: object) =>
    change(world.store, "slide", ADA, { ...UNMOVED, ...sliders }, AS_OF_MS);
  await slide({ popularity: 0, freshness: 1 });
  expect(await world.first(2)).toEqual([112, 111]);
  await slide({});
  expect(await world.first(12)).toEqual(before);
});

test("asking for things is nothing done: an account that did no more before one like has one event", async () => {
  using folder = temporaryFolder();
  using world = await worldOf(folder.path);
  await world.steer("more", "category", "Cooking");
  await change(world.store, "slide", ADA, UNMOVED, AS_OF_MS);
  const { events, ids } = world.store;
  const ada = (await ids.userKeys([ADA])).get(ADA)!;
  expect(await events.before(ada, await events.lastSeq(), 64)).toEqual([]);
  await world.did(1, { post: 101, kind: "like" });
  expect((await events.before(ada, await events.lastSeq(), 64)).map((it) => it.post)).toEqual([101]); // prettier-ignore
});
