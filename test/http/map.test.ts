/** `GET /map`: columns, compression, and replies that have not changed. */
import { describe, expect, test } from "bun:test";
import type { PostId } from "../../src/domain/ids.ts";
import { serving } from "../support/http.ts";
import { MAP } from "../support/map.ts";
import { fakeService, startingService } from "../support/service.ts";

const { get } = serving(fakeService());

describe("GET /map", () => {
  test("gives the posts as columns, and says how many are missing", async () => {
    expect(await (await get("/map")).json()).toEqual({
      snapshot: "s7",
      categories: ["Morning routines"],
      explained: [0.2, 0.1],
      without_vector: 3,
      not_shown: 4,
      shown_since: "1970-01-01T00:00:00.000Z",
      posts: {
        id: ["1", "2"],
        x: [-0.25, 0.1235],
        y: [0, 1],
        category: [0, -1],
        created_at: [0, 86_400_000],
        shown: [5, 0],
      },
    });
  });

  test("is zipped for clients that take that", async () => {
    const reply = await get("/map", { headers: { "accept-encoding": "br, gzip" } });
    expect(reply.headers.get("content-encoding")).toBe("gzip");
    const text = new TextDecoder().decode(Bun.gunzipSync(await reply.arrayBuffer()));
    expect(text).toBe(await (await get("/map")).text());
  });

  test("is 304 for a client that has it", async () => {
    const etag = (await get("/map")).headers.get("etag")!;
    const again = await get("/map", { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const other = serving({ ...fakeService(), map: async () => ({ ...MAP, notShown: 5 }) });
    expect((await other.get("/map", { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  test("is not ready before the first snapshot", async () => {
    expect((await serving(startingService()).get("/map")).status).toBe(503);
  });

  test("joins columns of any length", async () => {
    const n = 4_001;
    const numbers = Array.from({ length: n }, (_, at) => at);
    const posts = { ...MAP.posts, ids: numbers.map((it) => String(it) as PostId), x: numbers };
    const long = serving({ ...fakeService(), map: async () => ({ ...MAP, posts }) });
    const reply = (await (await long.get("/map")).json()) as { posts: Record<string, unknown[]> };
    expect(reply.posts["id"]).toEqual(numbers.map(String));
    expect(reply.posts["x"]).toEqual(numbers);
  });
});
