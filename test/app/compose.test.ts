/** Everything wired together, in this process: threads, lock, snapshots, and what happens when one fails. */
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  setDefaultTimeout,
  test,
} from "bun:test";
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openApp, type App } from "../../src/app/compose.ts";
import { parseConfig } from "../../src/config/settings.ts";
import { createServer } from "../../src/http/server.ts";
import { takeLock } from "../../src/data/sqlite/lock.ts";
import { plainDataset } from "../support/dataset.ts";
import { ask, idsOn } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { fedBy, until } from "../support/program.ts";
import { serveSocialverse, type ServedStandIn } from "../support/socialverse.ts";
import { writeTinyModel } from "../text/tiny-model.ts";

setDefaultTimeout(120_000); // no test is to fail because a machine is slow

const models = temporaryFolder();
/** Two encoders of one width that mean different things. */
let [first, second] = ["", ""];
beforeAll(async () => {
  first = await writeTinyModel(join(models.path, "first/tiny"), 8);
  second = await writeTinyModel(join(models.path, "second/tiny"), 8, 5);
});
afterAll(() => models[Symbol.dispose]());

let folder: ReturnType<typeof temporaryFolder>;
let upstream: ServedStandIn;
let stops: (() => unknown)[] = [];
let workers: { readonly name: string; readonly worker: Worker }[] = [];
const RealWorker = globalThis.Worker;
beforeEach(() => {
  folder = temporaryFolder();
  upstream = serveSocialverse({ data: plainDataset({ users: 15, posts: 25 }) });
  globalThis.Worker = class extends RealWorker {
    constructor(...[url, options]: ConstructorParameters<typeof RealWorker>) {
      super(url, options);
      workers.push({ name: String(url), worker: this });
    }
  };
});
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
  [stops, workers] = [[], []];
  globalThis.Worker = RealWorker;
  upstream[Symbol.dispose]();
  folder[Symbol.dispose]();
});

/** One process that serves from the folder; `lines` is what it logs. */
function open(settings: Record<string, string> = {}) {
  const lines: string[] = [];
  const config = parseConfig({
    ...fedBy(upstream),
    DATA_DIR: folder.path,
    ENCODER_MODEL: first,
    ENCODER_THREADS: "1",
    ...settings,
  });
  const app = openApp(config, "1.2.3", { log: (it) => void lines.push(it), progress: () => {} });
  stops.push(app.close);
  return { app, lines };
}

/** The same, kept up to date. */
function run(settings: Record<string, string> = {}) {
  const it = open(settings);
  stops.push(it.app.keepUpToDate("vidrec serve"));
  const said = (words: RegExp) => until(async () => it.lines.find((line) => words.test(line)));
  return { ...it, said };
}

const LEARNT_TEXTS = /learnt snapshot .* 25 of them with a vector/;
const endThread = (part: string) =>
  workers.findLast(({ name }) => name.includes(`${part}/worker`))!.worker.terminate();
const feedOf = ({ service }: App, mood?: string) =>
  ask(service.feed, { username: "user7", mood, pageSize: 25 });

describe("an app", () => {
  test("goes from an empty folder to feeds with moods, and has nothing to complain of", async () => {
    const { app, said } = run();
    expect(await ask(app.service.feed).catch((cause: Error) => cause.message)).toBe("not ready");
    expect((await app.service.readiness()).snapshot).toBeUndefined();
    await said(LEARNT_TEXTS);
    const page = await feedOf(app, "clam");
    expect(page).toMatchObject({ match: ["mood:calm"], fallback: ["seen"], audience: "warm" });
    expect(idsOn(page).toSorted((a, b) => a - b)).toEqual(upstream.data.posts.map((it) => it.id));
    expect((await feedOf(app, "post 7")).match).toEqual(["mood"]);
    expect(await app.service.readiness()).toMatchObject({ degraded: [], demo: false });
  });

  test("starts from what it left, asks upstream for nothing and learns nothing again", async () => {
    await run().said(LEARNT_TEXTS);
    for (const stop of stops.splice(0).toReversed()) await stop();
    const asked = upstream.count();
    const { app, lines } = run();
    expect(idsOn(await feedOf(app))).toHaveLength(25);
    await app.cycle.sync(false);
    await app.cycle.backfill();
    expect(await app.cycle.learn({ encoder: await app.cycle.encoder() })).toBeUndefined();
    expect([upstream.count(), lines]).toEqual([asked, []]);
  });

  test("that was ended before it learnt from the vectors it had made uses them before all else when it starts again", async () => {
    const first = open();
    await first.app.cycle.sync(false);
    await first.app.cycle.learn({ encoder: undefined, isQuick: true });
    await first.app.cycle.backfill();
    for (const stop of stops.splice(0).toReversed()) await stop();
    const { app, lines, said } = run();
    await said(/moods and words work: 25 of 25 posts have a vector/);
    expect(await feedOf(app, "calm")).toMatchObject({ match: ["mood:calm"], fallback: ["seen"] });
    expect((await app.service.readiness()).snapshot).toMatchObject({ posts: 25, embedded: 25 });
    await said(LEARNT_TEXTS);
    expect(lines.map((it) => it.split(" ")[0])).toEqual(["moods", "learnt"]);
  });

  test("serves on while its learner dies in the middle of a sync, says so, and gets another", async () => {
    const { app } = open();
    await app.cycle.sync(false);
    await app.cycle.learn({ encoder: undefined });
    const before = idsOn(await feedOf(app));
    upstream.fault({ kind: "latency", ms: 60_000, times: 1 });
    const asked = upstream.count();
    const cut = app.cycle.sync(true).catch((cause: Error) => cause.message);
    await until(async () => (upstream.count() > asked ? true : undefined));
    const running = await until(async () => (await app.service.readiness()).sync ?? undefined);
    expect(running).toMatchObject({ endpoint: "users", page: 1, rows: 0 });
    endThread("training/jobs");
    expect(await cut).toBe("the thread ended by itself");
    expect((await app.service.readiness()).sync).toBeNull();
    expect(idsOn(await feedOf(app))).toEqual(before);
    expect((await app.service.readiness()).degraded).toEqual([
      "learner: the thread ended by itself (again in 1 s)",
    ]);
    expect((await app.cycle.sync(true)).isComplete).toBeTrue();
    expect((await app.service.readiness()).degraded).toEqual([]);
  });

  test("serves on while its encoder is dead, without free words, and has them again after", async () => {
    const { app, said } = run();
    await said(LEARNT_TEXTS);
    endThread("text");
    await said(/encoder: the thread ended/);
    expect(await feedOf(app, "post 7")).toMatchObject({ match: [] });
    expect((await feedOf(app, "post 7")).fallback).toContain("mood_not_encoded");
    expect((await feedOf(app, "calm")).match).toEqual(["mood:calm"]);
    await until(async () => ((await feedOf(app, "post 7")).match.length > 0 ? true : undefined));
    expect((await app.service.readiness()).degraded).toEqual([]);
  });

  test("without an encoder learns and serves all the same, says why, and will try again", async () => {
    const { app, said } = run({ ENCODER_MODEL: folder.path });
    await said(/update: the encoder could not be loaded \(again in/);
    expect(idsOn(await feedOf(app, "calm"))).toHaveLength(25);
    expect((await feedOf(app, "calm")).fallback).toContain("mood_not_encoded");
    const { degraded } = await app.service.readiness();
    expect(degraded.join("\n")).toMatch(/encoder: ENCODER_MODEL=.*the folder lacks config.json/);
  });

  test("with another encoder never mixes its vectors with those of the one before", async () => {
    await run().said(LEARNT_TEXTS);
    for (const stop of stops.splice(0).toReversed()) await stop();
    const { app } = open({ ENCODER_MODEL: second });
    const encoder = await app.cycle.encoder();
    expect(encoder!.model).not.toBe(app.registry.current()!.manifest.info.encoder!.model);
    expect((await feedOf(app, "post 7")).fallback).toContain("mood_not_encoded");
    expect((await feedOf(app, "calm")).match).toEqual(["mood:calm"]);
    app.take("test");
    await app.cycle.backfill();
    expect(await app.cycle.learn({ encoder })).toMatchObject({ embedded: 25 });
    expect((await feedOf(app, "post 7")).match).toEqual(["mood"]);
    expect(app.registry.current()!.manifest.info.encoder).toEqual(encoder);
  });
});

describe("an app whose folder", () => {
  const degraded = async ({ service }: App) => (await service.readiness()).degraded;
  const isWell = async (app: App) => ((await degraded(app)).length === 0 ? true : undefined);

  test("is deleted serves on and says so, and syncs and learns again once it is back", async () => {
    const { app, said } = run();
    await said(LEARNT_TEXTS);
    const before = idsOn(await feedOf(app));
    cpSync(folder.path, `${folder.path}-backup`, { recursive: true });
    rmSync(folder.path, { recursive: true });
    await said(/store: .*store\.db is gone: put the folder back/);
    expect((await degraded(app)).join()).toContain("store: store.db is gone");
    expect(idsOn(await feedOf(app))).toEqual(before);
    expect(String(await app.cycle.sync(true).catch(String))).toContain("store.db is gone");
    expect(existsSync(join(folder.path, "store.db"))).toBeFalse();
    cpSync(`${folder.path}-backup`, folder.path, { recursive: true });
    rmSync(`${folder.path}-backup`, { recursive: true });
    await said(/store\.db is opened anew/);
    await until(() => isWell(app));
    expect(idsOn(await feedOf(app))).toEqual(before);
    expect((await app.cycle.sync(true)).isComplete).toBeTrue();
    expect("heldBy" in takeLock(join(folder.path, "lock.db"), "late")).toBeTrue();
  });

  test("has a lock that cannot be used serves what there is, and says why nothing is learnt", async () => {
    await run().said(LEARNT_TEXTS);
    for (const stop of stops.splice(0).toReversed()) await stop();
    const lock = join(folder.path, "lock.db");
    rmSync(lock, { force: true });
    mkdirSync(lock);
    const { app, said } = run();
    expect(idsOn(await feedOf(app))).toHaveLength(25);
    await said(/lock\.db cannot be locked/);
    expect((await degraded(app)).join()).toMatch(/lock\.db cannot be locked .*nothing is synced/);
    rmSync(lock, { recursive: true });
    await until(() => isWell(app));
  });

  test("lost its store serves nothing it does not know, says so, and fills it again", async () => {
    await run().said(LEARNT_TEXTS);
    for (const stop of stops.splice(0).toReversed()) await stop();
    for (const end of ["", "-wal", "-shm"])
      rmSync(join(folder.path, `store.db${end}`), { force: true });
    const { app } = open();
    expect(idsOn(await feedOf(app))).toEqual([]);
    expect((await degraded(app)).join()).toContain("the store holds no posts");
    await app.cycle.sync(false);
    expect(idsOn(await feedOf(app))).toHaveLength(25);
    expect(await degraded(app)).toEqual([]);
  });
});

test("an app whose upstream has no posts says that, not that a snapshot is being made", async () => {
  for (const endpoint of ["users", "posts", "view", "like", "inspire", "rating"] as const)
    upstream.data[endpoint].length = 0;
  const { app } = open();
  expect((await app.service.readiness()).waitsFor).toBeUndefined();
  await app.cycle.sync(false);
  const { handle } = createServer(app.service, { corsOrigins: [], version: "1", log: () => {} });
  for (const path of ["/health/ready", "/feed?username=x", "/categories", "/posts/1/similar"]) {
    const response = await handle(new Request(`http://localhost${path}`));
    expect(response.status).toBe(503);
    expect(((await response.json()) as { detail: string }).detail).toContain(
      "upstream has no posts",
    );
  }
});

describe("two processes on one folder", () => {
  test("share the work: one learns, the other follows, and takes over when it ends", async () => {
    const one = run();
    const two = run();
    await two.said(/vidrec serve \(process \d+\) syncs and learns here/);
    await one.said(LEARNT_TEXTS);
    const { id } = one.app.registry.current()!;
    await two.said(RegExp(`serving snapshot ${id}`));
    expect(idsOn(await feedOf(two.app))).toEqual(idsOn(await feedOf(one.app)));
    expect(two.lines.some((it) => /learnt/.test(it))).toBeFalse();
    const [endFirst, stopFirst] = stops.splice(0, 2);
    await stopFirst!();
    await endFirst!();
    await two.said(/is gone: this process syncs and learns from now on/);
    expect(two.app.take("late")).toEqual({ heldBy: expect.stringContaining("vidrec serve") });
  });
});
