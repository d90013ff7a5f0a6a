/** A creator's page: what is shown of them and why, and why the rest is not. */
import { expect, test } from "bun:test";
import type { PostId, UserId } from "../../../src/domain/ids.ts";
import type { Creator } from "../../../src/feed/creators/creators.ts";
import { HIDDEN } from "../../../src/snapshot/model.ts";
import { change } from "../../support/changes.ts";
import { AS_OF_MS } from "../../support/model.ts";
import { type PostSketch } from "../../support/sketch.ts";
import { smallCatalogue } from "./small-catalogue.ts";

const HOUR_MS = 3_600_000;
const vector = [1, 0, 0];
/** 101, 102, …; all but the last by ada. */
const POSTS: readonly PostSketch[] = [
  { creator: "ada", ageDays: 20, vector, duplicateOf: 0 },
  { creator: "ada", ageDays: 19, vector, duplicateOf: 0 },
  { creator: "ada", ageDays: 18, vector, flags: HIDDEN },
  { creator: "ada", ageDays: 17, vector, expiresInDays: -1 },
  { creator: "ada", ageDays: 16 },
  { creator: "ada", ageDays: 15, vector, isPlaceholder: true },
  { creator: "ada", ageDays: 1, vector },
  { creator: "bob", ageDays: 14, vector },
];

const { world, shown, reader } = smallCatalogue(POSTS);
async function creator(id: string, over = {}): Promise<Creator> {
  return (await reader().creator({ id, days: 7, offset: 0, limit: 20, ...over })) as Creator;
}

test("says for each post what keeps it out of all lists, or that none had it, and sums that up", async () => {
  shown("x", [101, 105]);
  const { items, absent } = await creator("ada");
  const reasons = items.map((it) => [it.id, it.absent.map(({ reason }) => reason).join(" ")]);
  expect(Object.fromEntries(reasons)).toEqual({
    101: "",
    102: "duplicate not_shown",
    103: "hidden",
    104: "expired",
    105: "not_encoded",
    106: "placeholder not_shown",
    107: "not_shown",
  });
  expect(items.find(({ id }) => String(id) === "102")?.repeats).toEqual({ id: "101" as PostId, title: "post 101" }); // prettier-ignore
  expect(items.flatMap((it) => it.repeats ?? [])).toHaveLength(1);
  expect(absent.map(({ reason, posts }) => [reason, posts])).toContainEqual(["not_shown", 3]);
  expect(absent.find((it) => it.reason === "hidden")?.words).toBe("it is hidden by its app");
});

test("says what found the posts that were shown, and what became of them", async () => {
  shown("x", [101, 105], { sources: ["popular", "fresh"] });
  shown("y", [101], { sources: ["fresh"] });
  shown("y", [108]);
  await world().did("y", { post: 101, kind: "like", atMs: AS_OF_MS - HOUR_MS / 2 });
  const { sources, outcomes, items, ...ada } = await creator("ada");
  expect(sources).toEqual([
    { name: "fresh", impressions: 3 },
    { name: "popular", impressions: 2 },
  ]);
  expect(ada).toMatchObject({ rank: 1, creators: 2, impressions: 3, people: 2, share: 3 / 4 });
  expect(outcomes.likes).toMatchObject({ count: 1, of: 3 });
  expect(items.slice(0, 2)).toMatchObject([
    { id: "101", title: "post 101", impressions: 2, people: 2, likes: { count: 1, of: 2 } },
    { id: "105", impressions: 1, people: 1, likes: { count: 0, of: 1 } },
  ]);
  expect((await creator("bob")).rank).toBe(2);
});

test("those that are shown as often have the same rank", async () => {
  shown("x", [101, 108]);
  expect([(await creator("ada")).rank, (await creator("bob")).rank]).toEqual([1, 1]);
});

test("has the stage of new posts, and a part of the posts at a time", async () => {
  const { items } = await creator("ada");
  expect(items.flatMap((it) => it.stage ?? [])).toEqual(["waiting"]);
  expect(String(items[0]!.id)).toBe("107"); // of equal ones the newest
  expect((await creator("ada", { offset: 2, limit: 2 })).items.map(({ id }) => id)).toEqual(
    items.slice(2, 4).map(({ id }) => id),
  );
});

test("counts the people who hide them, and tells no more of these", async () => {
  const hide = { way: "hide", target: "creator", id: "ada" } as const;
  for (const user of ["x", "y"])
    await change(world().store, "steer", user as UserId, hide, AS_OF_MS);
  await change(world().store, "steer", "z" as UserId, { ...hide, way: "less" }, AS_OF_MS);
  await change(world().store, "steer", "z" as UserId, { ...hide, id: "bob" }, AS_OF_MS);
  expect((await creator("ada")).hiddenBy).toBe(2);
});

test("of whom no post is, is unknown", async () => {
  expect(await creator("nobody")).toBe("unknown creator" as never);
});
