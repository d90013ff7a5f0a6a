/** The served log's store when its file cannot be written, goes away or comes back. */
import { describe, expect, test } from "bun:test";
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepOpen, checkStoreFile, openServed, openStore, openStoreToRead } from "../../../src/data/sqlite/open.ts"; // prettier-ignore
import { temporaryFolder } from "../../support/folder.ts";
import { somePost } from "../../support/records.ts";

/** A folder with a store of one post. */
async function folderWithStore() {
  const folder = temporaryFolder();
  const path = join(folder.path, "store.db");
  using store = openStore(path);
  await store.posts.record([somePost(1)], 1);
  return { path, folder: folder.path, [Symbol.dispose]: folder[Symbol.dispose] };
}

describe("a store that is opened to read", () => {
  test("tells what is in it, and refuses what would change it", async () => {
    using it = await folderWithStore();
    using store = openStoreToRead(it.path);
    expect([store.isReadOnly, await store.posts.count(), await store.version()]).toEqual([
      true,
      1,
      expect.any(Number),
    ]);
    const refusal = await store.posts.record([somePost(2)], 2).catch(String);
    expect(refusal).toContain("readonly");
  });

  test("must be there", () => {
    using folder = temporaryFolder();
    expect(() => openStoreToRead(join(folder.path, "store.db"))).toThrow("set DATA_DIR");
  });
});

test.each<[string, (path: string) => void]>([
  ["garbage", (path) => writeFileSync(path, "this is no database ".repeat(400))],
  ["a damaged header", (path) => writeFileSync(path, new Uint8Array(100), { flag: "r+" })],
])("a store that is %s is refused with what to do, and not with what it is not", (_, harm) => {
  using folder = temporaryFolder();
  const path = join(folder.path, "store.db");
  openStore(path).close();
  harm(path);
  for (const mayOnlyRead of [true, false]) {
    const open = () => openServed(path, () => mayOnlyRead);
    expect(open).toThrow(/store\.db is damaged .*restore a backup of it, or delete it/);
    expect(open).not.toThrow(/can be written/);
  }
});

describe("a store that was open", () => {
  /** It, and how it looks after its file was changed. */
  async function after(change: (path: string) => void) {
    using it = await folderWithStore();
    using store = openStore(it.path);
    change(it.path);
    const { trouble, next } = checkStoreFile(store, it.path);
    const count = await (next ?? store).posts.count();
    next?.close();
    return { trouble, isNew: next !== undefined, count };
  }

  test("is what is served while its file lies there", async () => {
    expect(await after(() => {})).toEqual({ trouble: undefined, isNew: false, count: 1 });
  });

  test("is still served when the file is gone, which is told", async () => {
    const gone = { isNew: false, count: 1, trouble: expect.stringContaining("store.db is gone") };
    expect(await after((path) => rmSync(path))).toEqual(gone);
    expect(await after((path) => renameSync(path, `${path}.old`))).toEqual(gone);
  });

  test.each<[string, (path: string) => void]>([
    ["empty", (path) => writeFileSync(path, "")],
    ["garbage", (path) => writeFileSync(path, "this is no database ".repeat(400))],
    ["a folder", (path) => mkdirSync(path)],
  ])("is still served when its place is taken by something %s, which is told", async (_, put) => {
    const { trouble, ...rest } = await after(
      (path) => (renameSync(path, `${path}.old`), put(path)),
    );
    expect(rest).toEqual({ isNew: false, count: 1 });
    expect(trouble).toMatch(/store\.db/);
  });

  test("gives way to one that was put back", async () => {
    const restored = (path: string) => {
      copyFileSync(path, `${path}.backup`);
      rmSync(path);
      for (const end of ["-wal", "-shm"]) rmSync(path + end, { force: true });
      renameSync(`${path}.backup`, path);
    };
    expect(await after(restored)).toMatchObject({ trouble: undefined, isNew: true });
  });
});

test("a thread opens its store again when another was put in its place, and none that is gone", async () => {
  using it = await folderWithStore();
  const store = keepOpen(it.path);
  expect([await store().posts.count(), store() === store()]).toEqual([1, true]);
  renameSync(it.path, `${it.path}.old`);
  expect(() => store()).toThrow("store.db is gone");
  renameSync(`${it.path}.old`, it.path);
  expect(await store().posts.count()).toBe(1);
  const before = store();
  copyFileSync(it.path, `${it.path}.copy`);
  renameSync(`${it.path}.copy`, it.path);
  expect(store()).not.toBe(before);
});
