import { Database } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signalOf, type SignalName } from "../../../src/domain/known-signals.ts";
import type { PostId, PostKey, UserId, UserKey } from "../../../src/domain/ids.ts";
import { ENDPOINTS } from "../../../src/data/scans.ts";
import type { SyncProgress } from "../../../src/ingest/socialverse/scan.ts";
import { NOT_ASKED, syncAll, type SyncReport } from "../../../src/ingest/socialverse/sync.ts";
import { ORPHAN, plainDataset, trapDataset } from "../../support/dataset.ts";
import { serveSocialverse, socialverse } from "../../support/socialverse.ts";
import { clientOf, noon, synced, syncing } from "../../support/upstream.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "vidrec-sync-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const plain = () => socialverse({ data: plainDataset({ users: 20, posts: 30 }) });
const statuses = (report: SyncReport) => report.endpoints.map((it) => it.status).join();
const COUNTS = { users: 20, posts: 30, each: 120 };
const ALL = COUNTS.users + COUNTS.posts + 4 * COUNTS.each;

describe("a sync", () => {
  test("brings everything, users and posts before what they did", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    const report = await it.sync(noon(1));
    expect(report).toMatchObject({ day: "2025-06-01", isComplete: true, withdrawn: 0 });
    expect([report.fetchedRows, report.changedRows]).toEqual([ALL, ALL]);
    expect([...new Set(standIn.requests.map((asked) => asked.list))]).toEqual([...ENDPOINTS]);
    expect(await it.store.posts.count()).toBe(COUNTS.posts);
    expect(await it.store.events.count()).toBe(4 * COUNTS.each);
  });

  test("reads each endpoint to its empty page, however many pages there are", async () => {
    const standIn = socialverse({ data: plainDataset({ users: 2_100, posts: 5 }) });
    using it = await synced(standIn);
    expect(standIn.count("users")).toBe(4);
    expect(await it.store.users.profiles()).toHaveLength(2_100);
  });

  test("tells how far it is", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    const told: SyncProgress[] = [];
    const onProgress = (progress: SyncProgress) => void told.push(progress);
    await syncAll({ client: clientOf(standIn), store: it.store, nowMs: () => noon(1), onProgress });
    expect(told.at(0)).toEqual({
      endpoint: "users",
      pages: 0,
      rows: 0,
      sinceMs: noon(1),
      done: 0,
      total: 6,
    });
    expect(told.at(-1)).toEqual({
      endpoint: "rating",
      pages: 1,
      rows: COUNTS.each,
      sinceMs: noon(1),
      done: 5,
      total: 6,
    });
  });

  test("survives every trap: bad rows are counted, orphans and duplicates in their place", async () => {
    using it = syncing(socialverse({ data: trapDataset() }));
    const report = await it.sync(noon(1));
    expect(report.isComplete).toBeTrue();
    expect(report.endpoints.map((endpoint) => endpoint.badRows)).toEqual([1, 1, 1, 0, 1, 1]);
    const ada = await it.store.events.history(1 as UserKey);
    const inspires = [...ada.kinds.keys()].filter((n) => ada.kinds[n] === kindOf("inspire"));
    expect(inspires.map((n) => ada.atMs[n])).toEqual([Date.UTC(2024, 1, 1)]);
    const [userId, postId] = [String(ORPHAN.userId) as UserId, String(ORPHAN.postId) as PostId];
    const orphan = (await it.store.ids.userKeys([userId])).get(userId)!;
    const { postKeys } = await it.store.events.history(orphan);
    expect(await it.store.ids.postIds([...postKeys] as PostKey[])).toEqual(
      new Map([[postKeys[0] as PostKey, postId]]),
    );
  });

  test("keeps a future time as claimed, clamped to its fetch", async () => {
    using it = await synced(socialverse({ data: trapDataset() }));
    const ada = await it.store.events.history(1 as UserKey);
    expect(ada.atMs.at(-1)).toBe(noon(1));
    expect(await it.store.events.asOfMs()).toBe(Date.UTC(2024, 10, 25));
  });

  test("counts as changed only what is new or differs, duplicates or not", async () => {
    const standIn = socialverse({ data: trapDataset() });
    using it = await synced(standIn);
    expect((await it.sync(noon(2))).changedRows).toBe(0);
    standIn.data.rating[0]!["rating_percent"] = 12;
    standIn.data.posts[0]!["view_count"] = 1;
    standIn.data.users[0]!["bio"] = "New here";
    standIn.data.users[1]!["email"] = "changed@example.test"; // not stored: no change
    expect((await it.sync(noon(3))).changedRows).toBe(3);
    const ada = await it.store.events.history(1 as UserKey);
    const ratings = [...ada.kinds.keys()].filter((n) => ada.kinds[n] === kindOf("rating"));
    expect(ratings.map((n) => ada.values[n])).toEqual([12, -98]);
  });

  test("fails an endpoint of which no row can be read", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    standIn.fault({
      kind: "json",
      body: { status: "success", posts: [{ ID: 1 }] },
      on: "posts",
      times: 1,
    });
    const report = await it.sync(noon(1));
    expect(statuses(report)).toBe("complete,failed,complete,complete,complete,complete");
    expect(report.endpoints[1]?.problem).toContain("none of 1 rows could be read");
  });
});

describe("a run that breaks off", () => {
  test("tries the other endpoints, reports the broken one, and goes on with it alone", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    standIn.fault({ kind: "status", status: 500, on: "posts" });
    const broken = await it.sync(noon(1));
    expect(statuses(broken)).toBe("complete,failed,complete,complete,complete,complete");
    expect(broken.isComplete).toBeFalse();
    expect(broken.endpoints[1]?.problem).toContain("status 500");
    standIn.heal();
    const asked = standIn.count();
    const mended = await it.sync(noon(1) + 60_000);
    expect(statuses(mended)).toBe("skipped,complete,skipped,skipped,skipped,skipped");
    expect(mended.isComplete).toBeTrue();
    expect(standIn.count() - asked).toBe(2);
    expect(await it.store.posts.count()).toBe(COUNTS.posts);
  });

  test("loses nothing when upstream is down for days", async () => {
    using standIn = serveSocialverse({ data: plainDataset({ users: 20, posts: 30 }) });
    using it = await synced(standIn);
    await standIn.down();
    for (const day of [2, 3, 4]) {
      const report = await it.sync(noon(day));
      expect(statuses(report)).toBe("failed,failed,failed,failed,failed,failed");
      const problems = report.endpoints.map(({ problem }) => problem);
      expect(problems[0]).toContain("no connection to upstream, ECONNREFUSED");
      expect(new Set(problems.slice(1))).toEqual(new Set([NOT_ASKED]));
    }
    const { isWithdrawn } = await it.store.posts.columns();
    expect(isWithdrawn.every((flag) => flag === 0)).toBeTrue();
    await standIn.up();
    expect(await it.sync(noon(4))).toMatchObject({
      isComplete: true,
      changedRows: 0,
      withdrawn: 0,
    });
  });

  test("killed in the middle of a scan, leaves a good store and goes on from there", async () => {
    using standIn = serveSocialverse({ data: plainDataset({ users: 20, posts: 30 }) });
    const path = join(FOLDER, "killed.db");
    standIn.fault({ kind: "latency", ms: 60_000, on: "like" });
    const script = join(import.meta.dir, "../../support/sync-once.ts");
    const child = Bun.spawn([process.execPath, script, standIn.url, path]);
    while (standIn.count("like") === 0 && child.exitCode === null) await Bun.sleep(5);
    child.kill("SIGKILL");
    await child.exited;
    standIn.heal();
    using it = syncing(standIn, path);
    const resumed = await it.sync(noon(1));
    expect(statuses(resumed)).toBe("skipped,skipped,skipped,complete,complete,complete");
    expect(await it.store.events.count()).toBe(4 * COUNTS.each);
    using db = new Database(path, { readonly: true });
    const ended = db.query("SELECT status, message FROM scan WHERE endpoint = 'like' ORDER BY id");
    expect(ended.values()).toEqual([
      ["failed", "the process ended"],
      ["complete", ""],
    ]);
  });
});

function kindOf(kind: SignalName): number {
  return signalOf(kind).code;
}
