/** Eraser of the write-ahead log: what was deleted must not be found there either. */
import type { Database } from "bun:sqlite";

/** Pause before a log is emptied that others are reading or writing, milliseconds. */
const BUSY_PAUSE_MS = 200;

/** Opens the eraser of a log. It is emptied at once or when nobody uses it. */
export function logEraser(db: Database): () => void {
  const truncate = db.query<{ busy: 0 | 1 }, []>("PRAGMA wal_checkpoint(TRUNCATE)");
  let timer: Timer | undefined;
  return function emptyLog(): void {
    clearTimeout(timer);
    try {
      if (truncate.get()!.busy === 1) timer = setTimeout(emptyLog, BUSY_PAUSE_MS).unref();
    } catch {} // closed: the last connection deletes the log
  };
}
