/** The changes that clients ask for, in SQLite: several in one durable transaction. */
import type { Database } from "bun:sqlite";
import type { Changed, ChangeName, Changes, Write } from "../changes.ts";
import type { Store } from "../contract.ts";
import { eventChanges } from "./event-log.ts";
import { feedbackChange } from "./feedback.ts";
import { metaChanges } from "./meta.ts";
import { postChanges } from "./posts.ts";
import { logEraser } from "./log-eraser.ts";
import { retriedWhileBusy } from "./retry.ts";
import { runChanges } from "./runs.ts";
import { steeringChanges } from "./steering.ts";
import { userChanges } from "./users.ts";

/** Longest wait for another connection's write, milliseconds: an import beside it writes all the time. */
const BUSY_MS = 20_000;
/** Memory for pages, and the pages of 4 kB that the write-ahead log has until it is copied into the file. */
export type Buffers = { readonly cacheKb: number; readonly logPages: number };
/** Others wait while the log is copied, so seldom. Pages that find no room are written more than once a transaction. */
const SERVING: Buffers = { cacheKb: 32_000, logPages: 4_000 };
/** For millions of rows: pages that many of them change are written once. */
export const FILLING: Buffers = { cacheKb: 64_000, logPages: 64_000 };

/** Makes changes of `db` in one transaction, each in a savepoint of its own. */
export function changeAll(
  db: Database,
  { cacheKb, logPages }: Buffers = SERVING,
): Store["changeAll"] {
  const changes: Changes = {
    ...eventChanges(db),
    ...feedbackChange(db),
    ...postChanges(db),
    ...userChanges(db),
    ...steeringChanges(db),
    ...metaChanges(db),
    ...runChanges(db),
  };
  const change = db.transaction(({ change, args }: Write) =>
    (changes[change] as (...args: Write["args"]) => Changed)(...args),
  );
  const all = db.transaction((writes: readonly Write[]) =>
    writes.map((write): PromiseSettledResult<Changed> => {
      try {
        return { status: "fulfilled", value: change(write) };
      } catch (reason) {
        // A full disk rolls everything back, the changes before too.
        if (!db.inTransaction) throw reason;
        return { status: "rejected", reason };
      }
    }),
  );
  const emptyLog = logEraser(db);
  let isFirst = true;
  return async (writes) => {
    if (isFirst)
      db.run(
        `PRAGMA cache_size = -${cacheKb}; PRAGMA busy_timeout = 0; PRAGMA wal_autocheckpoint = ${logPages}`,
      );
    isFirst = false;
    const changed = await retriedWhileBusy(() => all.immediate(writes), BUSY_MS);
    if (writes.some(({ change }) => ERASING.has(change))) emptyLog();
    return changed;
  };
}

/** Changes that delete what must not be found in the write-ahead log either. */
const ERASING: ReadonlySet<ChangeName> = new Set(["eraseUser", "removePosts"]);
