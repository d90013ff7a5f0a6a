/** Everything wired together in this process: threads, snapshots, and what happens when one fails. */
import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createServer } from "../../src/http/server.ts";
import { dayLasts } from "../support/day.ts";
import { WITHOUT_KEYS } from "../support/http.ts";
import { ask, idsOn } from "../support/feeds.ts";
import { until } from "../support/program.ts";
import { appsOfEachTest, feedByWords, feedOf, LEARNT_TEXTS } from "./apps.ts";

const { encoders, open, run, stopAll, endThread, folder, upstream } = appsOfEachTest();

describe("an app", () => {
  test("goes from an empty folder to feeds with moods, and has nothing to complain of", async () => {
    const { app, said } = run();
    expect(await ask(app.service.feed).catch((cause: Error) => cause.message)).toBe("not ready");
    expect((await app.service.readiness()).snapshot).toBeUndefined();
    await said(LEARNT_TEXTS);
    const page = await feedOf(app, "clam");
    expect(page).toMatchObject({ match: ["mood:calm"], fallback: ["seen"], audience: "warm" });
    expect(idsOn(page).toSorted((a, b) => a - b)).toEqual(upstream().data.posts.map((it) => it.id));
    expect((await feedByWords(app, "post 7")).match).toEqual(["mood"]);
    expect(await app.service.readiness()).toMatchObject({ degraded: [], demo: false });
  });

  test("starts from its last state, without a request to upstream and without learning again", async () => {
    await dayLasts();
    await run().said(LEARNT_TEXTS);
    await stopAll();
    const asked = upstream().count();
    const { app, lines } = run();
    expect(idsOn(await feedOf(app))).toHaveLength(25);
    await app.cycle.sync(false);
    await app.cycle.backfill();
    expect(await app.cycle.learn({ encoder: await app.cycle.encoder() })).toBeUndefined();
    expect([upstream().count(), lines]).toEqual([asked, []]);
  });

  test("that was ended before it learnt from the vectors it had made uses them before all else when it starts again", async () => {
    const first = open();
    await first.app.cycle.sync(false);
    await first.app.cycle.learn({ encoder: undefined, isQuick: true });
    await first.app.cycle.backfill();
    await stopAll();
    const { app, lines, said } = run();
    await said(/25 of 25 posts are understood by their text/);
    expect(await feedOf(app, "calm")).toMatchObject({ match: ["mood:calm"], fallback: ["seen"] });
    expect((await app.service.readiness()).snapshot).toMatchObject({ posts: 25, embedded: 25 });
    await said(LEARNT_TEXTS);
    const made = lines.filter((it) => !it.startsWith("serving snapshot")); // which may come before
    expect(made.map((it) => it.split(" ")[0])).toEqual(["25", "learnt"]);
  });

  test("with unusable snapshots, as after an upgrade, serves the stored data while it syncs", async () => {
    await run().said(LEARNT_TEXTS);
    await stopAll();
    rmSync(join(folder(), "snapshots"), { recursive: true });
    using db = new Database(join(folder(), "store.db"));
    for (const table of ["scan", "sync_run"]) db.run(`UPDATE ${table} SET day = '2025-06-01'`);
    upstream().fault({ kind: "latency", ms: 3_600_000 });
    const { app } = run();
    const page = await until(() => feedOf(app, "calm").catch(() => undefined));
    expect(idsOn(page)).toHaveLength(25);
    await until(async () => (await app.service.readiness()).sync ?? undefined);
  });

  test("serves on while its learner dies in the middle of a sync, says so, and gets another", async () => {
    const { app, lines } = open();
    await app.cycle.sync(false);
    await app.cycle.learn({ encoder: undefined });
    const before = idsOn(await feedOf(app));
    upstream().fault({ kind: "latency", ms: 60_000, times: 1 });
    const asked = upstream().count();
    const cut = app.cycle.sync(true).catch((cause: Error) => cause.message);
    await until(async () => (upstream().count() > asked ? true : undefined));
    const running = await until(async () => (await app.service.readiness()).sync ?? undefined);
    expect(running).toMatchObject({ endpoint: "users", page: 1, rows: 0 });
    endThread("training/jobs");
    expect(await cut).toBe("the thread ended by itself");
    expect((await app.service.readiness()).sync).toBeNull();
    expect(idsOn(await feedOf(app))).toEqual(before);
    expect(lines.at(-1)).toBe("learner: the thread ended by itself (again in 1 s)");
    expect((await app.cycle.sync(true)).isComplete).toBeTrue();
    expect((await app.service.readiness()).degraded).toEqual([]);
  });

  test("serves on while its encoder is dead, without free words, and has them again after", async () => {
    const { app, said } = run();
    await said(LEARNT_TEXTS);
    renameSync(encoders.first, `${encoders.first} away`); // no other thread can load it
    endThread("text");
    await said(/encoder: the thread ended/);
    expect(await feedOf(app, "post 7")).toMatchObject({ match: [] });
    expect((await feedOf(app, "post 7")).fallback).toContain("mood_not_encoded");
    expect((await feedOf(app, "calm")).match).toEqual(["mood:calm"]);
    renameSync(`${encoders.first} away`, encoders.first);
    expect((await feedByWords(app, "post 7")).match).toEqual(["mood"]);
    expect((await app.service.readiness()).degraded).toEqual([]);
  });

  test("encodes any texts for an evaluation", async () => {
    const { app } = open();
    const { encoder, vectors } = (await app.embed(["post 3", "nobody wrote this before"]))!;
    const d = encoder.dimension;
    for (const vector of [vectors.slice(0, d), vectors.slice(d)])
      expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
  });

  test("without an encoder learns and serves all the same, says why, and will try again", async () => {
    const { app, said } = run({ ENCODER_MODEL: folder() });
    await said(/update: the encoder could not be loaded \(again in/);
    expect(idsOn(await feedOf(app, "calm"))).toHaveLength(25);
    expect((await feedOf(app, "calm")).fallback).toContain("mood_not_encoded");
    const { degraded } = await app.service.readiness();
    expect(degraded.join("\n")).toMatch(/encoder: ENCODER_MODEL=.*the folder lacks config.json/);
  });

  test("with another encoder never mixes its vectors with those of the one before", async () => {
    await run().said(LEARNT_TEXTS);
    await stopAll();
    const { app } = open({ ENCODER_MODEL: encoders.second });
    const encoder = await app.cycle.encoder();
    expect(encoder!.model).not.toBe(app.registry.current()!.manifest.info.encoder!.model);
    expect((await feedOf(app, "post 7")).fallback).toContain("mood_not_encoded");
    expect((await feedOf(app, "calm")).match).toEqual(["mood:calm"]);
    await app.takeLease("test");
    await app.cycle.backfill();
    expect(await app.cycle.learn({ encoder })).toMatchObject({ embedded: 25 });
    expect((await feedByWords(app, "post 7")).match).toEqual(["mood"]);
    expect(app.registry.current()!.manifest.info.encoder).toEqual(encoder);
  });
});

test("an app whose upstream has no posts says that, not that a snapshot is being made", async () => {
  for (const endpoint of ["users", "posts", "view", "like", "inspire", "rating"] as const)
    upstream().data[endpoint].length = 0;
  const { app } = open();
  expect((await app.service.readiness()).waitsFor).toBeUndefined();
  await app.cycle.sync(false);
  const { handle } = createServer(app.service, {
    access: WITHOUT_KEYS,
    corsOrigins: [],
    version: "1",
    log: () => {},
  });
  for (const path of ["/health/ready", "/feed?username=x", "/categories", "/posts/1/similar"]) {
    const response = await handle(new Request(`http://localhost${path}`));
    expect(response.status).toBe(503);
    expect(((await response.json()) as { detail: string }).detail).toContain(
      "upstream has no posts",
    );
  }
});
