/** A store of the first edition, brought up to date in place: nothing is lost, however often it is killed. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { SIGNALS, type SyncedName } from "../../../src/domain/signals.ts";
import type { UserId } from "../../../src/domain/ids.ts";
import { FIRST_EDITION } from "../../../src/data/sqlite/first-edition.ts";
import type { Store } from "../../../src/data/contract.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { openMigrated } from "../../support/migrated.ts";
import { movielensAbsence, readMovielens } from "../../support/movielens.ts";

const KILLS = 10;
const FETCHED_MS = Date.UTC(2025, 5, 1);
const absence = movielensAbsence();
if (absence !== undefined) console.log(`moving MovieLens ${absence}: few made-up rows instead`);

/** A row of the old tables. */
type Row = { user: number; post: number; kind: SyncedName; value: number; atMs: number };

async function rowsOf(): Promise<Row[]> {
  if (absence !== undefined)
    return Array.from({ length: 30_000 }, (_, n) => {
      const kind = (["view", "like", "rating"] as const)[n % 3]!;
      return { user: n % 71, post: (n * 7) % 1_000, kind, value: 1, atMs: FETCHED_MS - n };
    });
  const { view, like, rating } = await readMovielens();
  return Object.entries({ view, like, rating }).flatMap(([kind, list]) =>
    list.map((it) => ({
      user: Number(it["user_id"]),
      post: Number(it["post_id"]),
      kind: kind as SyncedName,
      value: Number(it["rating_percent"] ?? 1),
      atMs: Date.parse(`${String(it[SIGNALS[kind as SyncedName].socialverse.timeKey]).replace(" ", "T")}Z`), // prettier-ignore
    })),
  );
}

/** As the first edition left it: some rows are withdrawn, some lie ahead of their fetch, some are of clients. */
async function fill(path: string): Promise<void> {
  using db = new Database(path, { create: true, strict: true });
  db.run("PRAGMA journal_mode = WAL");
  for (const sql of FIRST_EDITION) db.run(sql);
  db.run(`PRAGMA user_version = ${FIRST_EDITION.length}`);
  const insert = db.query(`
    INSERT OR IGNORE INTO interaction (user_id, post_id, kind, value, claimed_at_ms, fetched_at_ms,
      origin, last_scan, withdrawn_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, 3, ?)`);
  const rows = await rowsOf();
  rows.push({ ...rows[0]!, post: Number.MAX_SAFE_INTEGER }, { ...rows[0]!, user: 0, post: 0 });
  db.transaction(() => {
    for (const [n, { user, post, kind, value, atMs }] of rows.entries()) {
      const claimedAtMs = n % 97 === 5 ? FETCHED_MS + 1e9 : atMs;
      const origin = n % 41 === 3 ? "client" : "upstream";
      const withdrawnAtMs = n % 23 === 7 ? FETCHED_MS + n : null;
      insert.run(user, post, SIGNALS[kind].code, value, claimedAtMs, FETCHED_MS + (n % 5), origin, withdrawnAtMs); // prettier-ignore
    }
  })();
}

const versionOf = (db: Database) => (db.query("PRAGMA user_version").values() as [[number]])[0][0];

/** Every history as the first edition read it, by user: post, kind, value, time and whether it is withdrawn. */
function historiesBefore(path: string): Map<string, string> {
  using db = new Database(path, { readonly: true });
  expect(versionOf(db)).toBe(FIRST_EDITION.length);
  const rows = db.query(`
    SELECT user_id, post_id, kind, value, at_ms, withdrawn_at_ms IS NOT NULL FROM interaction
    ORDER BY user_id, at_ms, post_id, kind`);
  const byUser = Map.groupBy(rows.values() as number[][], ([user]) => String(user));
  return new Map([...byUser].map(([user, own]) => [user, own.map((it) => it.slice(1).join()).join(" ")])); // prettier-ignore
}

async function historiesNow(store: Store): Promise<Map<string, string>> {
  const all = await store.events.histories();
  const users = await store.ids.userIds([...all.userKeys] as never);
  const posts = new Map<number, string>(
    await store.ids.postIds([...new Set(all.postKeys)] as never),
  );
  const said = (n: number) =>
    [
      posts.get(all.postKeys[n]!),
      all.kinds[n],
      all.values[n],
      all.atMs[n],
      all.withdrawn[n],
    ].join();
  return new Map(
    [...all.userKeys].map((key, row) => {
      const [from, to] = [all.rowStart[row]!, all.rowStart[row + 1]!];
      const own = Array.from({ length: to - from }, (_, n) => said(from + n));
      return [users.get(key as never) as UserId, own.join(" ")];
    }),
  );
}

test("every history is as it was, after ten kills in the middle", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "store.db");
  await fill(path);
  const before = historiesBefore(path);
  const script = join(import.meta.dir, "move-and-die.ts");
  for (let kill = 0; kill < KILLS; kill++) {
    const child = Bun.spawn([process.execPath, script, path, String(kill / KILLS)]);
    await child.exited;
    expect(child.signalCode).toBe("SIGKILL");
    if (kill % 3 === 0) expect(historiesBefore(path)).toEqual(before);
  }
  const told: string[] = [];
  using store = await openMigrated(path, (done, total) => void told.push(`${done} of ${total}`));
  const total = [...before.values()].reduce((sum, own) => sum + own.split(" ").length, 0);
  expect([told[0], told.at(-1)]).toEqual([`0 of ${total}`, `${total} of ${total}`]);
  expect(await historiesNow(store)).toEqual(before);
  const [first] = await store.events.histories().then((it) => [...it.userKeys]);
  expect(await store.events.position(first as never)).toBeGreaterThan(0);
  using db = new Database(path);
  expect(db.query("SELECT name FROM sqlite_schema WHERE name = 'interaction'").get()).toBeNull();
}, 300_000);

test("a scan that sees what a moved store holds adds nothing, and withdraws what it misses", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "store.db");
  await fill(path);
  using store = await openMigrated(path);
  const seq = await store.events.lastSeq();
  using db = new Database(path);
  const seen = db.query<{ userId: never; postId: never; value: number; claimedAtMs: number }, []>(`
    SELECT user_id.id AS userId, post_id.id AS postId, value, at_ms AS claimedAtMs
    FROM scanned_event AS it JOIN event USING (seq)
      JOIN user_id ON user_id.key = it.user JOIN post_id ON post_id.key = it.post
    WHERE it.kind = ${SIGNALS.like.code} LIMIT 200`);
  const likes = seen.all().map((it) => ({ ...it, kind: "like" as const }));
  const scan = 9;
  const said = await store.events.record(likes, { scan, atMs: FETCHED_MS + 10 });
  expect([said, await store.events.lastSeq()]).toEqual([{ changed: 0, held: [] }, seq]);
  expect(await store.scans.withdraw("like", scan, 7, FETCHED_MS + 20)).toBe(7);
  expect(await store.events.lastSeq()).toBe(seq + 7);
}, 300_000);
