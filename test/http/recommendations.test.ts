/** `/recommendations` and `/recommendations/why` over HTTP. */
import { describe, expect, test } from "bun:test";
import { serving } from "../support/http.ts";
import { fakeService, startingService } from "../support/service.ts";

const { get } = serving(fakeService());
type Item = { readonly id: string; readonly position: number };
type Reply = { readonly items: readonly Item[]; readonly next: string | null };
const json = async <T = Reply>(path: string): Promise<T> => (await (await get(path)).json()) as T;

describe("GET /recommendations", () => {
  test("answers with ids as strings, scores, positions, the next page and facts about the list", async () => {
    const reply = await json("/recommendations?user=12&limit=2");
    expect(reply).toEqual({
      recommendation_id: "r0",
      items: [
        { id: "1", score: 1, position: 1 },
        { id: "2", score: 0.5, position: 2 },
      ],
      next: "/recommendations?user=12&limit=2&cursor=2",
      meta: {
        user: { id: "12", known: true },
        audience: "warm",
        match: [],
        snapshot: "s7",
        fallback: [],
        prefetch: { posts: 2, hold_ms: 600_000, void_on: ["hide"] },
      },
    } as unknown as Reply);
    expect((await json("/recommendations?user=12")).items).toHaveLength(20);
  });

  test("repeats in `next` all that was asked, whatever the ids are made of", async () => {
    const asked = new URLSearchParams([
      ["user", "at://a&b/ü"],
      ["limit", "20"],
      ["category", "crème & co"],
      ["mood", "so calm"],
      ["exclude", "1,2"],
      ["exclude", "3"],
      ["session", "s=1"],
      ["cards", "true"],
      ["preview", "true"],
      ["explain", "true"],
    ]);
    const { items, next } = await json(`/recommendations?${asked}`);
    expect(next).toBe(`/recommendations?${asked}&cursor=20`);
    expect(items.map((it) => it.id).slice(0, 3)).toEqual(["1", "2", "4"]);
  });

  test("goes through every post once by `next`, which ends as null", async () => {
    const items: Item[] = [];
    for (let next: string | null = "/recommendations?user=x&limit=13"; next !== null;) {
      const reply: Reply = await json(next);
      items.push(...reply.items);
      next = reply.next;
    }
    expect(items.map((it) => Number(it.id))).toEqual(Array.from({ length: 45 }, (_, n) => n + 1));
    expect(items.map((it) => it.position)).toEqual(Array.from({ length: 45 }, (_, n) => n + 1));
  });

  test("sends cards as they came, null, or the object of /feed, and only if asked", async () => {
    const response = await get("/recommendations?user=12&limit=3&cards=true");
    const text = await response.text();
    expect(text).toContain('"position":1,"card":{"b":1,"a":[1.50]}}');
    expect(text).toContain('"position":2,"card":null}');
    expect((JSON.parse(text) as { items: object[] }).items[2]).toMatchObject({
      card: { id: 3, title: "post 3", upvoted: true, bookmarked: false, following: false },
    });
  });

  test("explains each post if asked", async () => {
    const { items } = await json("/recommendations?user=12&limit=1&explain=true");
    expect(items[0]).toEqual({
      ...{ id: "1", score: 1, position: 1 },
      explain: {
        sources: ["popular"],
        terms: { popularity: 0.5 },
        reasons: ["many people like it"],
      },
    } as Item);
  });

  test.each([
    ["", "user"],
    ["user=", "user"],
    [`user=${"x".repeat(129)}`, "user"],
    ["user=a&user=b", "user"],
    ["user=a&limit=0", "limit"],
    ["user=a&limit=101", "limit"],
    ["user=a&exclude=b&exclude=%00", "exclude"],
    ["user=a&session=", "session"],
    ["user=a&cards=1", "cards"],
    ["user=a&limt=5", "limt"],
    [`user=a&${"exclude=0123456789&".repeat(212)}`, "exclude"],
  ])("refuses ?%s for its %s", async (query, field) => {
    const response = await get(`/recommendations?${query}`);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ field }] });
  });
});

describe("GET /recommendations/why", () => {
  test("answers about one post, with ids as strings", async () => {
    expect(await json<object>("/recommendations/why?user=12&post=1")).toEqual({
      ...{ eligible: true, reasons: [], found_by: ["popular"], terms: { popular: 1 } },
      ...{
        rank_before: 1,
        rank: null,
        lacks: null,
        sentences: ["It is.", "It is new."],
        words: "It is. It is new.",
      },
      meta: {
        ...{ user: { id: "12", known: true }, audience: "warm", match: [] },
        ...{ snapshot: "s7", fallback: [] },
      },
    });
  });

  test.each([
    ["user=12&post=77", 404, { detail: "there is no post 77" }],
    ["user=12", 422, { errors: [{ field: "post" }] }],
    ["post=1", 422, { errors: [{ field: "user" }] }],
    ["user=a&post=1&moood=calm", 422, { detail: expect.stringContaining("did you mean mood?") }],
  ])("answers ?%s with %d", async (query, status, body) => {
    const response = await get(`/recommendations/why?${query}`);
    expect([response.status, await response.json()]).toMatchObject([status, body]);
  });
});

test("both ask for patience before the first snapshot", async () => {
  const starting = serving(startingService());
  for (const path of ["/recommendations?user=a", "/recommendations/why?user=a&post=b"])
    expect((await starting.get(path)).status).toBe(503);
});
