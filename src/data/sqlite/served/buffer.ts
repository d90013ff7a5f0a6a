/** Buffer of the served log: pages wait in memory, and are written some at a time. */
import type { Database } from "bun:sqlite";
import { BUFFER_MS, type ServedPage } from "../../served-log.ts";
import { retriedWhileBusy } from "../retry.ts";
import type { PageRows } from "./pages.ts";

/** Longest wait for another process's write, milliseconds; a write takes less than one. */
export const BUSY_MS = 2_000;
/** Most pages of one transaction: other processes wait for it. */
const BATCH = 1_000;

/** A page that waits to be written. */
type Waiting = {
  readonly page: ServedPage;
  /** Seq after which its session may have no page; `undefined` for a page that is written anyhow. */
  readonly after: number | undefined;
  readonly resolve: (seq: number | undefined) => void;
  readonly reject: (cause: unknown) => void;
};

/**
 * Opens the buffer in front of the pages of `db`.
 *
 * @param deleteOldest  See `retention.ts`.
 * @param onFault  Called with each failure to write.
 * @param onWritten  Called with the number of pages of each write.
 */
export function pageBuffer(
  db: Database,
  rows: PageRows,
  deleteOldest: (nowMs: number, added: number) => void,
  onFault: (cause: unknown) => void,
  onWritten: (pages: number) => void,
) {
  const waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let timer: Timer | undefined;

  const write = db.transaction((batch: readonly Waiting[]) => {
    const seqs = batch.map(({ page, after }) => {
      if (rows.isErased(page)) return after;
      return after !== undefined && rows.hasNewer(page, after) ? undefined : rows.add(page);
    });
    deleteOldest(batch.at(-1)!.page.atMs, batch.length);
    return seqs;
  }).immediate;

  async function writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const seqs = await retriedWhileBusy(() => write(batch), BUSY_MS);
      for (const [n, { resolve }] of batch.entries()) resolve(seqs[n]);
      onWritten(batch.length);
    } catch (cause) {
      rows.clearWords();
      // Those behind it go too: to try each batch in vain would take longer than others come.
      for (const { reject } of [...batch, ...waiting.splice(0)]) reject(cause);
      onFault(cause);
    }
  }

  async function writeAll(): Promise<void> {
    await new Promise(setImmediate); // requests that are answered in the same turn share a transaction
    try {
      while (waiting.length > 0) await writeBatch(waiting.splice(0, BATCH));
    } finally {
      writing = undefined;
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return (writing ??= writeAll());
  }

  return {
    flush,
    append: (page: ServedPage): void => {
      waiting.push({ page, after: undefined, resolve: () => {}, reject: () => {} });
      timer ??= setTimeout(() => void flush(), BUFFER_MS).unref();
    },
    claim: (page: ServedPage, after: number) =>
      new Promise<number | undefined>((resolve, reject) => {
        waiting.push({ page, after, resolve, reject });
        void flush();
      }),
    /** Writes what waits, at once. */
    end: (): void => {
      clearTimeout(timer);
      try {
        if (waiting.length > 0) write(waiting.splice(0));
      } catch (cause) {
        onFault(cause);
      }
    },
  };
}
