import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Post } from "../../../src/domain/post.ts";
import type { PostId, UserId } from "../../../src/domain/ids.ts";
import { toEvent, toPost, toUser } from "../../../src/ingest/socialverse/schema.ts";
import { HASH_SLUG, trapDataset } from "../../support/dataset.ts";
import { postRow } from "../../support/rows.ts";

const traps = trapDataset();
const post = (id: number): Post => toPost(traps.posts.find((it) => it.id === id))!;
const user = (id: number) => toUser(traps.users.find((it) => it.id === id))!;

describe("a post row", () => {
  test("may have [], null or nothing where an object belongs", () => {
    expect(post(11).categories).toEqual([]);
    expect(post(10).topic).toBeUndefined();
    expect(post(14)).toMatchObject({ categories: [], topic: undefined, summary: "" });
    expect(post(19)).toMatchObject({ title: "", tags: "", summary: "", isPublic: true });
  });

  test("loses the spaces round its category's name", () => {
    expect(post(13).categories).toEqual([{ id: 3, name: "Calm" }]);
  });

  test("keeps its topic's code and name", () => {
    expect(post(11).topic).toEqual({ code: "flic", name: "Events & Entertainment" });
  });

  test("keeps counters that contradict each other, and a negative average", () => {
    expect(post(14)).toMatchObject({ viewCount: 3, exitCount: 8, averageRating: -12.5 });
  });

  test("may carry its time in either format, or in the future", () => {
    expect(post(10).createdAtMs).toBe(1_701_421_637_000);
    expect(post(18).createdAtMs).toBe(Date.UTC(2024, 0, 2, 3, 4, 5));
    expect(post(15).createdAtMs).toBe(Date.UTC(2099, 0, 1));
  });

  test("has 0 for times and counts that no database could hold", () => {
    const found = toPost(postRow(1, { created_at: 1e20, view_count: 1e300, exit_count: "many" }));
    expect(found).toMatchObject({ createdAtMs: 0, viewCount: 0, exitCount: 0 });
  });

  test("keeps flags that keep it out of feeds", () => {
    expect([post(16).isLocked, post(17).isPublic]).toEqual([true, false]);
    expect([post(10).isLocked, post(10).isPublic]).toEqual([false, true]);
  });

  test("keeps an empty title, a slug without words, tags and numbers sent as text", () => {
    expect(post(12)).toMatchObject({ title: "", slug: HASH_SLUG });
    expect(post(13).tags).toBe("tea, morning");
    expect(post(18).viewCount).toBe(12);
  });

  test("is none without an id", () => {
    expect(toPost({ title: "no id" })).toBeUndefined();
    expect(toPost({ id: -2 })).toBeUndefined();
    expect(toPost([])).toBeUndefined();
  });
});

describe("a post's summary", () => {
  test("begins with description, keywords by weight, genre and topics, then has the rest", () => {
    expect(post(10).summary.split("\n")).toEqual([
      "Video Content Analysis The video unfolds slowly.",
      ...["reassurance", "forgiveness", "sky"],
      "Spiritual",
      "Divine reassurance",
      "Gazing at the horizon",
      ...["Despair", "Hope", "Peace"],
      "10 minutes",
      "Something new",
    ]);
  });

  test("may be text, [] or have fields of any type", () => {
    expect(post(12).summary).toBe("A summary that is only text.");
    expect(post(11).summary).toBe("");
    expect(post(13).summary).toBe("heavy\nloose");
  });

  test("has no e-mail addresses, as a bio has none", () => {
    const written = "Write to Ada (ada.b+c@mail.example.test), or to <bob@example.test>: @ada 5@7.";
    const found = toPost(postRow(1, { post_summary: { other_person_details: [written] } }))!;
    expect(found.summary).toBe("Write to Ada ( ), or to < >: @ada 5@7.");
    expect(toUser({ id: 1, bio: "me@example.test" })?.bio).toBe("");
    const long = toPost(postRow(1, { post_summary: "x".repeat(5_000_000) }));
    expect(long?.summary).toHaveLength(20_000);
  });

  test("may nest absurdly deep", () => {
    let deep: unknown = "bottom";
    for (let n = 0; n < 5_000; n++) deep = [deep];
    const found = toPost(postRow(1, { post_summary: { description: "top", deep } }));
    expect(found?.summary).toBe("top");
  });
});

describe("a user row", () => {
  test("keeps equal, numeric and non-ASCII usernames as they are", () => {
    expect([1, 2, 3, 4, 5, 6].map((id) => user(id).username)).toEqual([
      ...["ada", "Ada", "ada", "12345"],
      ...["Zoë・ゾーイ", "777"],
    ]);
  });

  test("may lack any key but its id", () => {
    expect(user(6)).toMatchObject({ username: "777", bio: "", userType: "" });
    expect(user(8)).toMatchObject({ username: "early", role: "", postCount: 0 });
    expect(toUser({ username: "no id" })).toBeUndefined();
  });

  test("keeps profile and counters", () => {
    expect(user(5)).toMatchObject({ userType: "creator", bio: "Morning runs and tea", role: "U" });
    expect(user(7)).toMatchObject({ postCount: 12, followingCount: 3, followerCount: 7 });
  });
});

describe("an event row", () => {
  test("takes a time without zone as UTC, and a future one as claimed", () => {
    const row = { post_id: 1, user_id: 2, viewed_at: "2024-11-24 20:26:04" };
    const claimedAtMs = Date.UTC(2024, 10, 24, 20, 26, 4);
    expect(toEvent("view", row)).toMatchObject({
      postId: "1" as PostId,
      userId: "2" as UserId,
      value: 1,
      claimedAtMs,
    });
    const future = toEvent("view", { ...row, viewed_at: "2099-01-01 00:00:00" });
    expect(future?.claimedAtMs).toBe(Date.UTC(2099, 0, 1));
  });

  test("may rate below zero", () => {
    const row = { post_id: 1, user_id: 2, rating_percent: -98, rated_at: "2024-01-11 12:45:41" };
    expect(toEvent("rating", row)?.value).toBe(-98);
  });

  test.each([
    { post_id: 1, liked_at: "2024-01-11 12:45:41" },
    { user_id: 1, liked_at: "2024-01-11 12:45:41" },
    { post_id: 1, user_id: 2, liked_at: "0000-00-00 00:00:00" },
    { post_id: 1, user_id: 2, liked_at: "" },
    { post_id: 1.5, user_id: 2, liked_at: "2024-01-11 12:45:41" },
    null,
  ])("is none without who, what and when: %o", (row) => {
    expect(toEvent("like", row)).toBeUndefined();
  });

  test("is no rating without a number", () => {
    const row = { post_id: 1, user_id: 2, rated_at: "2024-01-11 12:45:41" };
    expect(toEvent("rating", { ...row, rating_percent: null })).toBeUndefined();
    expect(toEvent("rating", { ...row, rating_percent: "64" })?.value).toBe(64);
  });
});

test("nothing upstream could send makes translating throw, or breaks a card", () => {
  const keys = Object.keys(postRow(1));
  const row = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue(), { maxKeys: 12 });
  fc.assert(
    fc.property(row, fc.nat(), (fields, id) => {
      const found = toPost({ ...fields, id })!;
      expect(JSON.parse(`${found.card.head},"upvoted":true${found.card.tail}`).id).toBe(id);
      toUser(fields);
      toEvent("rating", fields);
    }),
    { seed: 1, numRuns: 500 },
  );
});
