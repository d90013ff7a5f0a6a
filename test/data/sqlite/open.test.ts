import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { openDatabase } from "../../../src/data/sqlite/database.ts";
import { FIRST_EDITION } from "../../../src/data/sqlite/first-edition.ts";
import { openStore } from "../../../src/data/sqlite/open.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { openMigrated } from "../../support/migrated.ts";
import { somePost } from "../../support/records.ts";

describe("a store", () => {
  test("is made with its folder, and is still there when opened again", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "new", "store.db");
    {
      using store = openStore(path);
      await store.posts.record([somePost(1)], 1);
    }
    using store = openStore(path);
    expect(await store.posts.count()).toBe(1);
  });

  test("keeps what another connection was told is kept", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "store.db");
    using writer = openStore(path);
    using reader = openStore(path);
    await writer.posts.record([somePost(1)], 1);
    expect(await reader.posts.count()).toBe(1);
  });

  test("has on disk what it has acknowledged: the write-ahead log is synced at every commit", () => {
    using folder = temporaryFolder();
    using db = openDatabase(join(folder.path, "store.db"));
    const FULL = 2;
    expect(db.query("PRAGMA synchronous").get()).toEqual({ synchronous: FULL });
    expect(db.query("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(db.query("PRAGMA wal_checkpoint").get()).toMatchObject({ busy: 0 });
  });

  test("refuses a file from a newer build, and leaves it as it is", () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "store.db");
    {
      using db = openDatabase(path);
      db.run("PRAGMA user_version = 999");
    }
    expect(() => openStore(path)).toThrow("upgrade vidrec");
    expect(() => openStore(path)).toThrow("999");
  });

  test("belongs to nobody after a mistyped URL, in a file of the version before too", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "store.db");
    {
      using db = new Database(path, { create: true });
      for (const sql of FIRST_EDITION.slice(0, 2)) db.run(sql);
      db.run("INSERT INTO note (name, value) VALUES ('upstream', 'https://typo.example')");
      db.run("PRAGMA user_version = 2");
    }
    using store = await openMigrated(path);
    expect(await store.meta.filledFrom()).toBeUndefined();
    await store.meta.checkIsFor("https://a.example");
  });

  test("keeps and shows where it was filled from without a password", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "store.db");
    using store = openStore(path);
    await store.meta.claimFor("https://ada:s3cret@a.example/api");
    expect(await store.meta.filledFrom()).toBe("https://a.example/api");
    await store.meta.claimFor("https://ada:changed@a.example/api");
    const refusal = await store.meta.checkIsFor("https://u:s3cret@b.example").catch(String);
    expect(refusal).toContain("filled from https://a.example/api, not from https://b.example:");
    await store.meta.moveTo("https://bob:s3cret@b.example/");
    expect(await store.meta.filledFrom()).toBe("https://b.example");
    for (const name of ["store.db", "store.db-wal"])
      expect(await Bun.file(join(folder.path, name)).text()).not.toContain("s3cret");
  });

  test("is filled from one upstream only", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "store.db");
    {
      using store = openStore(path);
      await store.meta.claimFor("https://a.example");
      await store.meta.claimFor("https://a.example");
    }
    using store = openStore(path);
    const refusal = await store.meta.claimFor("https://b.example").catch((it: unknown) => it);
    expect(String(refusal)).toContain("filled from https://a.example, not from https://b.example");
    expect(String(refusal)).toContain("DATA_DIR");
    await store.meta.claimFor("https://a.example");
  });
});
