/** A store of an older build, brought up to date. */
import { migrateStore, openLease, openStore, type StoreFile } from "../../src/data/sqlite/open.ts";

/** Migrates the store at `path` under a lease of its own, and opens it. */
export async function openMigrated(
  path: string,
  onProgress: Parameters<typeof migrateStore>[3] = () => {},
): Promise<StoreFile> {
  await migrateStore(path, openLease(`${path}.lease`), "a test", onProgress);
  return openStore(path);
}
