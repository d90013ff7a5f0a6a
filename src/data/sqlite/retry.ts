/** Tries again what another connection's write was in the way of, without holding up the thread. */
import { SQLiteError } from "bun:sqlite";

/** Pause between two tries, milliseconds. SQLite's own reach 100: another writer would always be first. */
const RETRY_MS = 1;

/** The result of `work`, tried for `ms` while SQLite is busy. The connection's own timeout should be 0. */
export async function retriedWhileBusy<T>(work: () => T, ms: number): Promise<T> {
  for (const startMs = performance.now(); ; await Bun.sleep(RETRY_MS))
    try {
      return work();
    } catch (cause) {
      if (!isBusy(cause) || performance.now() - startMs > ms) throw cause;
    }
}

const isBusy = (cause: unknown) =>
  cause instanceof SQLiteError && cause.code?.startsWith("SQLITE_BUSY") === true;
