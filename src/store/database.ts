/** Open the SQLite file and bring its schema up to date. */
import { Database, SQLiteError } from "bun:sqlite";
import { migrate } from "./migrations.ts";

/** Longest wait for another connection's write, milliseconds; ours are at most a few each. */
const BUSY_MS = 5_000;

/**
 * Open (and create if missing) the store at `path`; `":memory:"` for tests. Close with `using`.
 *
 * @throws Error if the file was written by a newer build, or is no database.
 */
export function openDatabase(path: string): Database {
  const db = new Database(path, { strict: true, create: true });
  db.run(`PRAGMA busy_timeout = ${BUSY_MS}`);
  db.run("PRAGMA journal_mode = WAL");
  db.run("PRAGMA synchronous = FULL"); // what was acknowledged is on disk
  migrate(db);
  vacuumIfDue(db);
  return db;
}

/** Rewrite the file if a migration asked for it: what it took out is in freed pages until then. */
function vacuumIfDue(db: Database): void {
  if (db.query("SELECT 1 FROM note WHERE name = 'vacuum'").get() === null) return;
  try {
    db.run("VACUUM");
    db.run("DELETE FROM note WHERE name = 'vacuum'");
    db.run("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (cause) {
    if (!(cause instanceof SQLiteError)) throw cause; // no room, or another writes: at the next start
  }
}
