/** `GET /overview`, and what a process knows of its own replies. */
import { describe, expect, test } from "bun:test";
import type { SignalName } from "../../src/domain/known-signals.ts";
import { recentFeeds } from "../../src/http/recent-feeds.ts";
import { serving } from "../support/http.ts";
import { fakeService } from "../support/service.ts";

const service = fakeService();
const asked: number[] = [];
const { get } = serving({
  ...service,
  overview: async (days) => {
    asked.push(days);
    const like = { kind: "like" as SignalName, events: 7, syncedMs: 0, pushedMs: 86_400_000, hasEffect: undefined }; // prettier-ignore
    const scored = { nDcg: 0.2, low: 0.1, high: 0.3 };
    const quality = { cases: 60, blend: scored, others: [{ name: "popular", ...scored }], before: undefined }; // prettier-ignore
    return { ...(await service.overview(days)), signals: [like], quality };
  },
});
const overview = async (query = "") =>
  (await (await get(`/overview${query}`)).json()) as Record<string, unknown>;

describe("GET /overview", () => {
  test("answers what is stored, comes and serves, of thirty days if it is not told", async () => {
    expect(await overview()).toMatchObject({
      alarms: [],
      stored: { posts: 45, people: 12, events: 345 },
      signals: [{ kind: "like", events: 7, synced_at: null, pushed_at: "1970-01-02T00:00:00.000Z", has_effect: null }], // prettier-ignore
      snapshot: { id: "s7", quality: { cases: 60, blend: { name: "blend", ndcg: 0.2, low: 0.1 }, before: null } }, // prettier-ignore
      encoder: { backlog: 3 },
    });
    await overview("?days=7");
    expect(asked.slice(-2)).toEqual([30, 7]);
  });

  test("counts this process's feeds, refusals and fallbacks", async () => {
    const fresh = serving(fakeService());
    await fresh.get("/feed?username=nobody");
    await fresh.get("/feed?page=x");
    const reply = (await (await fresh.get("/overview")).json()) as { process: object };
    const process = reply.process as Record<string, unknown>;
    expect(process).toMatchObject({ feeds: 1, errors: 0, refused: 1, fallbacks: { popular: 1 } });
    expect(process["p50_ms"]).toBeGreaterThan(0);
  });

  test.each(["days=0", "days=367", "days=x", "day=7"])("refuses ?%s", async (query) => {
    expect((await get(`/overview?${query}`)).status).toBe(422);
  });
});

describe("recent feeds", () => {
  test("are those of the last minute: their number, their median and their slowest hundredth", () => {
    let nowMs = 0;
    const feeds = recentFeeds(() => nowMs);
    feeds.add(1_000);
    nowMs = 30_000;
    expect(feeds.read()).toMatchObject({ feeds: 1, seconds: 30, p50Ms: 1_000 });
    nowMs = 90_000;
    for (let n = 1; n <= 100; n++) feeds.add(n);
    expect(feeds.read()).toEqual({ feeds: 100, seconds: 60, p50Ms: 50, p99Ms: 99 });
  });

  test("are the newest ones where there are more than are remembered", () => {
    let nowMs = 0;
    const feeds = recentFeeds(() => nowMs);
    for (let n = 0; n < 5_000; n++) ((nowMs += 1), feeds.add(n < 904 ? 1_000 : 2));
    expect(feeds.read()).toEqual({ feeds: 4_096, seconds: 4.095, p50Ms: 2, p99Ms: 2 });
  });

  test("have no latency before the first", () => {
    expect(recentFeeds(() => 5).read()).toEqual({ feeds: 0, seconds: 0, p50Ms: undefined, p99Ms: undefined }); // prettier-ignore
  });
});
