/** Counts of impressions and completions: from which pages and events, and that each counts once. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { join } from "node:path";
import type { StoreFile } from "../../src/data/sqlite/open.ts";
import { openServedLog, openStore } from "../../src/data/sqlite/open.ts";
import type { ServedLog } from "../../src/data/served-log.ts";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, PostKey, UserId } from "../../src/domain/ids.ts";
import type { SignalName } from "../../src/domain/known-signals.ts";
import { exposureCounting } from "../../src/feed/exposure-counting.ts";
import { append } from "../support/changes.ts";
import { temporaryFolder } from "../support/folder.ts";

const T = Date.UTC(2025, 5, 1);
const HOUR_MS = 3_600_000;
let folder: ReturnType<typeof temporaryFolder>;
let store: StoreFile;
let servedLog: ServedLog;
let count: ReturnType<typeof exposureCounting>;
const keys = new Map<string, PostKey>();

beforeEach(async () => {
  folder = temporaryFolder();
  store = openStore(join(folder.path, "store.db"));
  servedLog = openServedLog(join(folder.path, "served.db"));
  count = exposureCounting({ ...store, servedLog });
  await did("nobody", "a", "view", T - HOUR_MS);
  await did("nobody", "b", "view", T - HOUR_MS);
  await did("nobody", "old", "like", T - HOUR_MS);
  for (const [id, key] of await store.ids.postKeys(["a", "b", "old"] as PostId[]))
    keys.set(id, key);
  await counted();
});
afterEach(() => {
  servedLog.close();
  store.close();
  folder[Symbol.dispose]();
});

async function did(
  user: string,
  post: string,
  kind: string,
  atMs: number,
  over: Partial<Event> = {},
) {
  const event = { userId: user as UserId, postId: post as PostId, kind: kind as SignalName };
  const receipt = { receivedAtMs: atMs + 1, origin: "app" };
  await append(store, [{ ...event, value: 1, claimedAtMs: atMs, ...over }], receipt);
}
function shown(userId: string, atMs: number, ...posts: string[]) {
  const slot = { sources: [], score: 0, probability: 1 };
  const about = {
    list: "l",
    from: 0,
    snapshot: "s",
    policy: "feed",
    audience: "cold",
    match: [],
    fallback: [],
  };
  const slots = posts.map((it, n) => ({ ...slot, post: keys.get(it)!, slot: n + 1 }));
  servedLog.append({ recommendationId: `${atMs}`, atMs, userId, ...about, slots });
}
/** Impressions and completions of the posts a and b, which are new. */
async function counted(by = count) {
  while (!(await by((post) => post !== keys.get("old")))) {}
  const { posts } = await servedLog.exposures.changedAfter(0, 100);
  const of = (id: string) => posts.find((it) => it.post === keys.get(id));
  return ["a", "b", "old"].map((id) => [of(id)?.impressions ?? 0, of(id)?.completions ?? 0]);
}

test("a post's impressions are the pages that showed it; those of old posts are not counted one by one", async () => {
  shown("ada", T, "a", "b", "old");
  shown("bob", T, "a", "old");
  expect(await counted()).toEqual([[2, 0], [1, 0], [0, 0]]); // prettier-ignore
});

test("a completion is a like, or a video watched nearly through, by who was served it within a day", async () => {
  for (const user of ["ada", "bob", "cyd", "dan", "eve"]) shown(user, T, "a");
  await did("ada", "a", "like", T + HOUR_MS);
  await did("bob", "a", "view", T + HOUR_MS, { watchedMs: 900, durationMs: 1_000 });
  await did("cyd", "a", "view", T + HOUR_MS, { watchedMs: 500, durationMs: 1_000 });
  await did("dan", "a", "view", T + HOUR_MS);
  await did("eve", "a", "skip", T + HOUR_MS);
  await did("fay", "a", "like", T + HOUR_MS); // was not served it
  await did("ada", "b", "like", T + HOUR_MS);
  shown("gus", T - 25 * HOUR_MS, "b");
  await did("gus", "b", "like", T + 1);
  expect(await counted()).toEqual([[5, 2], [1, 0], [0, 0]]); // prettier-ignore
});

test("who watches it through, likes and shares it has completed it once, whichever process counts", async () => {
  const other = exposureCounting({ ...store, servedLog });
  shown("ada", T, "a");
  await did("ada", "a", "view", T + 10, { watchedMs: 900, durationMs: 1_000 });
  await counted();
  await did("ada", "a", "like", T + 20);
  await counted(other);
  await did("ada", "a", "share", T + 20);
  expect(await counted()).toEqual([[1, 1], [0, 0], [0, 0]]); // prettier-ignore
});

test("who is shown a post again may complete it again", async () => {
  for (const hour of [0, 1, 2]) {
    shown("ada", T + hour * HOUR_MS, "a");
    await did("ada", "a", "share", T + hour * HOUR_MS + 10);
    await counted();
  }
  expect(await counted()).toEqual([[3, 3], [0, 0], [0, 0]]); // prettier-ignore
});

test("an erased person's showings are forgotten, and what they complete then is counted no more", async () => {
  shown("ada", T, "a");
  await counted();
  await servedLog.eraseUser("ada", T);
  await did("ada", "a", "like", T + 10);
  expect(await counted()).toEqual([[1, 0], [0, 0], [0, 0]]); // prettier-ignore
});

test("a page that was read before its user was erased leaves no showing of theirs", async () => {
  shown("ada", T, "a");
  await servedLog.flush();
  const { exposures } = servedLog;
  const ends = await exposures.ends();
  const [page] = await servedLog.after(ends.page, 1);
  await servedLog.eraseUser("ada", T + 1);
  const showing = { userId: "ada", post: keys.get("a")!, atMs: T, isNew: true, isSampled: false };
  const completed = { userId: "ada", post: keys.get("a")!, atMs: T + 10 };
  await exposures.add(ends, { ...ends, page: page!.seq }, [showing], [completed]);
  expect(await counted()).toEqual([[1, 0], [0, 0], [0, 0]]); // prettier-ignore
});

test("of few pages each counts for posts in general, of many hardly one", async () => {
  for (const [pages, sampled] of [
    [8, 8],
    [40, 1],
    [500, 0],
  ] as const) {
    // prettier-ignore
    const before = (await servedLog.exposures.all()).impressions;
    for (let n = 0; n < pages; n++) shown(`user${n}`, T + n, "old");
    await counted();
    expect((await servedLog.exposures.all()).impressions - before).toBeWithin(sampled, sampled + 2);
  }
});

test("completions wait for the pages that they are due to", async () => {
  for (let n = 0; n < 120; n++) shown(`user${n}`, T + n, "a");
  for (let n = 0; n < 120; n++) await did(`user${n}`, "a", "like", T + 1_000 + n);
  expect(await counted()).toEqual([[120, 120], [0, 0], [0, 0]]); // prettier-ignore
});

test("two processes that count at once count everything once", async () => {
  const other = exposureCounting({ ...store, servedLog });
  for (let n = 0; n < 450; n++) shown(`user${n}`, T + n, "a");
  await servedLog.flush();
  const isNew = () => true;
  while ((await Promise.all([count(isNew), other(isNew), count(isNew)])).includes(false)) {}
  expect(await counted()).toEqual([[450, 0], [0, 0], [0, 0]]); // prettier-ignore
});

test("counts outlive the pages and the process; those of another store are forgotten", async () => {
  shown("ada", T, "a");
  await counted();
  servedLog.close();
  const path = join(folder.path, "served.db");
  servedLog = openServedLog(path, { store: "store-1" });
  await servedLog.eraseUser("ada", T);
  expect((await servedLog.exposures.changedAfter(0, 9)).posts).toHaveLength(1);
  servedLog.close();
  servedLog = openServedLog(path, { store: "store-2" });
  expect((await servedLog.exposures.changedAfter(0, 9)).posts).toEqual([]);
});
