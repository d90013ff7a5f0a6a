import { describe, expect, test } from "bun:test";
import { plainDataset } from "../../support/dataset.ts";
import type { Fault } from "../../support/faults.ts";
import { serveSocialverse, socialverse, TOKEN, type StandIn } from "../../support/socialverse.ts";
import { clientOf } from "../../support/upstream.ts";
import type { ClientOptions } from "../../../src/ingest/socialverse/client.ts";
import type { Endpoint } from "../../../src/data/scans.ts";

const data = plainDataset({ users: 50, posts: 250 }); // 2,500 events of each kind
const serve = () => serveSocialverse({ data });

async function idsOf(
  standIn: StandIn & { readonly url?: string },
  endpoint: Endpoint = "view",
  over: Partial<ClientOptions> = {},
): Promise<number[]> {
  const ids: number[] = [];
  for await (const page of clientOf(standIn, over).pages(endpoint))
    ids.push(...page.map((it) => (it as { id: number }).id));
  return ids;
}

/** The error of a rejected promise, so that a test can look at all of it. */
async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.catch((it: unknown) => it);
  expect(outcome).toBeInstanceOf(Error);
  return outcome as Error;
}

describe("paging", () => {
  test("reads every row once, up to the empty page", async () => {
    using standIn = serve();
    expect(await idsOf(standIn)).toEqual(data.view.map((it) => it.id));
    expect(standIn.requests.map((it) => [it.page, it.pageSize])).toEqual([
      [1, 1_000],
      [2, 1_000],
      [3, 1_000],
      [4, 1_000],
    ]);
  });

  test("goes on to the empty page when upstream sends smaller pages than asked for", async () => {
    const standIn = socialverse({ data });
    const stingy = (request: Request) => {
      const url = new URL(request.url);
      url.searchParams.set("page_size", "400");
      return standIn.fetch(new Request(url.href, { headers: request.headers }));
    };
    expect(await idsOf(standIn, "view", { fetch: stingy })).toHaveLength(2_500);
    expect(standIn.count()).toBe(8);
  });

  test.each(["users", "posts", "view", "like", "inspire", "rating"] as const)(
    "reads %s over a socket and within the process alike",
    async (endpoint) => {
      using served = serve();
      const near = socialverse({ data });
      const ids = await idsOf(served, endpoint);
      expect(ids).toHaveLength(data[endpoint].length);
      expect(await idsOf(near, endpoint)).toEqual(ids);
    },
  );

  test("refuses an upstream that ignores the page asked for, instead of reading forever", async () => {
    const standIn = socialverse({ data });
    standIn.fault({ kind: "json", body: { status: "success", posts: data.view.slice(0, 1_000) } });
    expect((await errorOf(idsOf(standIn))).message).toContain("same page again");
  });
});

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

describe("the token and the resonance algorithm", () => {
  test("are sent where they are needed", async () => {
    using standIn = serve();
    await idsOf(standIn, "posts");
    await idsOf(standIn, "rating");
    expect(standIn.requests[0]).toMatchObject({ list: "posts", token: TOKEN, resonance: null });
    expect(standIn.requests.at(-1)).toMatchObject({ list: "rating", resonance: "any" });
  });

  test("missing, the token owner's own history is recognised and the setting named", async () => {
    using standIn = serve();
    const error = await errorOf(idsOf(standIn, "like", { resonanceAlgorithm: "" }));
    expect(error.message).toContain("RESONANCE_ALGORITHM");
    expect(error.message).toContain("own history");
  });

  test("user and password of API_BASE_URL are sent, and are in no error", async () => {
    const asked: Request[] = [];
    const over = {
      baseUrl: "http://bob:HUNT%40ER@stand-in.test/v1",
      fetch: async (request: Request) => (asked.push(request), new Response("", { status: 401 })),
    };
    const error = await errorOf(idsOf(socialverse({ data }), "view", over));
    expect(asked[0]!.headers.get("authorization")).toBe(`Basic ${btoa("bob:HUNT@ER")}`);
    expect(asked[0]!.url).toStartWith("http://stand-in.test/v1/posts/view?");
    expect(Bun.inspect(error, { depth: 20 })).not.toContain("HUNT");
  });

  test("wrong, upstream's refusal is passed on", async () => {
    using standIn = serve();
    const error = await errorOf(idsOf(standIn, "users", { token: "wrong" }));
    expect(error.message).toContain("status 401");
    expect(error.message).toContain("check FLIC_TOKEN");
  });

  test.each<Fault>([
    { kind: "status", status: 500 },
    { kind: "status", status: 401 },
    { kind: "redirect", to: "/elsewhere" },
    { kind: "drop" },
    { kind: "cut" },
    { kind: "latency", ms: 3_600_000 },
    { kind: "json", body: { status: "error", message: "bad token SECRET-T and SECRET-R" } },
  ])("are in no error, however deep one looks: $kind", async (fault) => {
    const secrets = { token: "SECRET-T", resonanceAlgorithm: "SECRET-R" };
    using standIn = serveSocialverse({ data, token: secrets.token });
    standIn.fault(fault);
    const over = { ...secrets, retries: 1, timeoutMs: 50 };
    const error = await errorOf(idsOf(standIn, "view", over));
    expect(Bun.inspect(error, { depth: 20 })).not.toContain("SECRET");
  });
});
