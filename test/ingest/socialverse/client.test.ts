import { describe, expect, test } from "bun:test";
import type { Fault } from "../../support/faults.ts";
import { socialverse } from "../../support/socialverse.ts";
import { data, serve, idsOf, errorOf } from "./clients.ts";

describe("passing faults", () => {
  test.each<Fault>([
    { kind: "status", status: 500, after: 1, times: 2 },
    { kind: "status", status: 502, after: 1, times: 2 },
    { kind: "status", status: 429, after: 1, times: 2 },
    { kind: "status", status: 503, retryAfter: "nonsense", after: 1, times: 1 },
    { kind: "cut", after: 1, times: 2 },
    { kind: "drop", after: 1, times: 2 },
    { kind: "html", after: 1, times: 2 },
    { kind: "json", body: { status: "success" }, after: 1, times: 2 },
    { kind: "json", body: { status: "error", posts: [] }, after: 1, times: 2 },
  ])("tries again after $kind", async (fault) => {
    using standIn = serve();
    standIn.fault(fault);
    expect(await idsOf(standIn)).toHaveLength(2_500);
    expect(standIn.count()).toBe(4 + (fault.times ?? 0));
  });

  test("tries again when a whole reply takes too long", async () => {
    const standIn = socialverse({ data }); // without a socket the second reply is there at once
    standIn.fault({ kind: "latency", ms: 3_600_000, times: 1 });
    expect(await idsOf(standIn, "users", { timeoutMs: 1_000 })).toHaveLength(50);
    expect(standIn.count()).toBe(3); // the last page is empty
  });

  test("waits as long as Retry-After says before it asks again", async () => {
    using standIn = serve();
    // Asking again at once would use up all tries while the limit still holds.
    standIn.fault({ kind: "status", status: 429, retryAfter: "1", forMs: 900 });
    expect(await idsOf(standIn)).toHaveLength(2_500);
    expect(standIn.count()).toBe(5);
  });

  test("does not wait longer than its cap, whatever Retry-After says", async () => {
    using standIn = serve();
    standIn.fault({ kind: "status", status: 429, retryAfter: "86400", times: 1 });
    expect(await idsOf(standIn, "view", { retryAfterMaxMs: 10 })).toHaveLength(2_500);
  });
});

describe("lasting faults", () => {
  test.each<{ fault: Fault; says: string }>([
    { fault: { kind: "status", status: 500 }, says: "status 500" },
    { fault: { kind: "status", status: 429 }, says: "limits how often" },
    { fault: { kind: "cut" }, says: "no whole JSON" },
    { fault: { kind: "drop" }, says: "no connection to upstream" },
    { fault: { kind: "html" }, says: "no whole JSON" },
    { fault: { kind: "json", body: [] }, says: 'no list "posts"' },
    { fault: { kind: "json", body: { status: "error", posts: [] } }, says: "reported a failure" },
    { fault: { kind: "latency", ms: 3_600_000 }, says: "did not answer in time" },
  ])("end, after a few tries, in an error that says where and: $says", async ({ fault, says }) => {
    const isLate = fault.kind === "latency";
    using served = serve();
    const standIn = isLate ? socialverse({ data }) : served; // without a socket, to be asked at once
    standIn.fault(fault);
    const timeoutMs = isLate ? 50 : 60_000;
    const error = await errorOf(idsOf(standIn, "like", { retries: 3, timeoutMs }));
    expect(error.name).toBe("UpstreamError");
    expect(error.message).toContain(says);
    expect(error.message).toContain("/posts/like, page 1");
    expect(standIn.count()).toBe(isLate ? 2 : 4);
  });

  test.each([
    { status: 401, says: "check FLIC_TOKEN" },
    { status: 404, says: "check API_BASE_URL" },
  ])("does not repeat what can't get better: $status", async ({ status, says }) => {
    using standIn = serve();
    standIn.fault({ kind: "status", status });
    expect((await errorOf(idsOf(standIn))).message).toContain(says);
    expect(standIn.count()).toBe(1);
  });

  test("says so when nobody listens", async () => {
    using standIn = serve();
    await standIn.down();
    const told: string[] = [];
    const onRetry = (message: string) => void told.push(message);
    const error = await errorOf(idsOf(standIn, "view", { retries: 2, onRetry }));
    expect(error.message).toContain("no connection to upstream, ECONNREFUSED");
    expect(error.name).toBe("UpstreamError");
    const host = new URL(standIn.url).host;
    expect(told).toEqual([
      `no connection to upstream, ECONNREFUSED (${host}/posts/view, page 1): trying again`,
    ]);
  });

  test("follows no redirect, which would carry the token away", async () => {
    using standIn = serve();
    using other = serve();
    standIn.fault({ kind: "redirect", to: `${other.url}/posts/summary/get` });
    const error = await errorOf(idsOf(standIn, "posts"));
    expect(error.message).toContain(`a redirect to ${other.url}`);
    expect(other.count()).toBe(0);
  });
});
