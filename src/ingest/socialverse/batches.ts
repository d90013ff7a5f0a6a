/** A page of foreign rows into the store, some at a time. */
import { UPSTREAM, type Endpoint } from "../../data/sqlite/scans.ts";
import { toInteraction, toPost, toUser, type Note } from "./schema.ts";
import type { SyncOptions } from "./scan.ts";

/** Rows a transaction: it holds SQLite's write lock for a few milliseconds at most. */
export const BATCH_ROWS = { users: 200, posts: 50, interactions: 300 };
/** Between two of them: long enough for another thread that waits for the lock to get it. */
export const PAUSE_MS = 1;

/** Rows that are new or differ from what was stored, and rows that could not be read. */
type Written = { changed: number; bad: number };

/** Translate and record `page` as scan `scan` saw it. */
export function write(
  { store, nowMs, onRows }: SyncOptions,
  endpoint: Endpoint,
  scan: number,
  page: readonly unknown[],
  note: Note,
): Promise<Written> {
  if (endpoint === "users") {
    const read = (row: unknown) => toUser(row, { note });
    return inBatches(page, BATCH_ROWS.users, read, onRows, (it) => store.users.record(it, scan));
  }
  if (endpoint === "posts") {
    const read = (row: unknown) => toPost(row, { note });
    return inBatches(page, BATCH_ROWS.posts, read, onRows, (it) => store.posts.record(it, scan));
  }
  const fetch = { scan, atMs: nowMs(), origin: UPSTREAM };
  const read = (row: unknown) => toInteraction(endpoint, row, { note });
  return inBatches(page, BATCH_ROWS.interactions, read, onRows, (it) =>
    store.interactions.record(it, fetch),
  );
}

/** A transaction a batch. */
async function inBatches<T>(
  page: readonly unknown[],
  batchRows: number,
  read: (row: unknown) => T | undefined,
  onRows: SyncOptions["onRows"],
  record: (batch: readonly T[]) => Promise<number>,
): Promise<Written> {
  const written = { changed: 0, bad: 0 };
  for (let from = 0; from < page.length; from += batchRows) {
    const raw = page.slice(from, from + batchRows);
    const batch = raw.map(read).filter((it) => it !== undefined);
    written.bad += raw.length - batch.length;
    if (batch.length > 0) await onRows?.();
    written.changed += await record(batch);
    await Bun.sleep(PAUSE_MS);
  }
  return written;
}
