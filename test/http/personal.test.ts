/** Personal data over HTTP: all of it on request, and nothing once its person is erased. */
import { expect, test } from "bun:test";
import type { PostKey, UserId } from "../../src/domain/ids.ts";
import { openServedLog, openStore } from "../../src/data/sqlite/open.ts";
import { apiDocument } from "../../src/http/server.ts";
import { openPush } from "../../src/ingest/push/push.ts";
import { serving } from "../support/http.ts";
import { writerOn } from "../support/push.ts";
import { someUser } from "../support/records.ts";
import { fakeService } from "../support/service.ts";

/** Time of the first event. */
const T_MS = Date.UTC(2025, 0, 1);
const JSON_TYPE = { "content-type": "application/json" };

function opened() {
  const store = openStore(":memory:");
  const servedLog = openServedLog(":memory:");
  const push = openPush({
    store: () => store,
    writer: () => writerOn(store),
    servedLog: () => servedLog,
    nowMs: () => Date.UTC(2026, 0, 2),
  });
  const { get } = serving({ ...fakeService(), push });
  const send = (path: string, body: object, method = "POST") =>
    get(path, { method, headers: JSON_TYPE, body: JSON.stringify(body) });
  return { store, servedLog, get, send };
}

test("the newest events are those that hold and say something, the newest first", async () => {
  const { get, send } = opened();
  const did = (post: string, kind: string, at: number, more = {}) => ({ user: "ada", post, kind, at: T_MS + at, ...more }); // prettier-ignore
  await send("/events", { events: [
    did("v1", "rating", 1, { value: 80 }),
    did("v2", "like", 3),
    did("v3", "like", 2),
    did("v4", "like", 4),
    did("v4", "like", 5, { value: 0 }),
    did("v5", "impression", 6),
    did("v6", "view", 0, { watched_ms: 5_400.3, duration_ms: 6_000 }),
  ] }); // prettier-ignore
  const events = async (query = "") => {
    const reply = await get(`/users/ada/events${query}`);
    return ((await reply.json()) as { events: unknown[] }).events;
  };
  const at = (ms: number) => new Date(T_MS + ms).toISOString();
  expect(await events()).toEqual([
    { post: "v2", kind: "like", at: at(3) },
    { post: "v3", kind: "like", at: at(2) },
    { post: "v1", kind: "rating", value: 80, at: at(1) },
    { post: "v6", kind: "view", watched_ms: 5_400, at: at(0) },
  ]);
  expect(await events("?limit=1")).toHaveLength(1);
  expect((await get("/users/nobody/events")).status).toBe(404);
  expect((await get("/users/ada/events?limit=0")).status).toBe(422);
});

test("an export has the profile, settings, steering, every entry of the log and every page", async () => {
  const { servedLog, get, send } = opened();
  await send("/users", { id: "ada", name: "ada-bakes", text: "Bread", card: { a: [1.5] } });
  await send("/events", { events: [
    { id: "e1", user: "ada", post: "v1", kind: "like", at: T_MS + 1, session: "s" },
    { user: "ada", post: "v1", kind: "like", value: 0, at: T_MS + 2 },
    { user: "ada", post: "v2", kind: "impression", at: T_MS + 3 },
    { user: "eve", post: "v1", kind: "like" },
  ] }); // prettier-ignore
  await send("/steer", { user: "ada", more: { tag: "Bread" } });
  await send("/steer", { user: "ada", hide: { creator: "eve" } });
  await send("/users/ada/settings", { variety: 1 }, "PUT");
  const page = { recommendationId: "r1", atMs: T_MS + 4, list: "l", from: 0, snapshot: "s7", policy: "feed", audience: "cold", match: [], fallback: [] }; // prettier-ignore
  const slots = [{ post: 2 as PostKey, sources: ["popular"], score: 1.5, probability: 1, slot: 1 }];
  for (const userId of ["ada", "eve"]) servedLog.append({ ...page, userId, session: "s", slots });
  const response = await get("/users/ada/export");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]); // prettier-ignore
  const held = { received_at: "2026-01-02T00:00:00.000Z", origin: "app", user: "ada" };
  const at = (ms: number) => new Date(T_MS + ms).toISOString();
  expect(await response.json()).toEqual({
    user: { id: "ada", name: "ada-bakes", text: "Bread", card: { a: [1.5] } },
    settings: { variety: 1, exploration: 0.5, freshness: 0.5, popularity: 0.5 },
    steering: [
      { more: { tag: "bread" }, at: "2026-01-02T00:00:00.000Z" },
      { hide: { creator: "eve" }, at: "2026-01-02T00:00:00.000Z" },
    ],
    events: [
      { ...held, id: "e1", post: "v1", kind: "like", at: at(1), session: "s" },
      { ...held, post: "v1", kind: "like", value: 0, at: at(2) },
      { ...held, post: "v2", kind: "impression", at: at(3) },
    ],
    served: [
      {
        ...{ recommendation_id: "r1", at: at(4), session: "s", snapshot: "s7", policy: "feed" },
        audience: "cold",
        items: [{ id: "v2", position: 1, sources: ["popular"], score: 1.5, probability: 1 }],
      },
    ],
  });
});

test("an export of upstream's user has all that upstream said of them", async () => {
  const { store, get } = opened();
  await store.users.record([{ ...someUser(7, "eve"), role: "coach", followerCount: 5 }], 1);
  expect(await (await get("/users/7/export")).json()).toMatchObject({
    user: { id: "7", name: "eve" },
    profile: { role: "coach", follower_count: 5, inspired_count: 0 },
  });
});

test("an export of 2,500 events is whole", async () => {
  const { get, send } = opened();
  for (let at = 1; at <= 2_500; at += 500)
    await send("/events", Array.from({ length: 500 }, (_, n) => ({ user: "ada", post: `v${n % 7}`, kind: "view", at: T_MS + at + n }))); // prettier-ignore
  const { events } = (await (await get("/users/ada/export")).json()) as { events: object[] };
  expect(events).toHaveLength(2_500);
});

test("of an erased person there is neither an export nor settings, and the id begins anew", async () => {
  const { store, get, send } = opened();
  await send("/events", { user: "ada", post: "v1", kind: "like" });
  await send("/steer", { user: "ada", less: { mood: "calm" } });
  await send("/users/ada/settings", { freshness: 0 }, "PUT");
  const [before] = (await store.ids.userKeys(["ada" as UserId])).values();
  expect((await get("/users/ada", { method: "DELETE" })).status).toBe(204);
  for (const path of ["", "/export", "/settings"])
    expect((await get(`/users/ada${path}`)).status).toBe(404);
  expect(await store.steering.of(before!)).toEqual({ steers: [], sliders: undefined });
  await send("/events", { user: "ada", post: "v1", kind: "view" });
  const held = (await (await get("/users/ada/export")).json()) as Record<string, unknown[]>;
  expect([held["steering"], held["events"]!.length]).toEqual([[], 1]);
});

test("a taste is said in numbers and words; nobody's is 404", async () => {
  const { get } = opened();
  const taste = await (await get("/users/12/taste")).json();
  expect(taste).toMatchObject({
    ...{ id: "12", audience: "warm", posts: { known: 40, liked: 12, disliked: 1 } },
    categories: [{ name: "Cooking", share: 0.6667, liked: 8, disliked: 0 }],
    moods: [{ name: "calm", nearness: 0.1235 }],
    steering: [{ more: { tag: "bread" }, at: "1970-01-01T00:00:00.000Z", strength: 0.5 }],
    words: ["You like bread."],
  });
  expect((await get("/users/nobody/taste")).status).toBe(404);
});

test("what single people did and asked for is not for a key that may only read", async () => {
  const { paths } = (await apiDocument("1.2.3")) as { paths: Record<string, Record<string, { security: object[] }>> }; // prettier-ignore
  for (const path of [
    "/users/{id}",
    "/users/{id}/settings",
    "/users/{id}/taste",
    "/users/{id}/export",
  ])
    // prettier-ignore
    expect(paths[path]!["get"]!.security[0]).toEqual({ bearer: ["write"] });
  for (const method of ["post", "delete"])
    expect(paths["/steer"]![method]!.security[0]).toEqual({ bearer: ["write"] });
});
