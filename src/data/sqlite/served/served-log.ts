/** The served log in a SQLite file of its own, written by the process that serves. */
import type { Database } from "bun:sqlite";
import type { LoggedPage, ServedFilter, ServedLog } from "../../served-log.ts";
import { pause } from "../../../runtime/time-slicing.ts";
import { logEraser } from "../log-eraser.ts";
import { retriedWhileBusy } from "../retry.ts";
import { BUSY_MS, pageBuffer } from "./buffer.ts";
import { erasedUsers } from "./erased.ts";
import { exposuresOn } from "./exposures.ts";
import { pageRows } from "./pages.ts";
import { retention, type Kept } from "./retention.ts";

/** Pages that are read at once. */
const READ = 500;
/** Pages of a session that are read at once: of 20 posts each, they take a millisecond. */
const SESSION_READ = 100;

/** Options of the served log. */
export type ServedOptions = {
  /** Identity of the store that it belongs to; `undefined` while that can't be read. */
  readonly store?: string | undefined;
  /** By default as much as fits into memory. */
  readonly kept?: Kept;
  /** Asks for a checkpoint, which `worker.ts` makes; without it they are made while serving. */
  readonly checkpoint?: (() => void) | undefined;
  /** Called with each failure to write, and with `undefined` after a success. */
  readonly onFault?: (cause: unknown) => void;
};

/** Pages of the served log between two checkpoints: each changes a page or two of the file. */
const CHECKPOINT_PAGES = 1_000;
/** Pages of 4 kB that the write-ahead log has at most: then it is copied while serving, whatever the thread does. */
const LOG_PAGES = 16_000;

const IN_MEMORY: Kept = { days: 30, megabytes: 50 };

/** The served log in `db`. */
export function servedLogOn(
  db: Database,
  { kept = IN_MEMORY, onFault = () => {}, checkpoint }: ServedOptions,
): ServedLog {
  const erased = erasedUsers(db);
  const rows = pageRows(db, erased);
  let uncopied = 0;
  const onWritten = (pages: number) => {
    onFault(undefined);
    uncopied += pages;
    if (uncopied < CHECKPOINT_PAGES) return;
    uncopied = 0;
    checkpoint?.();
  };
  const emptyLog = logEraser(db);
  const deleteOldest = retention(db, kept, erased);
  const { append, claim, flush, end } = pageBuffer(db, rows, deleteOldest, onFault, onWritten);
  if (checkpoint) db.run(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);

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
    ofSession: async function* (userId, session, from) {
      for (let after = from, count = SESSION_READ; count === SESSION_READ;) {
        const some = rows.ofSession(userId, session, after, SESSION_READ);
        if (some.length > 0) yield some;
        [after, count] = [some.at(-1)?.seq ?? after, some.length];
        if (count === SESSION_READ) await pause();
      }
    },
    page: async (seq) => rows.page(seq),
    after: async (seq, count) => rows.after(seq, count),
    before: async (seq, count) => rows.before(seq, count),
    exposures: exposuresOn(db, erased),
    byUser: async function* (sinceMs) {
      await flush();
      yield* rows.byUser(sinceMs);
    },
    eraseUser: async (userId, nowMs) => {
      await flush();
      const wereAny = await retriedWhileBusy(() => rows.eraseUser(userId, nowMs), BUSY_MS);
      emptyLog();
      return wereAny;
    },
    erasures: async () => rows.erasures(),
    close: () => {
      db.run(`PRAGMA busy_timeout = ${BUSY_MS}`);
      end();
      db.close();
    },
  };
}
