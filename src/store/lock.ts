/** One process at a time syncs and learns: whoever holds an open transaction on lock.db. */
import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** The lock, until it is released or the process dies: the system frees it then. */
export type Lock = { readonly release: () => void };

/** Who has it instead. */
export type Held = { readonly heldBy: string };

/**
 * Try to take the lock; never waits.
 *
 * @param who  Shown to those who come later, such as "vidrec serve (process 4711)".
 */
export function takeLock(path: string, who: string): Lock | Held {
  mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path, { create: true });
  try {
    // Named in a transaction of its own: what an open one has written, nobody else can read.
    db.run("BEGIN IMMEDIATE");
    db.run("CREATE TABLE IF NOT EXISTS holder (who TEXT NOT NULL) STRICT");
    db.run("DELETE FROM holder");
    db.run("INSERT INTO holder VALUES (?)", [who]);
    db.run("COMMIT");
    db.run("BEGIN IMMEDIATE");
    return { release: () => db.close() };
  } catch (cause) {
    if (!/locked|busy/i.test(String(cause))) throw cause;
    const heldBy = holderOf(db);
    db.close();
    return { heldBy };
  }
}

function holderOf(db: Database): string {
  try {
    return db.query<{ who: string }, []>("SELECT who FROM holder").get()?.who ?? "another process";
  } catch {
    return "another process";
  }
}
