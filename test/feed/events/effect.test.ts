/** Effect of an event on its person's feed, on a catalogue of three kinds whose lists are visible. */
import { describe, expect, test } from "bun:test";
import type { UserId } from "../../../src/domain/ids.ts";
import type { Effect } from "../../../src/feed/events/effect.ts";
import { SHIPPED_BLEND } from "../../../src/ranking/blend.ts";
import { change } from "../../support/changes.ts";
import { ask, encodeWords, idsOn, openWorld } from "../../support/feeds.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { AS_OF_MS } from "../../support/model.ts";

const KINDS = ["Running", "Cooking", "Astronomy"] as const;
const VECTORS = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // prettier-ignore
/** 101 to 130, of the three kinds in turn, the earlier the more popular. */
const POSTS = Array.from({ length: 30 }, (_, n) => ({
  category: KINDS[n % 3]!,
  vector: VECTORS[n % 3]!,
  ageDays: 30 - n,
}));
const kindOf = (id: string) => KINDS[(Number(id) - 101) % 3];

async function worldOf(folder: string, weights = SHIPPED_BLEND.weights) {
  const world = openWorld(folder, POSTS);
  await world.fill();
  await world.user(1, "ada");
  world.learn({ blend: { ...SHIPPED_BLEND, weights } });
  const { effect, feed } = world.serve(encodeWords, () => AS_OF_MS);
  return {
    ...world,
    /** The effect of the newest event of all, or of an earlier one. */
    effect: async (back = 0) => (await effect((await world.store.events.lastSeq()) - back)) as Effect, // prettier-ignore
    unknown: effect,
    list: async () => idsOn(await ask(feed, { username: "ada", pageSize: 20 })).map(String),
    [Symbol.dispose]: () => world.store.close(),
  };
}

describe("the effect of an event", () => {
  test("of a like: the post leaves because it is seen, and others of its kind come up because of it", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    const before = await world.list();
    await world.did(1, { post: 102, kind: "like" });
    const effect = await world.effect();
    expect(effect.event).toMatchObject({ userId: "1", postId: "102", kind: "like" });
    expect(effect.before).toEqual(before as never);
    expect(effect.after).toEqual((await world.list()) as never);
    const changed = (id: string) => effect.changes.find((it) => it.id === id);
    expect(changed("102")).toMatchObject({ change: "left", rankBefore: before.indexOf("102") + 1, words: "you have seen it" }); // prettier-ignore
    const up = effect.changes.filter((it) => it.term?.name === "similar" && it.term.after > it.term.before); // prettier-ignore
    expect(up.length).toBeGreaterThan(2);
    expect(new Set(up.map(({ id }) => kindOf(id)))).toEqual(new Set(["Cooking"]));
    expect(up[0]!.words).toMatch(/^similar rose from 0\.00 to \d\.\d\d: because you liked “.+”/);
    expect(effect.words).toMatch(/^Among the first 20 posts, (\d+) entered, \1 left, \d+ moved\.$/);
  });

  test("is the same later, whatever the person does next", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    await world.did(1, { post: 101, kind: "like" });
    const first = await world.effect();
    await world.did(1, { post: 102, kind: "like" });
    expect(await world.effect(1)).toEqual(first);
    expect((await world.effect()).before).toEqual(first.after);
  });

  test("of one that is taken back: what came up goes down again", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    await world.did(1, { post: 102, kind: "like" });
    const liked = await world.effect();
    await world.undid(1, 102, "like");
    const { changes } = await world.effect();
    const rose = liked.changes.filter((it) => it.term?.name === "similar" && it.term.after > it.term.before); // prettier-ignore
    const fell = changes.filter((it) => it.words.startsWith("similar fell"));
    expect(rose.length * fell.length).toBeGreaterThan(0);
    expect(fell.map(({ id }) => kindOf(id))).toContain("Cooking");
    for (const { words } of fell) expect(words).toMatch(/^similar fell from \S+ to \S+$/); // no praise
  });

  test("of a dislike, where a term counts against posts: those that rise by it are not praised for it", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path, { ...SHIPPED_BLEND.weights, similar: [-1, -1, -1, -1] }); // prettier-ignore
    await world.did(1, { post: 105, kind: "rating", value: -98 });
    const rose = (await world.effect()).changes.filter(({ words }) => words.startsWith("similar rose")); // prettier-ignore
    expect(rose.length).toBeGreaterThan(0);
    for (const { words } of rose) expect(words).toMatch(/^similar rose from \S+ to \S+$/);
  });

  test("of an impression, of a post that is not learnt, and of one event more: nothing, and why", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    const words = async (...done: Parameters<typeof world.did>) => {
      await world.did(...done);
      const { changes, words } = await world.effect();
      expect(changes).toEqual([]);
      return words;
    };
    expect(await words(1, { post: 105, kind: "impression" })).toEndWith("an event of the kind impression says nothing about a taste."); // prettier-ignore
    expect(await words(1, { post: 999, kind: "like" })).toEndWith("the post has no place in the snapshot, and counts once it has."); // prettier-ignore
    await world.did(1, { post: 101, kind: "like" });
    expect(await words(1, { post: 101, kind: "bookmark" })).toEndWith("what it adds is too little, or was known."); // prettier-ignore
  });

  test("of an erased person's event, and of none, there is none", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    await world.did(1, { post: 101, kind: "like" });
    const seq = await world.store.events.lastSeq();
    await change(world.store, "eraseUser", "1" as UserId, AS_OF_MS);
    expect(await world.unknown(seq)).toBe("unknown event");
    expect(await world.unknown(seq + 7)).toBe("unknown event");
  });
});
