/** A feed from a name: who that is, and how much is known of them. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { UserId } from "../../src/domain/ids.ts";
import type { recommender } from "../../src/feed/recommend.ts";
import { ask, idsOn, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const ADA = 41;
const folder = temporaryFolder();
const world = openWorld(folder.path, [{}, {}, {}, { flags: 1 }, {}]);
let feed: ReturnType<typeof recommender>["feed"];
beforeAll(async () => {
  await world.store.meta.claimFor("https://upstream.test");
  await world.fill();
  await world.user(ADA, "ada");
  await world.user(5, "77");
  await world.user(6, "ñandú");
  await world.user(7, "🦉");
  await world.did(888, { post: 101, kind: "view" });
  world.learn();
  feed = world.serve().feed;
});
afterAll(() => {
  world[Symbol.dispose]();
  folder[Symbol.dispose]();
});

describe("a name", () => {
  test("that is unknown gets a newcomer's feed, and the reply says so", async () => {
    const page = await ask(feed, { username: "nobody-at-all", pageSize: 10 });
    expect(page).toMatchObject({ user: { id: null, known: false }, audience: "cold", match: [] });
    expect(idsOn(page).toSorted()).toEqual([101, 102, 103, 105]);
  });

  test.each([
    [0, "cold"],
    [1, "cool"],
    [4, "cool"],
    [5, "warm"],
  ])("of a user with %i posts is %s", async (posts, audience) => {
    const id = 500 + posts;
    await world.user(id, `somebody ${posts}`);
    for (let n = 0; n < posts; n++) await world.did(id, { post: 900 + n, kind: "view" });
    const page = await ask(feed, { username: `somebody ${posts}` });
    expect(page).toMatchObject({ user: { id: String(id), known: true }, audience });
  });

  test.each([
    ["41", ADA],
    ["ADA", ADA],
    ["ａｄａ", ADA],
    ["0041", null],
    ["77", 5],
    ["5", 5],
    ["ñandú", 6],
    ["n\u0303andu\u0301", 6],
    ["🦉", 7],
    ["888", 888],
    ["41.0", null],
    ["-41", null],
    ["99999999999999999999", null],
    ["'; DROP TABLE user; --", null],
    ["\ud83e", null],
  ])("like %p is found", async (username, id) => {
    expect((await ask(feed, { username })).user).toEqual({
      id: id === null ? null : (String(id) as UserId),
      known: id !== null,
    });
  });
});
