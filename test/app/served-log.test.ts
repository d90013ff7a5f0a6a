/** The served log of a running program: beside its store, gone with its users, and a trouble that ends no feed. */
import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { UserId } from "../../src/domain/ids.ts";
import type { App } from "../../src/app/compose.ts";
import { openServedLog } from "../../src/data/sqlite/open.ts";
import { ask } from "../support/feeds.ts";
import { until } from "../support/program.ts";
import { appsOfEachTest, feedOf, isQuiet, LEARNT_TEXTS } from "./apps.ts";

const { run, open, folder, stopAll } = appsOfEachTest();
const path = () => join(folder(), "served.db");

const page = async ({ service }: App, session: string | undefined) =>
  (await service.recommend({
    ...{ user: "user 7" as UserId, session, limit: 5, exclude: [], cards: false, explain: false },
    ...{ category: undefined, mood: undefined, cursor: undefined },
  }))!.items.map((it) => it.id);

/** Whose pages the file holds. */
async function logged(): Promise<string[]> {
  const log = openServedLog(path());
  const pages = (await Array.fromAsync(log.pages())).flat();
  log.close();
  return pages.map((it) => it.userId);
}

test("what was shown is in a file beside the store, also what was shown last", async () => {
  const { app, said } = run();
  await said(/learnt snapshot/);
  const first = await page(app, "s");
  await feedOf(app);
  await stopAll();
  expect(await logged()).toEqual(["user 7", "7"]);
  const { app: again } = open();
  expect(await page(again, "s")).not.toContainAnyValues(first);
});

test("a user who is erased leaves it, and their session begins anew", async () => {
  const { app, said } = run();
  await said(LEARNT_TEXTS);
  await isQuiet(app); // the list stays as it is
  await app.service.push.events([{ user: "user 7", post: "3", kind: "view" }]);
  const first = await page(app, "s");
  await feedOf(app);
  const erase = () => app.service.push.eraseUser("user 7" as UserId);
  expect(await erase()).toBeTrue();
  expect(await page(app, "s")).toContainAnyValues(first);
  expect([await erase(), await erase()]).toEqual([true, false]); // who only asked is known by it
  expect(await page(app, "s")).toContainAnyValues(first);
  await stopAll();
  expect(await logged()).toEqual(["7", "user 7"]);
});

test("pages of somebody nobody knew yet are exported and erased with the user of that name", async () => {
  const { app, said } = run();
  await said(/learnt snapshot/);
  const feed = (username: string) => ask(app.service.feed, { username, pageSize: 5 });
  for (const name of ["carla", "dan"]) await feed(name);
  await app.service.push.users([{ id: "c1", name: "carla" }, { id: "c2", name: "dan" }]); // prettier-ignore
  await app.service.push.events([{ user: "dan", post: "3", kind: "view" }]); // another's id
  const pagesOf = async (id: string) => {
    const pieces = await Array.fromAsync((await app.service.push.exported(id as UserId))!);
    return (JSON.parse(pieces.join("")) as { served: object[] }).served.length;
  };
  expect([await pagesOf("c1"), await pagesOf("c2"), await pagesOf("dan")]).toEqual([1, 0, 1]);
  for (const id of ["c1", "c2"]) expect(await app.service.push.eraseUser(id as UserId)).toBeTrue();
  await stopAll();
  expect(await logged()).toEqual(["dan"]);
});

test("a file that is none is told of; feeds go on, and sessions within the process, until it can be used", async () => {
  await Bun.write(path(), "no database at all, though it is long enough to be one. ".repeat(100));
  const { app, said } = run();
  await said(/learnt snapshot/);
  const [first, second] = [await page(app, "s"), await page(app, "s")];
  expect([first.length, new Set([...first, ...second]).size]).toEqual([5, 10]);
  await said(/served log: .*served\.db cannot be used .* stop vidrec and delete it/);
  const { degraded } = await app.service.readiness();
  expect(degraded.join()).toContain("served.db cannot be used");
  const erased = app.service.push.eraseUser("user 7" as UserId);
  expect(await erased.catch(String)).toContain("nobody is erased from it");
  rmSync(path());
  await until(async () => (await app.service.readiness()).degraded.length === 0 || undefined);
  expect([(await page(app, "s")).length, await app.service.push.eraseUser("user 7" as UserId)]).toEqual([5, true]); // prettier-ignore
  await page(app, "s");
  await stopAll();
  expect(await logged()).toEqual(["user 7"]);
});
