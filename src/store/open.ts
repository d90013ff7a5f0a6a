/** The whole store: one file, one value. */
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

/**
 * Open (and create if missing) the store at `path`; `":memory:"` for tests. Close with `using`.
 *
 * @throws Error if the folder cannot be written, or the file is no store of this or an older build.
 */
export function openStore(path: string) {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const db = openDatabase(path);
  return {
    posts: posts(db),
    users: users(db),
    interactions: interactions(db),
    texts: texts(db),
    embeddings: embeddings(db),
    scans: scans(db),
    notes: notes(db),
    close: () => db.close(),
    [Symbol.dispose]: () => db.close(),
  };
}
