import { describe, expect, test } from "bun:test";
import { closeSync, openSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { lock, store } from "../../../src/cli/checks/store.ts";
import { parseConfig } from "../../../src/config/parse.ts";
import { openDatabase } from "../../../src/data/sqlite/database.ts";
import { openLease, openStore } from "../../../src/data/sqlite/open.ts";
import { plainDataset } from "../../support/dataset.ts";
import { look } from "../../support/doctor.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { socialverse } from "../../support/socialverse.ts";
import { noon, syncing } from "../../support/upstream.ts";

/** A folder whose store was synced on day 1. */
async function filledFolder() {
  const folder = temporaryFolder();
  const standIn = socialverse({ data: plainDataset({ users: 5, posts: 10 }) });
  const { store: opened, sync } = syncing(standIn, join(folder.path, "store.db"));
  await sync(noon(1));
  await opened.meta.claimFor(parseConfig({}).API_BASE_URL);
  const dispose = () => (opened.close(), folder[Symbol.dispose]());
  return { path: folder.path, standIn, sync, [Symbol.dispose]: dispose };
}

describe("the doctor on the lock", () => {
  test("names the holder, and does not take the lease", async () => {
    using folder = temporaryFolder();
    const nobody = ["ok nobody syncs or learns here at the moment"];
    expect(await look(lock, folder.path)).toEqual(nobody);
    const taken = await openLease(join(folder.path, "lock.db")).take("vidrec serve (process 4711)");
    if ("heldBy" in taken) throw new Error(taken.heldBy);
    const held = ["ok held by vidrec serve (process 4711)"];
    expect(await look(lock, folder.path)).toEqual(held);
    taken.release();
    expect(await look(lock, folder.path)).toEqual(nobody);
    expect("release" in (await openLease(join(folder.path, "lock.db")).take("next"))).toBe(true);
  });
});

describe("the doctor on the store", () => {
  test("reports its counts and the last sync", async () => {
    using folder = await filledFolder();
    expect(await look(store, folder.path)).toEqual([
      `ok 10 posts, 5 profiles of people, 40 events in ${join(folder.path, "store.db")}`,
      "warn complete for 2025-06-01, 2 days ago: keep `vidrec serve` running, or run `vidrec sync`",
    ]);
    expect((await look(store, folder.path, {}, noon(2)))[1]).toBe(
      "ok complete for 2025-06-01, 1 day ago",
    );
  });

  test("warns where other machines reach a service without keys", async () => {
    using folder = await filledFolder();
    const found = async (HOST: string) => (await look(store, folder.path, { HOST })).join("\n");
    expect(await found("0.0.0.0")).toContain(
      "warn HOST=0.0.0.0, and anybody may read, nobody write",
    );
    expect(await found("::1")).not.toContain("anybody may read");
    using opened = openStore(join(folder.path, "store.db"));
    await opened.keys.add({ name: "app", scope: "read", createdAtMs: 1 }, "hash");
    expect(await found("0.0.0.0")).not.toContain("anybody may read");
  });

  test("names a sync from the future, and does not tell its age as none", async () => {
    using folder = await filledFolder();
    const found = await look(store, folder.path, {}, noon(1) - 3_600_000);
    expect(found[1]).toStartWith("warn the last sync is from the future, 2025-06-01T12:00:00Z");
    expect(found[1]).toContain("set the clock");
  });

  test("makes none where there is none", async () => {
    using folder = temporaryFolder();
    const [found] = await look(store, folder.path);
    expect(found).toStartWith("warn there is no ");
    expect(found).toContain("`vidrec sync` fills it");
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test("tells which scans broke off or were refused, and why", async () => {
    using folder = await filledFolder();
    folder.standIn.fault({ kind: "status", status: 403, on: "users" });
    folder.standIn.fault({ kind: "empty", on: "like" });
    await folder.sync(noon(2));
    const found = await look(store, folder.path);
    expect(found).toHaveLength(4);
    expect(found[2]).toMatch(
      /^warn the scan of users on 2025-06-02 failed \(.*403.*check FLIC_TOKEN/,
    );
    expect(found[3]).toMatch(/^warn the scan of like on 2025-06-02 was refused \(10 of 10 rows/);
    expect(found[3]).toContain("vidrec sync --accept-removals");
    folder.standIn.heal();
    folder.standIn.fault({ kind: "status", status: 403, on: "like" });
    await folder.sync(noon(3));
    const later = await look(store, folder.path);
    expect(later.filter((it) => it.includes("of like on"))).toHaveLength(2); // still held back
  });

  test("reports the rows that the newest scans could not read, with reasons", async () => {
    using folder = await filledFolder();
    folder.standIn.data.posts.push({ id: 1e99 }, { id: 2e99 });
    await folder.sync(noon(2));
    const found = await look(store, folder.path, {}, noon(2));
    expect(found).toHaveLength(3);
    expect(found[2]).toStartWith("warn 2 of 12 posts: id above 2^53: upstream has to");
  });

  test("finds a damaged page that was not read yet, and says what to do", async () => {
    using folder = await filledFolder();
    const path = join(folder.path, "store.db");
    using db = openDatabase(path);
    const { page } = db
      .query<{ page: number }, []>(
        "SELECT rootpage AS page FROM sqlite_schema WHERE name = 'user_name'",
      )
      .get()!;
    db.run("PRAGMA wal_checkpoint(TRUNCATE)");
    const file = openSync(path, "r+");
    writeSync(file, new Uint8Array(4_096), 0, 4_096, (page - 1) * 4_096);
    closeSync(file);
    const [found, ...others] = await look(store, folder.path);
    expect(found).toMatch(
      /^fail .*store\.db is damaged \(.*\): .*restore a backup of it, or delete it/,
    );
    expect(others).toEqual([]);
  });

  test("fails where another upstream filled it", async () => {
    using folder = await filledFolder();
    const other = { API_BASE_URL: "https://other.example.test" };
    const failure = await look(store, folder.path, other).catch((cause: unknown) => cause);
    expect(String(failure)).toContain(
      "set CATALOGUE or API_BASE_URL back, or DATA_DIR to another folder",
    );
    expect(String(failure)).toContain("`vidrec store --move-to https://other.example.test`");
  });
});
