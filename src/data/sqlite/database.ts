/** Opens the SQLite file and brings its schema up to date. */
import { constants, Database, SQLiteError } from "bun:sqlite";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { isOlder, migrate, OlderStoreError } from "./migrations.ts";
import type { MigrationProgress } from "./move-interactions.ts";

/** Longest wait for another connection's write, milliseconds; ours are at most a few each. */
const BUSY_MS = 5_000;

/**
 * Opens the store at `path` and creates it if it is missing; `":memory:"` for tests. Close with `using`.
 *
 * @param onProgress  Given by the holder of the lease, who alone migrates a store of an older build.
 * @throws OlderStoreError without `onProgress`.
 * @throws Error if the file was written by a newer build, or is no database.
 */
export function openDatabase(path: string, onProgress?: MigrationProgress): Database {
  const db = new Database(path, { strict: true, create: true });
  closedOnError(db, () => {
    db.run(`PRAGMA busy_timeout = ${BUSY_MS}`);
    db.run("PRAGMA journal_mode = WAL");
    db.run("PRAGMA synchronous = FULL"); // what was acknowledged is on disk
    db.run("PRAGMA secure_delete = ON"); // what people take out of their profile leaves the file, too
    migrate(db, onProgress);
    db.run(`PRAGMA busy_timeout = ${BUSY_MS}`);
  });
  vacuumIfDue(db);
  return db;
}

/** Rewrites the file if a migration asked for it: until then, deleted data stays in freed pages. */
function vacuumIfDue(db: Database): void {
  try {
    if (db.query("SELECT 1 FROM meta WHERE name = 'vacuum'").get() === null) return;
    db.run("VACUUM");
    db.run("DELETE FROM meta WHERE name = 'vacuum'");
    db.run("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (cause) {
    if (!(cause instanceof SQLiteError)) throw cause; // a full disk, damage or a lock: tried again at the next start
  }
}

/**
 * Opens the file at `path` read-only: for lack of rights or space, or on a read-only disk.
 *
 * @throws OlderStoreError
 * @throws Error if it is missing, no database, or of a newer build's schema.
 */
export function openToRead(path: string): Database {
  return reading(path, (db) => (migrate(db), db));
}

/** True if an older build made the store at `path`; false if there is none that can be read. */
export function isOlderFile(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    return reading(path, (db) => {
      const found = isOlder(db);
      db.close();
      return found;
    });
  } catch {
    return false; // whoever opens it to work on it says what is wrong with it
  }
}

/** Opens the file read-only and reads from it at once, so that an unreadable one fails here. */
function reading<T>(path: string, read: (db: Database) => T): T {
  try {
    return closedOnError(new Database(path, { strict: true, readonly: true }), read);
  } catch (cause) {
    if (cause instanceof OlderStoreError) throw cause;
    // SQLite wants to write beside a write-ahead log, unless the file is said not to change.
    const { SQLITE_OPEN_READONLY, SQLITE_OPEN_URI } = constants;
    const url = `${pathToFileURL(path)}?immutable=1`;
    return closedOnError(new Database(url, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI), read);
  }
}

function closedOnError<T>(db: Database, read: (db: Database) => T): T {
  try {
    return read(db);
  } catch (cause) {
    db.close();
    throw cause;
  }
}
