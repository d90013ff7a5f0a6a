/** Opens the SQLite file and brings its schema up to date. */
import { constants, Database, SQLiteError } from "bun:sqlite";
import { pathToFileURL } from "node:url";
import { migrate } from "./migrations.ts";
import type { MigrationProgress } from "./move-interactions.ts";

/** Longest wait for another connection's write, milliseconds; ours are at most a few each. */
const BUSY_MS = 5_000;

/**
 * Opens the store at `path` and creates it if it is missing; `":memory:"` for tests. Close with `using`.
 *
 * @throws Error if the file was written by a newer build, or is no database.
 */
export function openDatabase(path: string, onProgress: MigrationProgress = () => {}): Database {
  const db = new Database(path, { strict: true, create: true });
  db.run(`PRAGMA busy_timeout = ${BUSY_MS}`);
  db.run("PRAGMA journal_mode = WAL");
  db.run("PRAGMA synchronous = FULL"); // what was acknowledged is on disk
  db.run("PRAGMA secure_delete = ON"); // what people take out of their profile leaves the file, too
  migrate(db, onProgress);
  db.run(`PRAGMA busy_timeout = ${BUSY_MS}`);
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
    if (!(cause instanceof SQLiteError)) throw cause; // no room, damage, or another writes: at the next start
  }
}

/**
 * Opens the file at `path` read-only: for lack of rights or space, or on a read-only disk.
 *
 * @throws Error if it is missing, no database, or of another build's schema.
 */
export function openToRead(path: string): Database {
  try {
    return checked(new Database(path, { strict: true, readonly: true }));
  } catch {
    // SQLite wants to write beside a write-ahead log, unless the file is said not to change.
    const { SQLITE_OPEN_READONLY, SQLITE_OPEN_URI } = constants;
    const url = `${pathToFileURL(path)}?immutable=1`;
    return checked(new Database(url, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI));
  }
}

/** Reads from the file at once, so that an unreadable one fails here. */
function checked(db: Database): Database {
  try {
    migrate(db, () => {});
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}
