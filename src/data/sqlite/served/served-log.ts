/** The served log in a SQLite file of its own, written by the process that serves. */
import type { Database } from "bun:sqlite";
import type { LoggedPage, ServedFilter, ServedLog } from "../../served-log.ts";
import { inTime } from "../retry.ts";
import { BUSY_MS, pageBuffer } from "./buffer.ts";
import { exposuresOn } from "./exposures.ts";
import { pageRows } from "./pages.ts";
import { retention, type Kept } from "./retention.ts";

/** Pages that are read at once. */
const READ = 500;

/** Options of the served log. */
export type ServedOptions = {
  /** Identity of the store that it belongs to; `undefined` while that can't be read. */
  readonly store?: string | undefined;
  /** By default as much as fits into memory. */
  readonly kept?: Kept;
  /** Called with each failure to write, and with `undefined` after a success. */
  readonly onFault?: (cause: unknown) => void;
};

const IN_MEMORY: Kept = { days: 30, megabytes: 50 };

/** The served log in `db`. */
export function servedLogOn(
  db: Database,
  { kept = IN_MEMORY, onFault = () => {} }: ServedOptions,
): ServedLog {
  const rows = pageRows(db);
  const { append, claim, flush, end } = pageBuffer(db, rows, retention(db, kept), onFault);

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
