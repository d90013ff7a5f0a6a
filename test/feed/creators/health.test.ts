/** Creators and the catalogue's health, of a small catalogue whose answer can be seen. */
import { describe, expect, test } from "bun:test";
import type { PostId, PostKey, UserId } from "../../../src/domain/ids.ts";
import type { CreatorsRequest } from "../../../src/feed/creators/creators.ts";
import { HIDDEN } from "../../../src/snapshot/model.ts";
import { change } from "../../support/changes.ts";
import { AS_OF_MS } from "../../support/model.ts";
import { type PostSketch } from "../../support/sketch.ts";
import { smallCatalogue } from "./small-catalogue.ts";

const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
/** 101, 102, … */
const POSTS: readonly PostSketch[] = [
  { creator: "ada", category: "Cooking", ageDays: 20 },
  { creator: "ada", category: "Cooking", ageDays: 19, duplicateOf: 1 },
  { creator: "bob", category: "Cooking", ageDays: 18, duplicateOf: 1 },
  { creator: "bob", category: "Chess", ageDays: 40 },
  { creator: "cyd", category: "Rye", ageDays: 30, popularity: 0 },
  { creator: "dan", category: "Cooking", further: ["Baking"], ageDays: 0.5, popularity: 0 },
  { creator: "eve", category: "Cooking", ageDays: 12, flags: HIDDEN },
  { category: "Cooking", ageDays: 11, expiresInDays: -1 },
];

const { world, shown, servedLog, reader } = smallCatalogue(POSTS);
const health = async (days = 7) => (await reader().catalogueHealth(days))!;
const LIST: CreatorsRequest = { days: 7, text: "", sort: "impressions", isAscending: false, offset: 0, limit: 20 }; // prettier-ignore
const list = async (over: Partial<CreatorsRequest> = {}) => (await reader().creators({ ...LIST, ...over }))!; // prettier-ignore

describe("exposure over creators", () => {
  test("counts creators with a post that may be shown, those who were not shown as 0", async () => {
    shown("x", [101, 101, 101, 102]);
    shown("y", [103, 108, 999]); // nobody's, and one that is gone
    const { creators, impressions, unattributed, pages } = await health();
    expect([pages, impressions, unattributed]).toEqual([2, 7, 2]);
    expect(creators).toMatchObject({ count: 4, shown: 2, half: 1, topTenth: { count: 1, share: 0.8 } }); // prettier-ignore
    // 0, 0, 1, 4: Σ (2i − n − 1) e / (n Σ e)
    expect(creators.gini).toBe((1 + 3 * 4) / (4 * 5));
    expect(creators.lorenz.map(({ have }) => have)).toEqual([0, 0, 0, 0.2, 1]);
  });

  test("of each: posts, those that may be shown and were, impressions, people, share", async () => {
    shown("x", [101, 101, 101, 102]);
    shown("x", [101]);
    shown("y", [103, 101]);
    expect((await list()).creators).toEqual([
      { id: "ada", posts: 2, servable: 2, shown: 2, impressions: 6, people: 2, share: 6 / 7 },
      { id: "bob", posts: 2, servable: 2, shown: 1, impressions: 1, people: 1, share: 1 / 7 },
      { id: "cyd", posts: 1, servable: 1, shown: 0, impressions: 0, people: 0, share: 0 },
      { id: "dan", posts: 1, servable: 1, shown: 0, impressions: 0, people: 0, share: 0 },
      { id: "eve", posts: 1, servable: 0, shown: 0, impressions: 0, people: 0, share: 0 },
    ]);
  });

  test("is of the days that are asked for", async () => {
    shown("x", [101], { atMs: AS_OF_MS - 8 * DAY_MS });
    shown("x", [103]);
    expect((await health(7)).impressions).toBe(1);
    expect((await health(30)).impressions).toBe(2);
  });

  test("forgets people who are erased, at once, though a count is kept for a minute", async () => {
    shown("x", [101]);
    shown("y", [103]);
    const { catalogueHealth } = reader();
    expect((await catalogueHealth(7))!.impressions).toBe(2);
    shown("z", [101, 101]);
    expect((await catalogueHealth(7))!.impressions).toBe(2); // kept
    await servedLog().eraseUser("x" as UserId, AS_OF_MS);
    const { impressions, creators } = (await catalogueHealth(7))!;
    expect([impressions, creators.shown]).toEqual([3, 2]); // y's and z's
  });

  test("is counted for one number of days after the other, whoever asks at the same time", async () => {
    shown("x", [101]);
    let [walks, most] = [0, 0];
    async function* byUser(sinceMs: number) {
      most = Math.max(most, ++walks);
      yield* servedLog().byUser(sinceMs);
      walks--;
    }
    const { catalogueHealth } = reader({ servedLog: () => ({ ...servedLog(), byUser }) });
    const all = await Promise.all([1, 7, 30].map(catalogueHealth));
    expect(all.map((it) => it!.days)).toEqual([1, 7, 30]);
    expect(most).toBe(1);
  });

  test("is counted once for all who ask at the same time", async () => {
    let walks = 0;
    const log = { ...servedLog(), byUser: (sinceMs: number) => (walks++, servedLog().byUser(sinceMs)) }; // prettier-ignore
    const { catalogueHealth, creators, creator } = reader({ servedLog: () => log });
    await Promise.all([
      catalogueHealth(7),
      creators(LIST),
      creator({ id: "ada", days: 7, offset: 0, limit: 5 }),
    ]);
    expect(walks).toBe(1);
  });
});

test("creators are found by a part of their id, sorted by any column, a part at a time", async () => {
  shown("x", [103, 101, 101]);
  shown("y", [103]);
  shown("z", [103]);
  const ids = async (over: Partial<CreatorsRequest>) =>
    (await list(over)).creators.map(({ id }) => id).join(" ");
  expect(await ids({})).toBe("bob ada cyd dan eve");
  expect(await ids({ isAscending: true })).toBe("cyd dan eve ada bob");
  expect(await ids({ sort: "id" })).toBe("eve dan cyd bob ada");
  expect(await ids({ sort: "posts" })).toBe("bob ada cyd dan eve");
  expect(await ids({ sort: "people", limit: 1, offset: 1 })).toBe("ada");
  expect(await list({ text: "D" })).toMatchObject({ total: 3 }); // ada, cyd, dan
});

describe("the catalogue's health", () => {
  test("names near-duplicates that may be shown, with titles", async () => {
    const { duplicates } = await health();
    expect(duplicates).toEqual({
      ...{ groups: 1, repeats: 1 },
      largest: [
        {
          size: 2,
          posts: [
            { id: "102" as PostId, title: "post 102" },
            { id: "103" as PostId, title: "post 103" },
          ],
        },
      ],
    });
  });

  test("names categories of which nothing was shown, and those with which nobody does anything", async () => {
    shown("x", [101, 105]);
    await world().did(7, { post: 101, kind: "view", atMs: AS_OF_MS - DAY_MS });
    await world().did(7, { post: 104, kind: "view", atMs: AS_OF_MS - 2 * DAY_MS });
    await world().did(7, { post: 105, kind: "view", atMs: AS_OF_MS - 20 * DAY_MS });
    const { categories } = await health();
    expect(categories.count).toBe(4);
    expect(categories.dead).toEqual([
      { name: "Chess", posts: 1, impressions: 0, lastDay: Math.floor(AS_OF_MS / DAY_MS) - 2 },
      { name: "Rye", posts: 1, impressions: 1, lastDay: Math.floor(AS_OF_MS / DAY_MS) - 20 },
      { name: "Baking", posts: 1, impressions: 0, lastDay: undefined },
    ]);
  });

  test("counts cold posts by age, and names those that nobody was shown, the oldest first", async () => {
    shown("x", [105]);
    const createdAtMs = AS_OF_MS - 7 * HOUR_MS; // the model has no time after its newest event
    await world().post(106, { createdAtMs });
    expect((await health()).cold).toMatchObject({
      posts: 2,
      ages: [
        { fromDays: 0, posts: 1, shown: 0 },
        { fromDays: 1, posts: 0, shown: 0 },
        { fromDays: 7, posts: 0, shown: 0 },
        { fromDays: 30, posts: 1, shown: 1 },
      ],
      longest: [{ id: "106" as PostId, title: "post 106", createdAtMs }],
    });
    await world().did(7, { post: 106, kind: "view" });
    expect((await health()).cold.posts).toBe(1);
  });

  test("of the demo, which ends long ago, has ages as of now like all others, and no category is dead for want of events", async () => {
    shown("x", [101, 104, 105, 106]);
    const nowMs = () => AS_OF_MS + 2 * DAY_MS;
    const { cold, categories } = (await reader({ isDemo: true, nowMs }).catalogueHealth(7))!;
    expect(cold.ages.map(({ posts }) => posts)).toEqual([0, 1, 0, 1]); // 106 was made half a day before the end
    expect(categories.dead).toEqual([]);
  });

  test("says how far new posts have come, and which slots they won", async () => {
    shown("x", [101, 106], { sources: ["exploration"] });
    shown("y", [106]);
    const exploration = async () => (await health()).exploration!;
    const none = { waiting: 0, trial: 0, graduated: 0, retired: 0 };
    expect(await exploration()).toMatchObject({ won: 2, posts: { ...none, waiting: 1 } });
    const showing = { userId: "x", post: 106 as PostKey, atMs: AS_OF_MS, isNew: true, isSampled: true }; // prettier-ignore
    const { exposures } = servedLog();
    await exposures.add(await exposures.ends(), { page: 1, event: 1 }, [showing], []);
    expect((await exploration()).posts).toEqual({ ...none, trial: 1 });
    await exposures.add(await exposures.ends(), { page: 2, event: 1 }, Array(39).fill(showing), []);
    expect((await exploration()).posts).toEqual({ ...none, graduated: 1 }); // twice its first 20
  });

  test("before the first snapshot is unknown", async () => {
    expect(await reader({ registry: { current: () => undefined } }).catalogueHealth(7)).toBe(undefined); // prettier-ignore
  });
});

test("erasing somebody in the store takes their events from what is known of categories", async () => {
  shown("x", [101, 104, 105]);
  await world().did("7", { post: 104, kind: "view", atMs: AS_OF_MS - DAY_MS });
  const { catalogueHealth } = reader();
  const dead = async () => (await catalogueHealth(7))!.categories.dead.map(({ name }) => name);
  expect(await dead()).toEqual(["Cooking", "Rye", "Baking"]);
  await change(world().store, "eraseUser", "7" as UserId, AS_OF_MS);
  expect(await dead()).toEqual(["Cooking", "Chess", "Rye", "Baking"]);
});
