/** `GET /feed`: the clients' envelope, and what may be asked for. */
import { describe, expect, test } from "bun:test";
import { POST_EXAMPLE } from "../../src/http/post.ts";
import { startTimings } from "../../src/feed/timings.ts";
import { serving } from "../support/http.ts";
import { fakeService, startingService } from "../support/service.ts";

type Reply = {
  readonly post: readonly (typeof POST_EXAMPLE)[];
  readonly next: string | null;
  readonly meta: unknown;
  readonly explain?: unknown;
};
const reply = async (response: Response) => (await response.json()) as Reply;

const POST_KEYS =
  "id owner category topic title is_available_in_public_feed is_locked slug upvoted bookmarked " +
  "following identifier comment_count upvote_count view_count exit_count rating_count " +
  "average_rating share_count bookmark_count video_link thumbnail_url gif_thumbnail_url " +
  "contract_address chain_id chart_url baseToken created_at tags";

describe("GET /feed", () => {
  const service = fakeService(45);
  const { get } = serving(service);
  const asked = () => service.requests.at(-1);

  test("sends the envelope and the post keys the clients expect, in their order", async () => {
    const body = await reply(await get("/feed?username=ada&page_size=2"));
    expect(Object.keys(body).join(" ")).toBe("status post page page_size next meta");
    expect(Object.keys(body.post[0]!).join(" ")).toBe(POST_KEYS);
    expect<unknown>(body).toEqual({
      status: "success",
      post: [
        { ...POST_EXAMPLE, id: 1, title: "post 1", upvoted: true },
        { ...POST_EXAMPLE, id: 2, title: "post 2", upvoted: false },
      ],
      page: 1,
      page_size: 2,
      next: "/feed?username=ada&page=2&page_size=2&list=s7.41",
      meta: {
        user: { id: 12, known: true },
        audience: "warm",
        match: [],
        snapshot: "s7",
        prefetch: { posts: 2, hold_ms: 600_000, void_on: ["hide"] },
        recommendation_id: "f1",
        fallback: [],
      },
    });
  });

  test("sends each reply its own posts, however many are made before they are read", async () => {
    const sizes = [3, 100, 1, 20];
    const replies = await Promise.all(sizes.map((it) => get(`/feed?username=ada&page_size=${it}`)));
    const bodies = await Promise.all(replies.map(reply));
    expect(bodies.map((it) => it.post.length)).toEqual([3, 45, 1, 20]);
    expect(bodies.map((it) => it.post.at(-1)!.id)).toEqual([3, 45, 1, 20]);
  });

  test("sends the time of each stage", async () => {
    const timings = startTimings(() => 0);
    const timed: typeof service.feed = async (request) => {
      timings.lap("select");
      const page = await service.feed(request);
      return page && { ...page, timings };
    };
    const { headers } = await serving({ ...service, feed: timed }).get("/feed?username=ada");
    expect(headers.get("server-timing")).toBe("select;dur=0.000, render;dur=0.000");
    expect((await get("/feed?username=ada")).headers.has("server-timing")).toBe(false);
  });

  test("gives an unknown user a feed too, and says so", async () => {
    const body = await reply(await get("/feed?username=nobody"));
    expect(body.post).toHaveLength(20);
    expect(body.meta).toMatchObject({ user: { id: null, known: false }, audience: "cold" });
  });

  test("passes the request on: filters trimmed, blank ones left out", async () => {
    await get("/feed?username=%20ad%C3%A1+1%20&project_code=%20&mood=+calm+&page=3&page_size=7");
    expect(asked()).toEqual({
      username: " adá 1 ",
      projectCode: undefined,
      mood: "calm",
      page: 3,
      pageSize: 7,
      list: undefined,
      explain: false,
      isPreview: false,
    });
  });

  test("leads through every post once by `next`, which ends as null", async () => {
    const ids: number[] = [];
    let next: string | null = "/feed?username=a%26b&mood=so%20%C3%A9&project_code=x&explain=true";
    while (next !== null) {
      const body = await reply(await get(next));
      ids.push(...body.post.map(({ id }) => Number(id)));
      next = body.next;
    }
    expect(ids).toEqual(Array.from({ length: 45 }, (_, at) => at + 1));
    expect(asked()).toMatchObject({ username: "a&b", mood: "so é", projectCode: "x", page: 3 });
    expect(asked()).toMatchObject({ list: "s7.41", explain: true });
  });

  test("ends at the highest page number", async () => {
    const endless = serving(fakeService(2000));
    const body = await reply(await endless.get("/feed?username=ada&page=1000&page_size=1"));
    expect(body.next).toBeNull();
  });

  test("is empty past the end", async () => {
    const body = await reply(await get("/feed?username=ada&page=900"));
    expect(body).toMatchObject({ post: [], next: null });
  });

  test("explains each post on request", async () => {
    const body = await reply(await get("/feed?username=ada&page_size=2&explain=true"));
    expect(body.explain).toMatchObject([
      { id: 1, sources: ["popular"], score: 0.5 },
      { id: 2, terms: { popularity: 0.5 } },
    ]);
  });

  test("ignores parameters it doesn't know, repeated ones too", async () => {
    expect((await get("/feed?username=ada&utm=1&utm=2&__proto__=x&toString")).status).toBe(200);
  });

  test("replies 503 with Retry-After before the first snapshot", async () => {
    const response = await serving(startingService()).get("/feed?username=ada");
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({ title: "Not ready", status: 503 });
  });
});

describe("GET /feed refuses", () => {
  const { get } = serving(fakeService());
  const count = "must be an integer from 1 to 100";
  const name = "must be 1 to 200 characters, not only spaces, without NUL";

  test.each([
    ["", { username: "is required" }],
    ["username=", { username: name }],
    ["username=%20%20", { username: name }],
    [`username=${"x".repeat(201)}`, { username: name }],
    ["username=a%00b", { username: name }],
    ["username=a&username=b", { username: "must be given only once" }],
    ["username=a&page_size=0", { page_size: count }],
    ["username=a&page_size=101", { page_size: count }],
    ["username=a&page_size=1e1", { page_size: count }],
    ["username=a&page_size=0x10", { page_size: count }],
    ["username=a&page_size=", { page_size: count }],
    ["username=a&page_size=1.0", { page_size: count }],
    ["username=a&page_size=99999999999999999999999", { page_size: count }],
    ["username=a&page=-1", { page: "must be an integer from 1 to 1000" }],
    ["username=a&page=1001", { page: "must be an integer from 1 to 1000" }],
    ["username=a&explain", { explain: "must be true or false" }],
    ["username=a&explain=yes", { explain: "must be true or false" }],
    ["username=a&mood=%00", { mood: "must be 0 to 200 characters without NUL" }],
    [
      `page=x&explain=1&list=${"x".repeat(501)}`,
      {
        username: "is required",
        page: "must be an integer from 1 to 1000",
        explain: "must be true or false",
        list: "must be 0 to 500 characters without NUL",
      },
    ],
  ])("%s, naming each offending field", async (query, fields) => {
    const response = await get(`/feed?${query}`);
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const { errors } = (await response.json()) as { errors: { field: string; message: string }[] };
    expect(Object.fromEntries(errors.map((it) => [it.field, it.message]))).toEqual(fields);
  });
});
