/** The client's token, resonance algorithm and paging. */
import { describe, expect, test } from "bun:test";
import type { Fault } from "../../support/faults.ts";
import { serveSocialverse, socialverse, TOKEN } from "../../support/socialverse.ts";
import { data, serve, idsOf, errorOf } from "./clients.ts";

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
