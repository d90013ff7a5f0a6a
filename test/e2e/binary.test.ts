/** The program as one file, away from everything it was built from. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plainDataset } from "../support/dataset.ts";
import { dayLasts } from "../support/day.ts";
import { leaveOut } from "../support/needs.ts";
import {
  buildInto,
  contentsOf,
  fedBy,
  inWords,
  openYard,
  programAbsence,
  start,
  startServe,
  until,
  type Serving,
} from "../support/program.ts";
import { serveSocialverse, socialverse } from "../support/socialverse.ts";

const MINUTES = 60_000;
const yard = openYard();
afterAll(() => yard[Symbol.dispose]());

let vidrec: string;

type Feed = {
  post: { id: number; title: string; category: { name: string } }[];
  meta: { user: { known: boolean }; match: string[]; snapshot: string; fallback: string[] };
};
type Categories = { categories: { name: string }[] };
type Asks = Pick<Serving, "get">;

async function feed({ get }: Asks, query: string): Promise<Feed> {
  const response = await get(`/feed?${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Feed;
}

const standIn = () => serveSocialverse({ data: plainDataset({ users: 20, posts: 30 }) });
/** Said of the snapshot that knows the texts. */
const LEARNT_TEXTS = /learnt snapshot .* [1-9]\d* of them understood by their text/;
const STACK = /^ +at /;

describe.skipIf(leaveOut("the tests of the program", programAbsence))("one file", () => {
  beforeAll(async () => void (vidrec = await buildInto(yard.root)), 5 * MINUTES);

  test(
    "alone in an empty folder, serves the demo by person, mood and category, with its documentation",
    async () => {
      await dayLasts();
      const home = yard.home("alone");
      const alone = join(home.work, "vidrec");
      copyFileSync(vidrec, alone);
      const first = await startServe(alone, home);
      expect(first.lines.join("\n")).toContain("FLIC_TOKEN is not set: serving the demo catalogue");
      await first.said(LEARNT_TEXTS);

      const runner = await feed(first, "username=maya-runs");
      const student = await feed(first, "username=study-owl");
      expect([runner.meta.user.known, runner.post.length]).toEqual([true, 20]);
      expect(idsOf(student)).not.toEqual(idsOf(runner));
      const calm = await feed(first, "username=maya-runs&mood=clam");
      expect(calm.meta.match).toEqual(["mood:calm"]);
      const rain = "username=nobody&mood=rain+on+the+window+before+sleep";
      const words = await inWords(() => feed(first, rain));
      expect(words.meta).toMatchObject({ match: ["mood"], fallback: [] });
      expect(idsOf(words)).not.toEqual(idsOf(await feed(first, "username=nobody")));
      const { categories } = (await (await first.get("/categories")).json()) as Categories;
      const { name } = categories[0]!;
      const category = await feed(
        first,
        `username=nobody&project_code=${encodeURIComponent(name)}`,
      );
      expect(new Set(category.post.map((it) => it.category.name))).toEqual(new Set([name]));
      await documentationOf(first);

      expect(await first.stop()).toBe(0);
      expect(first.lines.filter((it) => STACK.test(it))).toEqual([]);
      expect([contentsOf(home.TMPDIR), contentsOf(home.HOME)]).toEqual([[], []]);
      expect(contentsOf(home.work).filter((it) => !it.startsWith("cache"))).toEqual(["vidrec"]);

      const startMs = performance.now();
      const second = await startServe(alone, home);
      expect((await feed(second, "username=maya-runs")).meta.snapshot).toBe(runner.meta.snapshot);
      console.log(
        `second start: first feed ${(performance.now() - startMs).toFixed(0)} ms from exec`,
      );
      expect(await second.stop()).toBe(0);
      expect(second.lines.join("\n")).not.toMatch(/sync|learnt/);
    },
    5 * MINUTES,
  );

  test(
    "runs twice at once on two folders, each set by its own .env, and does the day's work once",
    async () => {
      await dayLasts();
      using upstream = standIn();
      const homes = [
        yard.home("left"),
        { ...yard.home("right"), TMPDIR: yard.home("left").TMPDIR },
      ];
      for (const { work } of homes) writeFileSync(join(work, ".env"), dotenv(fedBy(upstream)));
      const both = await Promise.all(homes.map((home) => startServe(vidrec, home)));
      for (const it of both) await it.said(LEARNT_TEXTS);
      for (const it of both)
        expect((await inWords(() => feed(it, "username=user7&mood=post+7"))).meta.fallback).toEqual([]); // prettier-ignore
      for (const it of both) expect(await it.stop()).toBe(0);
      for (const { TMPDIR, work } of homes)
        expect([contentsOf(TMPDIR), contentsOf(work)[0]]).toEqual([[], ".env"]);

      const asked = upstream.count();
      const again = await startServe(vidrec, homes[0]!);
      expect((await feed(again, "username=user7")).post).toHaveLength(20);
      await until(async () => ((await readiness(again)).encoder.backlog === 0 ? true : undefined));
      expect(await again.stop()).toBe(0);
      expect(upstream.count()).toBe(asked);
    },
    5 * MINUTES,
  );

  test(
    "beside another on one folder, says who syncs, serves what that one learns, and follows it",
    async () => {
      const upstream = socialverse({ data: plainDataset({ users: 20, posts: 30 }) });
      const gate = Promise.withResolvers<void>();
      using behindGate = Bun.serve({
        port: 0,
        idleTimeout: 0,
        fetch: async (request) => (await gate.promise, upstream.fetch(request)),
      });
      const home = yard.home("shared");
      const settings = { ...fedBy({ url: behindGate.url.origin }), DATA_DIR: "data" };
      const holder = await startServe(vidrec, home, settings);
      const follower = await startServe(vidrec, home, settings);
      const name = `vidrec serve (process ${holder.pid})`;
      await follower.said(RegExp(`${RegExp.escape(name)} syncs and learns here`));
      expect((await follower.get("/feed?username=user7")).status).toBe(503);
      for (const command of ["sync", "learn"]) {
        const late = start([vidrec, command], { ...home, ...settings }, home.work);
        expect(await late.exitCode).toBe(1);
        expect(late.lines.join("\n")).toContain(name);
      }
      gate.resolve();
      await follower.said(/serving snapshot/);
      expect((await feed(follower, "username=user7")).post).toHaveLength(20);
      holder.signal("SIGKILL");
      await holder.exitCode;
      await follower.said(RegExp(`${RegExp.escape(name)} is gone`));
      expect((await feed(follower, "username=user8")).post).toHaveLength(20);
      expect(await follower.stop()).toBe(0);
    },
    5 * MINUTES,
  );
});

const idsOf = ({ post }: Feed) => post.map((it) => it.id);

const dotenv = (settings: Record<string, string>) =>
  Object.entries(settings)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");

type Readiness = { encoder: { backlog: number }; degraded: string[] };
async function readiness({ get }: Asks): Promise<Readiness> {
  return (await (await get("/health/ready")).json()) as Readiness;
}

async function documentationOf({ get }: Asks): Promise<void> {
  const page = await (await get("/docs")).text();
  const assets = [...page.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, path]) => `/${path}`);
  expect(assets).toHaveLength(2);
  for (const path of assets) expect((await (await get(path)).text()).length).toBeGreaterThan(9_999);
  expect(await (await get("/openapi.json")).json()).toHaveProperty("paths./feed");
}
