/** A store of an older build: the holder of the lease migrates it, and nobody else changes it. */
import { expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { migrateStore, openLease, openServed, openStore, openStoreToRead } from "../../../src/data/sqlite/open.ts"; // prettier-ignore
import { vidrec } from "../../support/cli.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { oldStore, versionOf } from "../../support/older.ts";

const LEFT = /store\.db was made by an older vidrec, and is left as it is: .* start `vidrec serve`/;

test.each<[string, (path: string) => unknown]>([
  ["to write", openStore],
  ["to read", openStoreToRead],
  ["to serve", (path) => openServed(path, () => true)],
])("opened %s it is refused with what to do, and unchanged", (_, open) => {
  using folder = temporaryFolder();
  const path = oldStore(folder.path);
  expect(() => open(path)).toThrow(LEFT);
  expect(versionOf(path)).toBe(5);
});

test("it is migrated once, with progress, and the lease is free again", async () => {
  using folder = temporaryFolder();
  const path = oldStore(folder.path);
  const lease = openLease(join(folder.path, "lock.db"));
  const told: string[] = [];
  for (const _ of ["first", "second"])
    await migrateStore(path, lease, "serve", (...at) => void told.push(at.join("/")));
  expect(told).toEqual(["0/1", "1/1"]);
  expect(await lease.holder()).toBeUndefined();
  using store = openStore(path);
  expect(await store.events.count()).toBe(1);
});

test("it is not migrated while another process has the lease, which is named", async () => {
  using folder = temporaryFolder();
  const path = oldStore(folder.path);
  const lease = openLease(join(folder.path, "lock.db"));
  const held = await lease.take("vidrec serve (process 4711)");
  if ("heldBy" in held) throw new Error(held.heldBy);
  const refusal = await migrateStore(path, lease, "late", () => {}).catch(String);
  expect(refusal).toContain("and vidrec serve (process 4711) uses it: stop that first");
  expect(versionOf(path)).toBe(5);
  await held.release();
});

test("it asks for write access where the lease cannot be had", async () => {
  using folder = temporaryFolder();
  const path = oldStore(folder.path);
  const lock = join(folder.path, "lock.db");
  mkdirSync(lock); // root writes into read-only folders, too
  const refusal = await migrateStore(path, openLease(lock), "serve", () => {}).catch(String);
  expect(refusal).toMatch(/has to be rewritten once, which failed .*: give vidrec write access/);
});

test.each([
  "doctor",
  "store",
  "feed ada",
  "why ada 7",
  "evaluate",
  "learn",
  "sync",
  "tune",
  "serve",
])("`vidrec %s` beside a running service leaves it unchanged and says so", async (words) => {
  using folder = temporaryFolder();
  const data = join(folder.path, "cache", "demo");
  mkdirSync(data, { recursive: true });
  const path = oldStore(data);
  const held = await openLease(join(data, "lock.db")).take("vidrec serve (process 4711)");
  if ("heldBy" in held) throw new Error(held.heldBy);
  const { code, out, err } = await vidrec(words.split(" "), folder.path, { PORT: "0" });
  expect(out + err).toContain("was made by an older vidrec");
  expect([code, versionOf(path)]).toEqual([words === "doctor" ? 0 : 1, 5]);
  await held.release();
});

test("`vidrec sync` that gets the lease migrates it, and says so", async () => {
  using folder = temporaryFolder();
  const data = join(folder.path, "cache", "demo");
  mkdirSync(data, { recursive: true });
  const path = oldStore(data);
  const { err } = await vidrec(["sync"], folder.path);
  expect(err).toContain("bringing the store up to date 0/1");
  expect(versionOf(path)).toBeGreaterThan(5);
});
