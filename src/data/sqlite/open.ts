/** Opens the store file and the lease. No other file of this folder is imported elsewhere. */
import type { Database } from "bun:sqlite";
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { StoreMark } from "../../domain/event.ts";
import type { Lease, Store } from "../contract.ts";
import { damaged, isDamaged, storeTrouble } from "../trouble.ts";
import { catalogueVersion } from "./catalogue-version.ts";
import { openDatabase, openToRead } from "./database.ts";
import { embeddings } from "./embeddings.ts";
import { events } from "./event-log.ts";
import { ids } from "./ids.ts";
import { leaseOn } from "./lease.ts";
import { meta } from "./meta.ts";
import type { MigrationProgress } from "./move-interactions.ts";
import { posts } from "./posts.ts";
import { scans } from "./scans.ts";
import { texts } from "./texts.ts";
import { users } from "./users.ts";

/** An open store and its file. Close with `using`. */
export type StoreFile = Store & {
  /** It may only be read, and may lack what others write. */
  readonly isReadOnly: boolean;
  /** {@link Store.mark} at the time of opening. */
  readonly openedAt: StoreMark | undefined;
  /** State of the path it was opened at: the same file, no file, or another one. */
  readonly whereabouts: () => "here" | "gone" | "replaced";
  /** Damage in the file, in SQLite's words; reads the whole file. */
  readonly damage: () => Promise<string | undefined>;
  readonly close: () => void;
  readonly [Symbol.dispose]: () => void;
};

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
 * @param onProgress  Called while a store of an older build is rewritten.
 * @throws StoreError if the file cannot be written or is no database.
 * @throws Error if it was written by a newer build.
 */
export function openStore(path: string, onProgress?: MigrationProgress): StoreFile {
  const db = opened(path, () => {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    return openDatabase(path, onProgress);
  });
  return storeOn(path, db, false);
}

/** Opens an existing store read-only, for a folder that can't be written. @throws StoreError */
export function openStoreToRead(path: string): StoreFile {
  const db = opened(path, () => openToRead(path));
  return storeOn(path, db, true);
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
  onProgress?: MigrationProgress,
): StoreFile {
  try {
    return openStore(path, onProgress);
  } catch (cause) {
    if (!(cause instanceof StoreError) || !mayOnlyRead()) throw cause;
    try {
      return openStoreToRead(path);
    } catch {
      throw cause;
    }
  }
}

/** Checks that the open store's file is still there: returns its trouble, or the store to continue with. */
export function checkStoreFile(
  store: StoreFile,
  path: string,
): { trouble?: string; next?: StoreFile } {
  const whereabouts = store.whereabouts();
  if (whereabouts === "gone") return { trouble: gone(path) };
  if (whereabouts === "here" && !store.isReadOnly) return {};
  // A copy that broke off leaves an empty file; opened, it would become a new store.
  if (statSync(path, { throwIfNoEntry: false })?.size === 0)
    return { trouble: damaged(path, "it is empty") };
  try {
    return { next: openStore(path) };
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

function storeOn(path: string, db: Database, isReadOnly: boolean): StoreFile {
  const fileNumber = fileNumberOf(path);
  const markOf = marker(db, isReadOnly);
  return {
    isReadOnly,
    openedAt: markOf(),
    mark: async () => markOf(),
    whereabouts: () => {
      const now = fileNumberOf(path);
      return now === fileNumber ? "here" : now === undefined ? "gone" : "replaced";
    },
    damage: async () => {
      try {
        const found = db.query<{ quick_check: string }, []>("PRAGMA quick_check(1)").get()!;
        return found.quick_check === "ok" ? undefined : found.quick_check.replaceAll(/\s+/g, " ");
      } catch (cause) {
        return cause instanceof Error ? cause.message : String(cause);
      }
    },
    ids: ids(db),
    posts: posts(db),
    users: users(db),
    texts: texts(db),
    version: catalogueVersion(db),
    events: events(db),
    embeddings: embeddings(db),
    scans: scans(db),
    meta: meta(db),
    close: () => db.close(),
    [Symbol.dispose]: () => db.close(),
  };
}

function opened(path: string, open: () => Database): Database {
  try {
    return open();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    const message = isDamaged(cause)
      ? storeTrouble(cause, path)
      : `cannot use ${path} as the store (${cause.message}): set DATA_DIR to a folder that can be written`;
    throw new StoreError(message, { cause });
  }
}

/** Reader of the store's mark. */
function marker(db: Database, isReadOnly: boolean): () => StoreMark | undefined {
  const sql =
    "SELECT value AS identity, (SELECT max(seq) FROM event) AS seq FROM meta WHERE name = 'identity'";
  return () => {
    try {
      const { identity, seq } = db.query<{ identity: string; seq: number | null }, []>(sql).get()!;
      return { identity, seq: isReadOnly ? Infinity : (seq ?? 0) };
    } catch {
      return undefined; // damaged: the next read says so
    }
  };
}

/** Inode number of a file. No other file gets it while this one is open. */
function fileNumberOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
