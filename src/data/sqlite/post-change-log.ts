/** The log of posts that came, changed or went; triggers write it. */
import type { Database } from "bun:sqlite";
import type { Posts } from "../catalogue.ts";
import { SOME, toColumns, type Cell } from "./post-columns.ts";

/** Changes that are forgotten in one transaction. */
const FORGOTTEN = 1_000;

/** The functions of the post table of `db` that read and shorten its log. */
export function postChangeLog(
  db: Database,
): Pick<Posts, "changedAfter" | "lastChange" | "forgetChanges"> {
  const after = db.query<{ n: number; key: number }, [number, number]>(
    "SELECT n, post AS key FROM post_change WHERE n > ? ORDER BY n LIMIT ?",
  );
  const last = db.query<{ n: number }, []>(
    "SELECT seq AS n FROM sqlite_sequence WHERE name = 'post_change'",
  );
  const some = db.query(SOME);
  const forget = db.query<void, [number]>(`
    DELETE FROM post_change
    WHERE n IN (SELECT n FROM post_change WHERE n <= ? ORDER BY n LIMIT ${FORGOTTEN})`);
  return {
    changedAfter: async (n, count) => {
      const rows = after.all(n, count);
      const keys = [...new Set(rows.map((it) => it.key))];
      const posts = toColumns(some.values(JSON.stringify(keys)) as Cell[][]);
      const isThere = new Set(posts.keys);
      return { n: rows.at(-1)?.n ?? n, posts, gone: keys.filter((it) => !isThere.has(it)) };
    },
    lastChange: async () => last.get()?.n ?? 0,
    forgetChanges: async (n) => {
      while (forget.run(n).changes > 0) await Bun.sleep(0);
    },
  };
}
