/** Taste: a feed's beliefs about a person, which end with an erasure. */
import { describe, expect, test } from "bun:test";
import type { UserId } from "../../src/domain/ids.ts";
import { UNMOVED } from "../../src/domain/sliders.ts";
import type { Taste } from "../../src/feed/taste.ts";
import { change } from "../support/changes.ts";
import { ask, encodeWords, idsOn, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";

const ADA = "1" as UserId;
const DAY_MS = 86_400_000;

const POSTS = Array.from({ length: 8 }, (_, n) => ({
  category: n < 4 ? "Running" : "Cooking",
  creator: n % 2 === 0 ? "bob" : "eve",
  vector: n < 4 ? [1, 0, 0] : [0, 1, 0],
}));

async function worldOf(folder: string) {
  const world = openWorld(folder, POSTS);
  await world.fill();
  await world.user(1, "ada");
  world.learn({ moods: { calm: [1, 0, 0], happy: [0, 1, 0] } });
  return world;
}

describe("a taste", () => {
  test("has what was liked by category, creator and mood, what was asked for, and says so", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    await world.did(1, { post: 101, kind: "like" });
    await world.did(1, { post: 103, kind: "like" });
    await world.did(1, { post: 106, kind: "hide" });
    const steer = (way: "less" | "hide", target: "tag" | "creator", id: string) =>
      change(world.store, "steer", ADA, { way, target, id }, AS_OF_MS);
    await steer("less", "tag", "News");
    await steer("hide", "creator", "eve");
    await change(world.store, "slide", ADA, { ...UNMOVED, variety: 0.9 }, AS_OF_MS);
    const { taste } = world.serve(encodeWords, () => AS_OF_MS + 14 * DAY_MS);
    const said = await taste(ADA);
    expect(said).toMatchObject({
      posts: { known: 3, liked: 2, disliked: 1 },
      categories: [
        { name: "Running", share: 1, liked: 2, disliked: 0 },
        { name: "Cooking", share: 0, liked: 0, disliked: 1 },
      ],
      creators: [{ name: "bob", liked: 2 }, { name: "eve", disliked: 1 }],
      moods: [{ name: "calm" }],
      recent: [{ id: "106", title: "post 106" }, { id: "103" }, { id: "101" }],
      steering: [
        { way: "less", target: "tag", id: "news", strength: -0.5 },
        { way: "hide", target: "creator", id: "eve", strength: 0 },
      ],
      sliders: { ...UNMOVED, variety: 0.9 },
      words: [
        "You watched or liked 2 of the 3 posts that are known of you.",
        "Most of it is in Running (100 %).",
        "By those who made it: bob (100 %).",
        "In mood it is nearest to calm.",
        "Less for you: Cooking.",
        "Lately you liked “post 103”.",
        "You asked for less tagged news: 50 % of that is left.",
        "You hide what is by eve.",
        "Your slider of variety is at 0.9 of 1.",
      ],
    }); // prettier-ignore
  });

  test("says that a post was viewed, where nothing else was done to it", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    await world.did(1, { post: 101, kind: "view" });
    const { words } = (await world.serve(encodeWords, () => AS_OF_MS).taste(ADA)) as Taste;
    expect(words[0]).toBe("You watched or liked 1 of the 1 posts that are known of you.");
    expect(words.at(-1)).toBe("Lately you viewed “post 101”.");
  });

  test("of somebody who did nothing says that nothing is known; of a stranger there is none", async () => {
    using folder = temporaryFolder();
    using world = await worldOf(folder.path);
    const { taste } = world.serve();
    expect(await taste(ADA)).toMatchObject({
      audience: "cold",
      categories: [],
      moods: [],
      words: ["What you like is not known yet, so that your feed is that of a newcomer."],
    });
    expect(await taste("nobody" as UserId)).toBe("unknown user");
  });
});

test("an erased person is a stranger in every process at the next request, and their id begins anew", async () => {
  using folder = temporaryFolder();
  using world = await worldOf(folder.path);
  const processes = [world.serve(), world.serve()];
  const stranger = idsOn(await ask(processes[0]!.feed, { pageSize: 8 }));
  await world.did(1, { post: 101, kind: "like" });
  await change(world.store, "steer", ADA, { way: "hide", target: "creator", id: "eve" }, AS_OF_MS);
  for (const { feed } of processes)
    expect(idsOn(await ask(feed, { username: "ada", pageSize: 8 }))).toEqual([103, 105, 107, 101]);
  await change(world.store, "eraseUser", ADA, AS_OF_MS);
  for (const { feed, taste } of processes) {
    const { user, ...page } = await ask(feed, { username: "ada", pageSize: 8 });
    expect([user.known, idsOn({ user, ...page })]).toEqual([false, stranger]);
    expect(await taste(ADA)).toBe("unknown user");
  }
  await world.user(1, "ada");
  for (const { feed } of processes)
    expect(idsOn(await ask(feed, { username: "ada", pageSize: 8 }))).toEqual(stranger);
});
