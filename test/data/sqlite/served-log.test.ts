/** The served log in its file: what comes back, what is durable, and who may claim. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { ServedLog, ServedPage } from "../../../src/data/served-log.ts";
import { openServedLog } from "../../../src/data/sqlite/open.ts";
import type { PostKey } from "../../../src/domain/ids.ts";
import { temporaryFolder } from "../../support/folder.ts";

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let log: ServedLog;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, "served.db");
  log = openServedLog(path, { store: "store-1" });
});
afterEach(() => {
  log.close();
  folder[Symbol.dispose]();
});

const slot = (post: number, over = {}) => ({
  ...{ post: post as PostKey, sources: ["popular", "ials"], score: 0.5, probability: 1, slot: 1 },
  ...over,
});
const page = (over: Partial<ServedPage> = {}): ServedPage => ({
  ...{ recommendationId: "r1", atMs: 1_000, userId: "ada", session: undefined, list: "l" },
  ...{
    from: 0,
    next: "l.2.2",
    snapshot: "s7",
    policy: "feed",
    audience: "warm",
    match: [],
    fallback: [],
  },
  slots: [slot(7), slot(4_000_000_000, { slot: 2, score: -1.25, sources: ["tier:seen"] })],
  ...over,
});
const all = async (of = log) => (await Array.fromAsync(of.pages())).flat();
const sessionOf = async (of: ServedLog, after: number) =>
  (await Array.fromAsync(of.ofSession("ada", "s", after))).flat();

test("a page comes back as it went in, probabilities too", async () => {
  const drawn = [slot(1, { probability: 0.25, slot: 21 }), slot(2, { slot: 22 })];
  const pages = [
    page(),
    page({ recommendationId: "r2", session: "s", next: undefined, slots: drawn, from: 20 }),
    page({ recommendationId: "r3", fallback: ["seen"], slots: [] }),
  ];
  for (const it of pages) log.append(it);
  expect<object[]>(await all()).toEqual(pages.map((it, n) => ({ ...it, seq: n + 1 })));
  expect(await log.page(2)).toMatchObject({ recommendationId: "r2" });
  expect(await log.page(9)).toBeUndefined();
});

test("a page is on disk for every process when it was claimed, or soon after it was appended", async () => {
  using other = {
    log: openServedLog(path, { store: "store-1" }),
    [Symbol.dispose]: () => other.log.close(),
  };
  expect(await log.claim(page({ session: "s" }), 0)).toBe(1);
  expect(await sessionOf(other.log, 0)).toHaveLength(1);
  log.append(page());
  while ((await all(other.log)).length < 2) await Bun.sleep(10);
});

test("a session takes one page after another: who has not seen the newest is refused", async () => {
  using other = {
    log: openServedLog(path, { store: "store-1" }),
    [Symbol.dispose]: () => other.log.close(),
  };
  const mine = page({ session: "s" });
  const taken = await Promise.all([log, other.log, log].map((it) => it.claim(mine, 0)));
  expect(taken.filter((it) => it !== undefined)).toEqual([1]);
  expect(await other.log.claim(mine, 1)).toBe(2);
  expect(await other.log.claim(page({ session: "s", userId: "bob" }), 0)).toBe(3);
  expect(await other.log.claim(page({ session: "t" }), 0)).toBe(4);
  expect((await sessionOf(log, 1)).map((it) => it.seq)).toEqual([2]);
});

test("pages are read from a time on, of one user or of all", async () => {
  for (let n = 0; n < 2_000; n++)
    log.append(page({ atMs: n * 60_000, userId: n % 2 ? "ada" : "bob" }));
  const times = async (filter: object) =>
    (await Array.fromAsync(log.pages(filter))).flat().map((it) => it.atMs / 60_000);
  expect(await times({ sinceMs: 1_997 * 60_000 })).toEqual([1_997, 1_998, 1_999]);
  expect(await times({ sinceMs: 1_995 * 60_000, userId: "bob" })).toEqual([1_996, 1_998]);
  expect(await times({})).toHaveLength(2_000);
  expect(await times({ sinceMs: 1e12 })).toEqual([]);
});

test("nothing is left of an erased user, and sessions are told", async () => {
  log.append(page({ session: "of-ada" }));
  log.append(page({ userId: "bob" }));
  const before = await log.erasures();
  await log.eraseUser("ada", 999);
  expect((await all()).map((it) => it.userId)).toEqual(["bob"]);
  for (const file of [path, `${path}-wal`])
    expect((await Bun.file(file).text()).includes("of-ada")).toBeFalse();
  expect(await log.erasures()).toBe(before + 1);
  // A seq is not given again: who waits for pages after one must not miss any.
  expect(await log.claim(page({ session: "s" }), 0)).toBe(3);
});

test("what another process still holds of an erased user is not written; what they ask for afterwards is", async () => {
  using other = {
    log: openServedLog(path, { store: "store-1" }),
    [Symbol.dispose]: () => other.log.close(),
  };
  other.log.append(page({ atMs: 1_000 }));
  await log.eraseUser("ada", 1_001);
  await other.log.flush();
  expect(await other.log.claim(page({ session: "s", atMs: 1_001 }), 0)).toBe(0);
  expect(await all()).toEqual([]);
  await other.log.claim(page({ session: "s", atMs: 1_002 }), 0);
  expect((await all()).map((it) => it.atMs)).toEqual([1_002]);
  using db = new Database(path);
  const remembered = () => db.query("SELECT * FROM erased").all();
  expect(JSON.stringify(remembered())).toMatch(/^\[\{"user_hash":"[0-9a-f]{64}","at_ms":1001\}\]$/);
  await log.claim(page({ session: "s", userId: "bob", atMs: 86_402_000 }), 0);
  expect(remembered()).toEqual([]);
});

test("pages of another store are forgotten, since their keys stand for other posts", async () => {
  await log.claim(page({ session: "s" }), 0);
  log.close();
  log = openServedLog(path, { store: "store-1" });
  expect(await all()).toHaveLength(1);
  log.close();
  log = openServedLog(path, { store: "store-2" });
  expect(await all()).toEqual([]);
});

test("what a crash leaves is what was claimed; closing writes the rest", async () => {
  log.append(page());
  log.close();
  log = openServedLog(path, { store: "store-1" });
  expect(await all()).toHaveLength(1);
});

test("a file that is none, or of a newer build, is refused with what to do", async () => {
  await Bun.write(join(folder.path, "text.db"), "no database, for sure; and long enough to be one".repeat(100)); // prettier-ignore
  expect(() => openServedLog(join(folder.path, "text.db"))).toThrow(/stop vidrec and delete it/);
  using db = new Database(path);
  db.run("PRAGMA user_version = 99");
  expect(() => openServedLog(path)).toThrow(/newer vidrec/);
});

test("the oldest pages go when they are too old, or the file too big; the newest stay", async () => {
  const days = (n: number) => n * 86_400_000;
  const other = join(folder.path, "small.db");
  const small = openServedLog(other, { kept: { days: 3, megabytes: 1 } });
  const kept = async () => (await all(small)).map((it) => it.atMs / days(1));
  for (const day of [1, 2, 3, 5.5]) await small.claim(page({ session: "s", atMs: days(day) }), 1e9);
  expect(await kept()).toEqual([3, 5.5]);
  const slots = Array.from({ length: 20 }, (_, n) => slot(n, { slot: n + 1 }));
  for (let n = 0; n < 400; n++) {
    for (let m = 0; m < 20; m++) small.append(page({ atMs: days(6) + n, slots }));
    await small.flush();
  }
  expect(await kept()).not.toContain(3);
  const left = await all(small);
  expect(left.at(-1)!.atMs).toBe(days(6) + 399);
  expect([left.length > 1_000, left.length < 5_000]).toEqual([true, true]);
  small.close();
  expect(statSync(other).size).toBeLessThan(1.2e6);
});

test("a thread copies the write-ahead log into the file, while others write on", async () => {
  const thread = new Worker(new URL("../../../src/data/sqlite/served/worker.ts", import.meta.url), { ref: false }); // prettier-ignore
  const other = join(folder.path, "busy.db");
  let asked = 0;
  const checkpoint = () => {
    asked++;
    thread.postMessage(other);
  };
  const busy = openServedLog(other, { checkpoint });
  const before = statSync(other).size;
  for (let n = 0; n < 2_500; n++) busy.append(page());
  await busy.flush();
  expect(asked).toBe(2);
  while (statSync(other).size === before) await busy.claim(page(), 0);
  thread.terminate();
  busy.close();
});

test("closing waits for another's write, and ends without the rest where that takes too long", () => {
  const faults: unknown[] = [];
  const other = join(folder.path, "locked.db");
  const closing = openServedLog(other, { onFault: (it) => void faults.push(it) });
  using writer = new Database(other);
  writer.run("BEGIN IMMEDIATE");
  closing.append(page());
  closing.close();
  expect(faults).toEqual([expect.objectContaining({ code: "SQLITE_BUSY" })]);
});
