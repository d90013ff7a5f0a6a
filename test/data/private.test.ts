/** Nobody else can read what vidrec keeps. */
import { expect, test } from "bun:test";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { openStore } from "../../src/data/sqlite/open.ts";
import { keepPrivate } from "../../src/data/private.ts";
import { vidrec } from "../support/cli.ts";
import { plainDataset } from "../support/dataset.ts";
import { temporaryFolder } from "../support/folder.ts";
import { serveSocialverse, TOKEN } from "../support/socialverse.ts";
import { someUser } from "../support/records.ts";

const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);
/** Files in `folder` that others may read or write. */
const openIn = (folder: string) =>
  ["", ...readdirSync(folder, { recursive: true })].filter(
    (it) => (statSync(join(folder, String(it))).mode & 0o077) !== 0,
  );

test("the data folder and all that a sync and a learn put there are the owner's alone", async () => {
  using folder = temporaryFolder();
  using standIn = serveSocialverse({ data: plainDataset({ users: 5, posts: 10 }) });
  const data = join(folder.path, "data");
  const env = { FLIC_TOKEN: TOKEN, RESONANCE_ALGORITHM: "any", API_BASE_URL: standIn.url };
  const run = (command: string) => vidrec([command], folder.path, { ...env, DATA_DIR: data });
  expect((await run("sync")).code).toBe(0);
  expect((await run("learn")).code).toBe(0);
  expect(readdirSync(data)).toContain("snapshots");
  expect(openIn(data)).toEqual([]);
  expect([modeOf(data), modeOf(join(data, "store.db"))]).toEqual(["700", "600"]);
}, 300_000); // no test is to fail because a machine is slow

test("a data folder of an older build becomes so, and nothing else that lies there", () => {
  using folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  mkdirSync(at("snapshots/20250601"), { recursive: true });
  for (const name of ["store.db", "store.db-wal", "lock.db", "snapshots/20250601/ids"])
    writeFileSync(at(name), "");
  for (const name of ["notes.txt", "outside"]) writeFileSync(at(name), "");
  symlinkSync(at("outside"), at("snapshots/link"));
  for (const name of readdirSync(folder.path, { recursive: true }).map(String))
    chmodSync(at(name), statSync(at(name)).isDirectory() ? 0o755 : 0o644);
  chmodSync(folder.path, 0o755);
  keepPrivate(folder.path);
  const open = readdirSync(folder.path).filter((it) => (statSync(at(it)).mode & 0o077) !== 0);
  expect(open.sort()).toEqual(["notes.txt", "outside"]);
  expect(modeOf(at("snapshots/20250601/ids"))).toBe("600");
  expect([modeOf(folder.path), modeOf(at("snapshots"))]).toEqual(["700", "700"]);
});

test("a folder that many share, one that may not be written, and none at all are left as they are", () => {
  using folder = temporaryFolder();
  chmodSync(folder.path, 0o1777);
  keepPrivate(folder.path);
  expect(modeOf(folder.path)).toBe("1777");
  chmodSync(folder.path, 0o555);
  keepPrivate(folder.path);
  expect(modeOf(folder.path)).toBe("500");
  chmodSync(folder.path, 0o700);
  expect(() => keepPrivate(join(folder.path, "none"))).not.toThrow();
});

test("what people took out of their profiles leaves the file, not only its rows", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "store.db");
  for (const bio of ["SECRET, once", ""]) {
    using store = openStore(path);
    const users = Array.from({ length: 100 }, (_, n) => someUser(n, `user${n}`, { bio }));
    await store.users.record(users, 1);
  }
  expect(readFileSync(path).includes("SECRET")).toBeFalse();
});
