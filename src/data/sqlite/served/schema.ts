/** The served log's file and its schema. Append only: a shipped migration is never edited. */
import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** Longest wait for another process that opens the file, milliseconds. */
const OPENING_MS = 5_000;

/** Migration `i` takes the schema from version i to i + 1. */
const MIGRATIONS = [
  `CREATE TABLE page (
    seq               INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice, so that "after seq" holds
    recommendation_id TEXT    NOT NULL,
    at_ms             INTEGER NOT NULL,
    user_id           TEXT    NOT NULL,
    session           TEXT,
    list              TEXT    NOT NULL,
    start             INTEGER NOT NULL,
    next              TEXT,
    about             INTEGER NOT NULL,  -- word: JSON of snapshot, policy, audience, match and fallback
    first_slot        INTEGER NOT NULL,
    slots             BLOB    NOT NULL   -- see slots.ts
  ) STRICT;
  CREATE INDEX page_user ON page (user_id, session);
  -- Texts that many pages share.
  CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
  -- The store whose posts the keys stand for, and how often pages were erased.
  CREATE TABLE state (store TEXT, erasures INTEGER NOT NULL) STRICT;
  INSERT INTO state VALUES (NULL, 0)`,
  `CREATE TABLE exposure (
    post        INTEGER PRIMARY KEY,
    impressions INTEGER NOT NULL,
    completions INTEGER NOT NULL,
    n           INTEGER NOT NULL  -- number of its last change
  ) STRICT;
  CREATE UNIQUE INDEX exposure_n ON exposure (n);
  -- Showings of the last day that are counted and not completed: of new posts, and on a sample of pages.
  CREATE TABLE shown (user_id TEXT NOT NULL, post INTEGER NOT NULL, at_ms INTEGER NOT NULL,
    is_new INTEGER NOT NULL, is_sampled INTEGER NOT NULL, PRIMARY KEY (user_id, post)) STRICT, WITHOUT ROWID;
  CREATE INDEX shown_at ON shown (at_ms);
  -- Ends of what is counted, sums over a sample of pages, and the number of changes.
  CREATE TABLE counted (page INTEGER NOT NULL, event INTEGER NOT NULL, impressions INTEGER NOT NULL,
    completions INTEGER NOT NULL, changes INTEGER NOT NULL) STRICT;
  INSERT INTO counted VALUES (0, 0, 0, 0, 0)`,
  `-- Users erased within the last day, by the SHA-256 of their ids.
  CREATE TABLE erased (user_hash TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX erased_at ON erased (at_ms)`,
];

/** Deletes all that is about a store's posts. Seqs of pages go on. */
const EMPTYING = [
  "DELETE FROM page",
  "DELETE FROM exposure",
  "DELETE FROM shown",
  "UPDATE counted SET event = 0, impressions = 0, completions = 0",
];

/** Opens the file for pages of a store's posts. @throws Error if it can't be used. */
export function openServedFile(path: string, store: string | undefined): Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path, { strict: true, create: true });
  try {
    db.run(`PRAGMA busy_timeout = ${OPENING_MS}`);
    db.run("PRAGMA journal_mode = WAL");
    db.run("PRAGMA synchronous = NORMAL"); // a power cut may take the newest pages, a crash takes none
    db.run("PRAGMA secure_delete = ON"); // what was shown to people who are erased leaves the file, too
    migrate(db);
    if (store !== undefined) belongTo(db, store);
    db.run("PRAGMA busy_timeout = 0"); // tried again without holding up the thread
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/** Deletes the pages of another store. */
function belongTo(db: Database, store: string): void {
  const before = db.query<{ store: string | null }, []>("SELECT store FROM state").get()!.store;
  if (before === store) return;
  const replace = db.transaction(() => {
    if (before !== null) for (const sql of EMPTYING) db.run(sql);
    db.run("UPDATE state SET store = ?, erasures = erasures + 1", [store]);
  });
  replace.immediate();
}

/** Brings the schema up to date; of two processes, the second finds it done. @throws Error if a newer build wrote it. */
function migrate(db: Database): void {
  const versionOf = () =>
    db.query<{ user_version: number }, []>("PRAGMA user_version").get()!.user_version;
  if (versionOf() === MIGRATIONS.length) return;
  const upgrade = db.transaction(() => {
    const version = versionOf();
    if (version > MIGRATIONS.length) throw new Error("it was written by a newer vidrec");
    for (const sql of MIGRATIONS.slice(version)) db.run(sql);
    db.run(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
  upgrade.immediate();
}
