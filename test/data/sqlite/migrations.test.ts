/** A store of an older build: what must not be in it any more is gone, to the last byte. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PostId, UserKey } from "../../../src/domain/ids.ts";
import { FIRST_EDITION } from "../../../src/data/sqlite/first-edition.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { openMigrated } from "../../support/migrated.ts";

const POST = `
  INSERT INTO post VALUES ($id, 1, 'Calm', NULL, NULL, 'post', 'slug', $tags, 'a calm morning', 0, 1,
    $createdAtMs, $views, $exits, -1, -1, $average, '{"id":1', $tail, 'hash', 1, NULL)`;
const USER = "INSERT INTO user VALUES ($id, $name, $name, $full, 'runs, SECRET@example.test', 'U', '', -5, -5, 3, -5, -5, 'hash', 1, NULL)"; // prettier-ignore

/** A store as the first build left it; names that were overwritten are in free space. */
function oldStore(path: string, upstream: string): void {
  using db = new Database(path, { strict: true, create: true });
  db.run("PRAGMA journal_mode = WAL");
  db.run(FIRST_EDITION[0]!);
  db.run("PRAGMA user_version = 1");
  for (let id = 1; id <= 300; id++)
    db.query(USER).run({ id, name: `user${id}`, full: `SECRET Person ${"x".repeat(200)} ${id}` });
  db.run("DELETE FROM user WHERE id > 3");
  const post = { views: 5, exits: 1, average: 50, createdAtMs: 7, tags: "", tail: ',"tags":[]}' };
  const tail = ',"title":"a [b] {c}","tags":[{"email":"SECRET@example.test"},["SECRET"]]}';
  db.query(POST).run({ ...post, id: 1, tags: "tea", tail: ',"x":"{","tags":["tea"]}' });
  db.query(POST).run({ ...post, id: 2, tags: "SECRET@example.test", tail });
  db.query(POST).run({
    ...post,
    id: 3,
    views: -20,
    exits: -20,
    average: 1e300,
    createdAtMs: -4,
    tail: ',"tags":["SECRET@x.test"]}',
  });
  db.run("UPDATE post SET summary = 'SECRET@x.test' WHERE id = 2");
  for (const [postKey, value] of [1e300, -500, 64].entries())
    db.run("INSERT INTO interaction VALUES (1, ?, 3, ?, 5, 5, 'upstream', 1, NULL)", [
      postKey,
      value,
    ]);
  db.run("INSERT INTO note VALUES ('upstream', ?)", [upstream]);
  db.run("INSERT INTO sync_run VALUES ('2025-06-01', 5)");
  db.run("INSERT INTO scan VALUES (1, 'posts', '2025-06-01', 'complete', 1, 5, 3, '')");
}

const OLD = "http://bob:SECRET@upstream.test/a@b";
const bytesIn = (folder: string) =>
  Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

test("names of people, objects in tags, addresses in tags, bios and summaries, and a password in the URL are gone, also from free space", async () => {
  using folder = temporaryFolder();
  oldStore(join(folder.path, "store.db"), OLD);
  expect(bytesIn(folder.path).includes("SECRET")).toBeTrue();
  {
    using store = await openMigrated(join(folder.path, "store.db"));
    expect(bytesIn(folder.path).includes("SECRET")).toBeFalse(); // also of the log, while it is open
    await store.meta.claimFor("http://bob:other@upstream.test/a@b");
    expect(await store.users.find("user2")).toBe(2 as UserKey);
    const keys = await store.ids.postKeys(["1", "2"] as PostId[]);
    const cards = await store.posts.cards([...keys.values()]);
    expect([...cards.values()].map((it) => it.tail)).toEqual([
      ',"x":"{","tags":["tea"]}',
      ',"title":"a [b] {c}","tags":[]}',
    ]);
    expect((await store.posts.columns()).textHashes).toEqual(["hash", "", ""]);
  }
  expect(bytesIn(folder.path).includes("SECRET")).toBeFalse();
  using db = new Database(join(folder.path, "store.db"), { readonly: true });
  expect(
    db
      .query(
        "SELECT name, value FROM meta WHERE name NOT IN ('identity', 'catalogue', 'post_changes')",
      )
      .values(),
  ).toEqual([["upstream", "http://upstream.test/a@b"]]);
});

test("numbers are in the range that they can have", async () => {
  using folder = temporaryFolder();
  oldStore(join(folder.path, "store.db"), OLD);
  using store = await openMigrated(join(folder.path, "store.db"));
  const { viewCounts, exitCounts, createdAtMs } = await store.posts.columns();
  expect([viewCounts[2], exitCounts[2], createdAtMs[2]]).toEqual([0, 0, 0]);
  expect((await store.users.profile(1 as UserKey))!.counters).toEqual([0, 0, 3, 0, 0]);
  expect([...(await store.events.history(1 as UserKey)).values]).toEqual([100, -98, 64]);
});

test("what was read last is read again, since it was read otherwise", async () => {
  using folder = temporaryFolder();
  oldStore(join(folder.path, "store.db"), OLD);
  using store = await openMigrated(join(folder.path, "store.db"));
  expect(await store.scans.lastRun(Date.UTC(2025, 5, 2))).toBeUndefined();
  expect(await store.scans.done("2025-06-01", Date.UTC(2025, 5, 2))).toEqual([]);
});

test.each([
  "https://upstream.test",
  "https://upstream.test/a@b",
  "http://127.0.0.1:8080/v1",
  "the demo catalogue",
])("a store filled from %s still is", async (upstream) => {
  using folder = temporaryFolder();
  oldStore(join(folder.path, "store.db"), upstream);
  using store = await openMigrated(join(folder.path, "store.db"));
  await store.meta.claimFor(upstream);
  const other = await store.meta.claimFor("https://x:SECRET@other.test").catch((it: unknown) => it);
  expect(String(other)).toContain(`filled from ${upstream}, not from https://other.test`);
});

test("a post stored before dated in the future is as new as when it was last seen", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "store.db");
  oldStore(path, "http://upstream.test");
  const seenAtMs = Date.UTC(2025, 5, 1);
  {
    using db = new Database(path);
    db.run("UPDATE scan SET started_at_ms = ?", [seenAtMs]);
    db.run("UPDATE post SET created_at_ms = ? WHERE id = 2", [Date.UTC(2099, 0, 1)]);
  }
  using store = await openMigrated(path);
  expect((await store.posts.columns()).createdAtMs).toEqual(Float64Array.of(7, seenAtMs, 0));
});
