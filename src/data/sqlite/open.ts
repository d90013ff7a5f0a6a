/** The whole store: one file, one value. */
import type { Database } from "bun:sqlite";
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { openDatabase, openToRead } from "./database.ts";
import { ids } from "./ids.ts";
import { embeddings } from "./embeddings.ts";
import { catalogueVersion } from "./catalogue-version.ts";
import { events } from "./event-log.ts";
import type { MigrationProgress } from "./move-interactions.ts";
import { meta } from "./meta.ts";
import { posts } from "./posts.ts";
import { scans } from "./scans.ts";
import { texts } from "./texts.ts";
import { isDamaged, storeTrouble } from "./trouble.ts";
import { users } from "./users.ts";

export type Store = ReturnType<typeof storeOn>;

/** The store's file cannot be used; `message` says why, where and what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/**
 * Open (and create if missing) the store at `path`; `":memory:"` for tests. Close with `using`.
 *
 * @param onProgress  Is told how far a store of an older build has been rewritten.
 * @throws StoreError if the file cannot be written or is no database.
 * @throws Error if it was written by a newer build.
 */
export function openStore(path: string, onProgress?: MigrationProgress): Store {
  const db = opened(path, () => {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    return openDatabase(path, onProgress);
  });
  return storeOn(path, db, false);
}

/**
 * Open a store that must be there, to serve from it where nothing may be written.
 *
 * @throws StoreError
 */
export function openStoreToRead(path: string): Store {
  const db = opened(path, () => openToRead(path));
  return storeOn(path, db, true);
}

/**
 * The store at `path` for a thread of its own: opened when first asked for, and again when another
 * file has taken its place.
 *
 * @throws StoreError, also when it is gone: what is written to a deleted file is lost.
 */
export function keepOpen(path: string): () => Store {
  let store: Store | undefined;
  return () => {
    const whereabouts = store?.whereabouts();
    if (whereabouts === "gone") throw new StoreError(gone(path));
    return (store = whereabouts === "here" ? store! : openStore(path));
  };
}

/** What to do about a store that was deleted while it was open. */
export function gone(path: string): string {
  return `${path} is gone: put the folder back as it was, or start vidrec again to fetch everything anew`;
}

function storeOn(path: string, db: Database, isReadOnly: boolean) {
  const fileNumber = fileNumberOf(path);
  const markOf = marker(db, isReadOnly);
  return {
    /** It was opened by {@link openStoreToRead}, and may not see what others write. */
    isReadOnly,
    /** The store as it was when it was opened: what {@link mark} says now. */
    openedAt: markOf(),
    /** Tells this store from all others, and moments of it; `undefined` if it can't be read. */
    mark: async () => markOf(),
    /** Whether its file still lies where it was opened, or another one does. */
    whereabouts: (): "here" | "gone" | "replaced" => {
      const now = fileNumberOf(path);
      return now === fileNumber ? "here" : now === undefined ? "gone" : "replaced";
    },
    /** What is damaged in the file, in SQLite's words; reads all of it. */
    damage: async (): Promise<string | undefined> => {
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
    events: events(db),
    texts: texts(db),
    embeddings: embeddings(db),
    scans: scans(db),
    meta: meta(db),
    /** The version of the catalogue: posts, profiles, vectors, and who is known. */
    version: catalogueVersion(db),
    close: () => db.close(),
    [Symbol.dispose]: () => db.close(),
  };
}

function opened<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    const isDamage = isDamaged(cause);
    throw new StoreError(
      isDamage
        ? storeTrouble(cause, path)
        : `cannot use ${path} as the store (${cause.message}): set DATA_DIR to a folder that can be written`,
      { cause },
    );
  }
}

/** Tells files apart as long as they are open: the number of one is given to no other. */
function fileNumberOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

/** Where only reading is possible, what others write may be missed: then no seq is too high. */
function marker(db: Database, isReadOnly: boolean) {
  const sql =
    "SELECT value AS identity, (SELECT max(seq) FROM event) AS seq FROM meta WHERE name = 'identity'";
  return () => {
    try {
      const { identity, seq } = db.query<{ identity: string; seq: number | null }, []>(sql).get()!;
      return { identity, seq: isReadOnly ? Infinity : (seq ?? 0) };
    } catch {
      return undefined; // damaged: what is read of it next says so
    }
  };
}
