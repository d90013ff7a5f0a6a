/** The service as people meet it first: a process that serves the demo, asked over HTTP. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { dayLasts } from "../support/day.ts";
import { inWords, openYard, type Serving } from "../support/program.ts";
import { feed, idsOf, json, pages, serveIn, type Feed } from "../support/served.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const yard = openYard();
afterAll(() => yard[Symbol.dispose]());
const serve = () => serveIn(yard, "demo");

describe("the demo", () => {
  let service: Serving;
  /** A feed of the first process before it was stopped; `service` is the second, on the same data. */
  let before: Feed;
  beforeAll(async () => {
    await dayLasts();
    const first = await serve();
    await first.said(/learnt snapshot .* 594 of them understood by their text/);
    before = await feed(first, "username=study-owl&explain=true");
    expect(await first.stop()).toBe(0);
    service = await serve();
  });

  test("is served at once after a restart, the very same, without a sync", async () => {
    expect(await feed(service, "username=study-owl&explain=true")).toEqual(before);
    expect(service.lines.join("\n")).not.toMatch(/sync|learnt|error/i);
  });

  /** Number of somebody's first 20 posts that are in one of the categories. */
  const share = async (query: string, ...categories: string[]) => {
    const { post } = await feed(service, query);
    return post.filter((it) => categories.includes(it.category.name)).length;
  };

  test("gives two people who like different things different feeds", async () => {
    const sport = ["Outdoors", "Fitness", "Starting again"];
    const study = ["Study & focus"];
    const runner = await share("username=maya-runs", ...sport);
    const student = await share("username=study-owl", ...study);
    expect(runner).toBeGreaterThan(await share("username=study-owl", ...sport));
    expect(student).toBeGreaterThan(await share("username=maya-runs", ...study));
    const known = await feed(service, "username=maya-runs");
    expect(known.meta).toMatchObject({ user: { known: true }, audience: "warm", fallback: [] });
  });

  test("knows newcomers and strangers for what they are", async () => {
    const audience = async (name: string) =>
      (await feed(service, `username=${name}`)).meta.audience;
    expect(await audience("first-look")).toBe("cool");
    expect(await audience("just-arrived")).toBe("cold");
    expect((await feed(service, "username=nobody")).meta.user).toEqual({ id: null, known: false });
    const odd = await feed(service, `username=${encodeURIComponent("夜更かし")}`);
    expect(odd.meta.user.known).toBeTrue();
    const { post } = await feed(service, "username=nobody");
    expect(new Set(post.map((it) => it.category.name)).size).toBeGreaterThan(5);
  });

  test("follows next through all there is, each post once", async () => {
    const all = await pages(service, "username=maya-runs&page_size=100");
    const ids = all.flatMap(idsOf);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(550);
    expect(all.at(-1)!.meta.fallback).toEqual(["seen"]);
    expect(all.slice(0, -1).flatMap((it) => it.meta.fallback)).toEqual([]);
  });

  test("answers categories by the names and numbers it tells", async () => {
    const { categories } = await json<{
      categories: { id: number; name: string; posts: number }[];
    }>(service, "/categories");
    const { id, name, posts } = categories[3]!;
    for (const code of [
      name,
      name.toUpperCase(),
      String(id),
      name.toLowerCase().replace(/[^a-z]+/g, "-"),
    ]) {
      const all = await pages(
        service,
        `username=nobody&page_size=100&project_code=${encodeURIComponent(code)}`,
      );
      expect(all[0]!.meta.match).toEqual(["category"]);
      expect(all.flatMap((it) => it.post).map((it) => it.category.name)).toEqual(
        Array(posts).fill(name),
      );
    }
  });

  test("answers moods by name, misspelt, in free words, and inside a category", async () => {
    const { moods } = await json<{ moods: { name: string }[] }>(service, "/moods");
    expect(moods.map((it) => it.name)).toContain("calm");
    const plain = await feed(service, "username=nobody");
    const calm = await feed(service, "username=nobody&mood=clam");
    expect(calm.meta.match).toEqual(["mood:calm"]);
    expect(idsOf(calm)).not.toEqual(idsOf(plain));
    const words = await inWords(() => feed(service, "username=nobody&mood=rain+on+the+window"));
    expect(words.meta.match).toEqual(["mood"]);
    expect(idsOf(words)).not.toEqual(idsOf(calm));
    const both = await feed(service, "username=maya-runs&mood=calm&project_code=fitness");
    expect(both.meta.match).toEqual(["category", "mood:calm"]);
    expect(new Set(both.post.map((it) => it.category.name))).toEqual(new Set(["Fitness"]));
  });

  test("explains each post", async () => {
    const { post, explain } = await feed(service, "username=study-owl&explain=true");
    expect(explain!.map((it) => it.id)).toEqual(post.map((it) => it.id));
    for (const { terms, score, reasons } of explain!) {
      expect(Object.values(terms).reduce((sum, it) => sum + it, 0)).toBeCloseTo(score, 6);
      expect(reasons[0]).toBeString();
    }
  });

  test("finds posts like another, and says how it is", async () => {
    const { post } = await feed(service, "username=maya-runs");
    const like = await json<Feed & { similarity: number[] }>(
      service,
      `/posts/${post[0]!.id}/similar?limit=5`,
    );
    expect(like.post).toHaveLength(5);
    expect(like.similarity).toEqual(like.similarity.toSorted((a, b) => b - a));
    await json(service, "/posts/999999/similar", 404);
    expect(await json(service, "/health")).toEqual({ status: "alive" });
    const { snapshot } = (await feed(service, "username=x")).meta;
    expect(await json(service, "/health/ready")).toMatchObject({ snapshot: { id: snapshot } });
    expect(await (await service.get("/metrics")).text()).toContain("vidrec_");
    expect((await service.get("/docs")).status).toBe(200);
    expect((await json<{ openapi: string }>(service, "/openapi.json")).openapi).toStartWith("3.");
  });
});
