/** The routes beside `/feed`. */
import { describe, expect, test } from "bun:test";
import { serving } from "../support/http.ts";
import { fakeService, startingService } from "../support/service.ts";

const ready = serving(fakeService(45));
const starting = serving(startingService());
const json = async (response: Response): Promise<unknown> => response.json();

describe("GET /posts/{id}/similar", () => {
  test("lists other posts, the most similar first", async () => {
    const body = await json(await ready.get("/posts/2/similar?limit=3"));
    expect(body).toMatchObject({
      status: "success",
      post: [{ id: 1, upvoted: false }, { id: 3 }, { id: 4 }],
      similarity: [1 / 2, 1 / 3, 1 / 4],
    });
  });

  test("gives 20 without a limit", async () => {
    const { post } = (await json(await ready.get("/posts/2/similar"))) as { post: unknown[] };
    expect(post).toHaveLength(20);
  });

  test.each([
    ["/posts/46/similar", 404, { detail: "there is no post 46" }],
    ["/posts/x%2Fy/similar", 404, { detail: "there is no post x/y" }],
    ["/posts/2/similar?limit=101", 422, { errors: [{ field: "limit" }] }],
    ["/posts/%00/similar", 422, { errors: [{ field: "id" }] }],
    ["/posts//similar", 404, { title: "Not found" }],
  ])("answers %s with %d", async (path, status, body) => {
    const response = await ready.get(path);
    expect(response.status).toBe(status);
    expect(await json(response)).toMatchObject(body);
  });
});

test("GET /categories counts the posts of each", async () => {
  expect(await json(await ready.get("/categories"))).toEqual({
    status: "success",
    categories: [{ id: 2, name: "Morning routines", posts: 45 }],
  });
});

test("GET /moods lists the named moods, before the first snapshot too", async () => {
  const moods = [{ name: "calm", label: "Calm", sentence: "slow and quiet" }];
  expect(await json(await starting.get("/moods"))).toEqual({ status: "success", moods });
});

test.each(["/posts/2/similar", "/categories", "/health/ready"])(
  "GET %s asks for patience before the first snapshot",
  async (path) => {
    const response = await starting.get(path);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await json(response)).toMatchObject({ title: "Not ready", status: 503 });
  },
);

test("GET /health says alive before the first snapshot", async () => {
  const response = await starting.get("/health");
  expect(response.status).toBe(200);
  expect(await json(response)).toEqual({ status: "alive" });
});

describe("GET /health/ready", () => {
  const unreadable = [{ endpoint: "posts", reason: "id above 2^53", rows: 8, of: 12 }];
  const state = {
    degraded: [],
    unreadable,
    sync_age_seconds: 3600,
    sync: null,
    held_back_rows: 25,
    encoder: { backlog: 3 },
    demo: false,
  };

  test("contains ages and backlog once a snapshot serves", async () => {
    const made = { posts: 45, embedded: 45, fitted: true };
    const snapshot = { id: "s7", age_seconds: 60, as_of: "2025-06-01T08:30:00.000Z", ...made };
    expect(await json(await ready.get("/health/ready"))).toEqual({
      status: "ready",
      snapshot,
      learning: {
        last: "2025-06-02T00:10:09.000Z",
        running_since: null,
        next_at: "2025-06-03T00:10:00.000Z",
      },
      ...state,
    });
  });

  test("stays 200 while something is degraded", async () => {
    const degraded = ["the last sync failed"];
    const service = fakeService();
    const readiness = async () => ({ ...(await service.readiness()), degraded });
    const response = await serving({ ...service, readiness }).get("/health/ready");
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({ degraded });
  });

  test("says what is missing before the first snapshot", async () => {
    expect(await json(await starting.get("/health/ready"))).toMatchObject({
      degraded: ["no sync has ended yet"],
      sync_age_seconds: null,
      sync: { endpoint: "posts", page: 2, rows: 1_000, since: "2025-06-01T00:10:00.000Z" },
      encoder: { backlog: 45 },
    });
  });
});

describe("GET /metrics", () => {
  test("counts requests by route and status, whatever their path and query", async () => {
    const { get } = serving(fakeService());
    for (const path of ["/posts/1/similar", "/posts/2/similar", "/posts/x/similar", "/secret"])
      await get(path);
    const response = await get("/metrics");
    const text = await response.text();
    const count = (route: string, status: number) =>
      `vidrec_http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"}`;
    expect(response.headers.get("content-type")).toStartWith("text/plain; version=0.0.4");
    expect(text).toContain(`${count("/posts/:id/similar", 200)} 2\n`);
    expect(text).toContain(`${count("/posts/:id/similar", 404)} 1\n`);
    expect(text).toContain(`${count("(none)", 404)} 1\n`);
    expect(text).not.toContain("secret");
  });

  test("counts the fallbacks of pages", async () => {
    const { get } = serving(fakeService());
    for (const name of ["nobody", "ada", "somebody"]) await get(`/feed?username=${name}`);
    const text = await (await get("/metrics")).text();
    expect(text).toContain('vidrec_feed_fallbacks_total{fallback="popular"} 2\n');
    expect(text).not.toContain("nobody");
  });

  test("contains ages and backlog, NaN for missing ones", async () => {
    const before = await (await starting.get("/metrics")).text();
    expect(before).toContain("vidrec_snapshot_age_seconds Nan\n");
    const text = await (await ready.get("/metrics")).text();
    expect(text).toContain("vidrec_snapshot_age_seconds 60\n");
    expect(text).toContain("vidrec_sync_age_seconds 3600\n");
    expect(text).toContain("vidrec_encoder_backlog 3\n");
    expect(text).toContain('vidrec_unreadable_rows{endpoint="posts",reason="id above 2^53"} 8\n');
    expect(text).toContain("vidrec_held_back_rows 25\n");
    expect(text).toMatch(/vidrec_resident_memory_bytes [1-9]\d+\n/);
  });
});
