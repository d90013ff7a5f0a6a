/** A store as the first edition left it. */
import { Database } from "bun:sqlite";
import { join } from "node:path";
import { FIRST_EDITION } from "../../src/data/sqlite/first-edition.ts";

/** Makes a store of one event in `folder`; returns its path. */
export function oldStore(folder: string): string {
  const path = join(folder, "store.db");
  using db = new Database(path, { create: true });
  db.run("PRAGMA journal_mode = WAL");
  for (const sql of FIRST_EDITION) db.run(sql);
  db.run(`
    INSERT INTO interaction (user_id, post_id, kind, value, claimed_at_ms, fetched_at_ms, origin, last_scan)
    VALUES (1, 2, 0, 1, 5, 5, 'upstream', 1)`);
  db.run(`PRAGMA user_version = ${FIRST_EDITION.length}`);
  return path;
}

/** The version of the schema at `path`. */
export function versionOf(path: string): number {
  using db = new Database(path, { readonly: true });
  return db.query<{ user_version: number }, []>("PRAGMA user_version").get()!.user_version;
}
