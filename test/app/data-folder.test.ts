/** Apps whose data folder is lost or damaged, and two processes that share one. */
import { describe, expect, test } from "bun:test";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { App } from "../../src/app/compose.ts";
import { openLease } from "../../src/data/sqlite/open.ts";
import { idsOn } from "../support/feeds.ts";
import { until } from "../support/program.ts";
import { appsOfEachTest, feedOf, isQuiet, LEARNT_TEXTS } from "./apps.ts";

const { open, run, stopAll, stopFirst, folder } = appsOfEachTest();

describe("an app whose folder", () => {
  const degraded = async ({ service }: App) => (await service.readiness()).degraded;
  const isWell = async (app: App) => ((await degraded(app)).length === 0 ? true : undefined);

  test("is deleted serves on and says so, and syncs and learns again once it is back", async () => {
    const { app, said } = run();
    await said(LEARNT_TEXTS);
    await isQuiet(app); // then the copy is whole
    const before = idsOn(await feedOf(app));
    cpSync(folder(), `${folder()}-backup`, { recursive: true });
    rmSync(folder(), { recursive: true });
    await said(/store: .*store\.db is gone: put the folder back/);
    expect((await degraded(app)).join()).toContain("store: store.db is gone");
    expect(idsOn(await feedOf(app))).toEqual(before);
    expect(String(await app.cycle.sync(true).catch(String))).toContain("store.db is gone");
    expect(existsSync(join(folder(), "store.db"))).toBeFalse();
    cpSync(`${folder()}-backup`, folder(), { recursive: true });
    rmSync(`${folder()}-backup`, { recursive: true });
    await said(/store\.db is opened anew/);
    await until(() => isWell(app));
    expect(idsOn(await feedOf(app))).toEqual(before);
    expect((await app.cycle.sync(true)).isComplete).toBeTrue();
    expect("heldBy" in (await openLease(join(folder(), "lock.db")).take("late"))).toBeTrue();
  });

  test("has an unusable lock serves its snapshot, and says why nothing is learnt", async () => {
    await run().said(LEARNT_TEXTS);
    await stopAll();
    const lock = join(folder(), "lock.db");
    rmSync(lock, { force: true });
    mkdirSync(lock);
    const { app, said } = run();
    expect(idsOn(await feedOf(app))).toHaveLength(25);
    await said(/lock\.db cannot be locked/);
    expect((await degraded(app)).join()).toMatch(/lock\.db cannot be locked .*nothing is synced/);
    rmSync(lock, { recursive: true });
    await until(() => isWell(app));
  });

  test("lost its store serves nothing, since keys of the lost one mean nothing, says so, and learns again", async () => {
    await run().said(LEARNT_TEXTS);
    await stopAll();
    for (const end of ["", "-wal", "-shm"])
      rmSync(join(folder(), `store.db${end}`), { force: true });
    const { app } = open();
    expect((await app.service.readiness()).snapshot).toBeUndefined();
    expect((await degraded(app)).join()).toContain(
      "was learnt from another store: the next learning makes it again",
    );
    await app.cycle.sync(false);
    await app.cycle.learn({ encoder: undefined });
    expect(idsOn(await feedOf(app))).toHaveLength(25);
    expect(await degraded(app)).toEqual([]);
  });
});

test("an app after an upgrade logs why the old snapshot is refused, and says that another is being made", async () => {
  await run().said(LEARNT_TEXTS);
  await stopAll();
  const snapshots = join(folder(), "snapshots");
  for (const id of readdirSync(snapshots).filter((it) => it !== "current")) {
    const path = join(snapshots, id, "manifest.json");
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), format: 1 }));
  }
  const { snapshot, waitsFor } = await open().app.service.readiness();
  expect(snapshot).toBeUndefined();
  expect(waitsFor).toContain("is being made again from the store, as after an upgrade");
  const { app, lines, said } = run();
  await said(
    /manifest\.json has format 1, this program reads \d+: the next learning makes it again/,
  );
  await said(/learnt snapshot/);
  await until(async () => (await app.service.readiness()).snapshot);
  expect(lines.filter((it) => it.includes("has format 1")).length).toBeLessThanOrEqual(2);
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
    await stopFirst();
    await two.said(/is gone: this process syncs and learns from now on/);
    expect(await two.app.takeLease("late")).toEqual({
      heldBy: expect.stringContaining("vidrec serve"),
    });
  });
});
