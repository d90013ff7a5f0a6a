/** The service against an upstream that is down, flaky or dying: it answers with what it has. */
import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { plainDataset } from "../support/dataset.ts";
import { dayLasts } from "../support/day.ts";
import { fedBy, openYard, until, type Serving } from "../support/program.ts";
import { feed, idsOf, json, serveIn } from "../support/served.ts";
import { serveSocialverse, type ServedStandIn } from "../support/socialverse.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const yard = openYard();
afterAll(() => yard[Symbol.dispose]());
const serve = (name: string, upstream: ServedStandIn) => serveIn(yard, name, fedBy(upstream));

describe("against an upstream that", () => {
  const standIn = () => serveSocialverse({ data: plainDataset({ users: 20, posts: 30 }) });
  const learnt = (service: Serving) =>
    service.said(/learnt snapshot .* 30 of them understood by their text/);
  const readiness = (service: Serving) => json<{ degraded: string[] }>(service, "/health/ready");

  test("is down at the first start, it asks for patience, and serves once upstream is back", async () => {
    using upstream = standIn();
    await upstream.down();
    const service = await serve("patient", upstream);
    const early = await service.get("/feed?username=user7");
    expect([early.status, early.headers.get("retry-after")]).toEqual([503, "5"]);
    expect((await service.get("/health")).status).toBe(200);
    expect((await service.get("/health/ready")).status).toBe(503);
    await upstream.up();
    await learnt(service);
    expect(idsOf(await feed(service, "username=user7&page_size=100"))).toHaveLength(30);
    expect(await service.stop()).toBe(0);
  });

  test("stutters, it reads all there is", async () => {
    using upstream = standIn();
    upstream.fault({ kind: "status", status: 500, on: "posts", times: 1 });
    upstream.fault({ kind: "cut", on: "like", times: 1 });
    upstream.fault({ kind: "drop", on: "view", times: 1 });
    upstream.fault({ kind: "status", status: 429, retryAfter: "1", on: "rating", times: 1 });
    const service = await serve("flaky", upstream);
    await learnt(service);
    const { post, meta } = await feed(service, "username=user7&page_size=100");
    expect([post.length, meta.audience]).toEqual([30, "warm"]);
    expect(post.filter((it) => it.upvoted)).toHaveLength(6);
    expect((await readiness(service)).degraded).toEqual([]);
    expect(await service.stop()).toBe(0);
  });

  test("dies in the middle of a scan, it serves what it has, and later reads only what is missing", async () => {
    await dayLasts();
    using upstream = standIn();
    upstream.fault({ kind: "status", status: 404, on: "like" });
    const first = await serve("dying", upstream);
    await first.said(/update: upstream could not be read to the end \(again in/);
    const before = await feed(first, "username=user7&page_size=100");
    expect([before.post.length, before.meta.audience]).toEqual([30, "warm"]);
    expect((await readiness(first)).degraded.join()).toContain("upstream could not be read");
    expect(await first.stop()).toBe(0);

    await upstream.down();
    const second = await serve("dying", upstream);
    expect(await feed(second, "username=user7&page_size=100")).toEqual(before);
    second.signal("SIGKILL");
    await second.exitCode;

    upstream.heal();
    await upstream.up();
    const asked = upstream.count();
    const third = await serve("dying", upstream);
    await learnt(third);
    expect(upstream.count() - asked).toBe(upstream.count("like") - likesAsked(upstream, asked));
    const { post } = await feed(third, "username=user7&page_size=100");
    expect(post.filter((it) => it.upvoted)).toHaveLength(6);
    await until(async () => ((await readiness(third)).degraded.length === 0 ? true : undefined));
    expect(await third.stop()).toBe(0);
  });

  /** Number of requests for likes among the first `count`. */
  function likesAsked({ requests }: ServedStandIn, count: number): number {
    return requests.slice(0, count).filter((it) => it.list === "like").length;
  }
});
