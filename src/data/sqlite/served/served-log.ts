/** The served log in a SQLite file of its own, written by the process that serves. */
import type { Database } from "bun:sqlite";
import type { LoggedPage, ServedFilter, ServedLog } from "../../served-log.ts";
import { inTime } from "../retry.ts";
import { BUSY_MS, pageBuffer } from "./buffer.ts";
import { exposuresOn } from "./exposures.ts";
import { pageRows } from "./pages.ts";

/** Pages that are read at once. */
const READ = 500;

/**
 * The served log in `db`.
 *
 * @param onFault  Called with each failure to write, and with `undefined` after a success.
 */
export function servedLogOn(db: Database, onFault: (cause: unknown) => void): ServedLog {
  const rows = pageRows(db);
  const { append, claim, flush, end } = pageBuffer(db, rows, onFault);

  async function* pages({ sinceMs = 0, userId }: ServedFilter = {}) {
    await flush();
    let after = rows.seqAt(sinceMs) - 1;
    for (let some: LoggedPage[]; (some = rows.after(after, READ, userId)).length > 0;) {
      yield some.filter((it) => it.atMs >= sinceMs);
      after = some.at(-1)!.seq;
      await Bun.sleep(0);
    }
  }

  return {
    append,
    claim,
    flush,
    pages,
    ofSession: async (userId, session, after) => rows.ofSession(userId, session, after),
    page: async (seq) => rows.page(seq),
    after: async (seq, count) => rows.after(seq, count),
    exposures: exposuresOn(db),
    byUser: async function* (sinceMs) {
      await flush();
      yield* rows.byUser(sinceMs);
    },
    eraseUser: async (userId) => {
      await flush();
      await inTime(() => rows.eraseUser(userId), BUSY_MS);
    },
    erasures: async () => rows.erasures(),
    close: () => {
      end();
      db.close();
    },
  };
}
