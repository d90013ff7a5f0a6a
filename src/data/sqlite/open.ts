/** Opens the store file and the lease. No other file of this folder is imported elsewhere. */
import type { Database } from "bun:sqlite";
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Lease } from "../contract.ts";
import type { ServedLog } from "../served-log.ts";
import { damaged, isDamaged, older, storeTrouble } from "../trouble.ts";
import type { WantedSignals } from "./added-signals.ts";
import { FILLING, type Buffers } from "./changes.ts";
import { isOlderFile, openDatabase, openToRead } from "./database.ts";
import { leaseOn } from "./lease.ts";
import { OlderStoreError } from "./migrations.ts";
import type { MigrationProgress } from "./move-interactions.ts";
import { openServedFile } from "./served/schema.ts";
import { servedLogOn, type ServedOptions } from "./served/served-log.ts";
import { storeOn } from "./store-file.ts";

/** An open store and its file. Close with `using`. */
export type StoreFile = ReturnType<typeof storeOn>;

/** The store's file cannot be used; `message` says why, where and what to do. */
class StoreError extends Error {
  override readonly name = "StoreError";
}

/** The lease of who syncs and learns, kept in the file at `path`. */
export function openLease(path: string): Lease {
  return leaseOn(path);
}

/**
 * Opens the store at `path` and creates it if it is missing; `":memory:"` for tests.
 *
 * @param signals  The signals that the setting adds; a thread that only reads kinds needs none.
 * @throws StoreError if the file cannot be written, is no database, or was made by an older build.
 * @throws Error if it was written by a newer build.
 */
export function openStore(path: string, signals?: WantedSignals, buffers?: Buffers): StoreFile {
  const db = opened(path, () => {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    return openDatabase(path);
  });
  return storeOn(path, db, false, signals, buffers);
}

/** Opens the store at `path` as {@link openStore} does, for writing millions of rows. @throws StoreError */
export function openStoreToFill(path: string, signals: WantedSignals): StoreFile {
  return openStore(path, signals, FILLING);
}

/**
 * Opens the served log at `path` and creates it if it is missing; `":memory:"` for tests. One of another store is
 * emptied: its keys stand for other posts.
 *
 * @throws StoreError if it can't be used.
 */
export function openServedLog(path: string, options: ServedOptions = {}): ServedLog {
  try {
    return servedLogOn(openServedFile(path, options.store), options);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(
      `${path} cannot be used (${why}), so what is shown is known to this process alone: let vidrec write it, or stop vidrec and delete it`,
      { cause },
    );
  }
}

/** Advice for a store of an older build at `path`; `undefined` for any other. */
export function olderStore(path: string): string | undefined {
  return isOlderFile(path) ? older(path) : undefined;
}

/**
 * Migrates the store at `path`, in place, if an older build made it. The lease is held meanwhile, since
 * processes of the older build could not use the migrated store.
 *
 * @param who  Name of this process as the lease's holder.
 * @throws StoreError if another process has the lease, or the file cannot be written.
 */
export async function migrateStore(
  path: string,
  lease: Lease,
  who: string,
  onProgress: MigrationProgress,
): Promise<void> {
  if (!isOlderFile(path)) return;
  const taken = await lease.take(who).catch((cause: unknown) => unwritable(path, cause));
  if ("heldBy" in taken)
    throw new StoreError(
      `${path} was made by an older vidrec, and ${taken.heldBy} uses it: stop that first, or wait if it is bringing the store up to date`,
    );
  try {
    openDatabase(path, onProgress).close();
  } catch (cause) {
    if (isDamaged(cause)) throw new StoreError(storeTrouble(cause, path), { cause });
    unwritable(path, cause);
  } finally {
    await taken.release();
  }
}

/** @throws StoreError */
function unwritable(path: string, cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  const what = `${path} was made by an older vidrec and has to be rewritten once, which failed (${why})`;
  throw new StoreError(
    `${what}: give vidrec write access to its folder and room for a second copy, or serve it with the older version`,
    { cause },
  );
}

/** Opens an existing store read-only, for a folder that can't be written. @throws StoreError */
export function openStoreToRead(path: string, signals?: WantedSignals): StoreFile {
  const db = opened(path, () => openToRead(path));
  return storeOn(path, db, true, signals);
}

/**
 * Opens the store at `path` to serve from it: read-only if it can't be written.
 *
 * @param mayOnlyRead  True if a read-only store is enough: there is a snapshot to serve.
 * @throws StoreError
 */
export function openServed(
  path: string,
  mayOnlyRead: () => boolean,
  signals?: WantedSignals,
): StoreFile {
  try {
    return openStore(path, signals);
  } catch (cause) {
    if (!(cause instanceof StoreError) || !mayOnlyRead()) throw cause;
    try {
      return openStoreToRead(path, signals);
    } catch {
      throw cause;
    }
  }
}

/** Checks that the open store's file is still there: returns its trouble, or the store to continue with. */
export function checkStoreFile(
  store: StoreFile,
  path: string,
  signals?: WantedSignals,
): { trouble?: string; next?: StoreFile } {
  const whereabouts = store.whereabouts();
  if (whereabouts === "gone") return { trouble: gone(path) };
  if (whereabouts === "here" && !store.isReadOnly) return {};
  // A copy that broke off leaves an empty file; opened, it would become a new store.
  if (statSync(path, { throwIfNoEntry: false })?.size === 0)
    return { trouble: damaged(path, "it is empty") };
  try {
    return { next: openStore(path, signals) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { trouble: `${why}; until then feeds come from what can be read` };
  }
}

/**
 * The store at `path` for one thread: opened at the first call, and reopened once another file has
 * taken its place.
 *
 * @throws StoreError, also for a deleted file: writes to it would be lost.
 */
export function keepOpen(path: string): () => StoreFile {
  let store: StoreFile | undefined;
  return () => {
    const whereabouts = store?.whereabouts();
    if (whereabouts === "gone") throw new StoreError(gone(path));
    return (store = whereabouts === "here" ? store! : openStore(path));
  };
}

/** Message about a store that was deleted while it was open. */
function gone(path: string): string {
  return `${path} is gone: put the folder back as it was, or start vidrec again to fetch everything anew`;
}

function opened(path: string, open: () => Database): Database {
  try {
    return open();
  } catch (cause) {
    if (cause instanceof OlderStoreError) throw new StoreError(older(path), { cause });
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    if (isOlderFile(path)) throw new StoreError(older(path), { cause });
    const message = isDamaged(cause)
      ? storeTrouble(cause, path)
      : `cannot use ${path} as the store (${cause.message}): set DATA_DIR to a folder that can be written`;
    throw new StoreError(message, { cause });
  }
}
