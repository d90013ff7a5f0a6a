/** The whole store: one file, one value. */
import type { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { openDatabase } from "./database.ts";
import { embeddings } from "./embeddings.ts";
import { interactions } from "./interactions.ts";
import { notes } from "./notes.ts";
import { posts } from "./posts.ts";
import { scans } from "./scans.ts";
import { texts } from "./texts.ts";
import { users } from "./users.ts";

export type Store = ReturnType<typeof openStore>;

/** The store's file cannot be used; `message` says why, where and what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/**
 * Open (and create if missing) the store at `path`; `":memory:"` for tests. Close with `using`.
 *
 * @throws StoreError if the file cannot be written or is no database.
 * @throws Error if it was written by a newer build.
 */
export function openStore(path: string) {
  const db = openFile(path);
  const others = db.query<{ data_version: number }, []>("PRAGMA data_version");
  const own = db.query<{ n: number }, []>("SELECT total_changes() AS n");
  let [lookedMs, seen] = [-Infinity, 0];
  return {
    posts: posts(db),
    users: users(db),
    interactions: interactions(db),
    texts: texts(db),
    embeddings: embeddings(db),
    scans: scans(db),
    notes: notes(db),
    /**
     * Grows whenever anything is written: by this connection at once, by another at most `lateMs`
     * late. To look takes system calls, which hundreds of requests may share.
     */
    version: (lateMs = 0): number => {
      const nowMs = performance.now();
      if (nowMs - lookedMs >= lateMs) [lookedMs, seen] = [nowMs, others.get()!.data_version];
      return seen + own.get()!.n;
    },
    close: () => db.close(),
    [Symbol.dispose]: () => db.close(),
  };
}

function openFile(path: string): Database {
  try {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    return openDatabase(path);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    throw new StoreError(
      `cannot use ${path} as the store (${cause.message}): set DATA_DIR to a folder that can be written`,
      { cause },
    );
  }
}
