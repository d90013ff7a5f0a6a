/** Writes a page of foreign rows to the store in small batches. */
import type { Endpoint } from "../../data/scans.ts";
import type { Event } from "../../domain/event.ts";
import type { Post } from "../../domain/post.ts";
import type { User } from "../../domain/user.ts";
import { toEvent, toPost, toUser, type Note } from "./schema.ts";
import type { SyncOptions } from "./scan.ts";

/** Rows a transaction: it holds SQLite's write lock for a few milliseconds at most. */
export const BATCH_ROWS = { users: 200, posts: 50, events: 300 };
/** Between two of them: long enough for another thread that waits for the lock to get it. */
export const PAUSE_MS = 1;

/** Result of writing a page. */
type Written = {
  /** Rows that are new or differ from what was stored, and rows that could not be read. */
  changed: number;
  bad: number;
  /** {@link Recorded.held} */
  readonly held: Event[];
};

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
    const record = async (it: readonly User[]) => ({ changed: await store.users.record(it, scan) });
    return inBatches(page, BATCH_ROWS.users, read, onRows, record);
  }
  if (endpoint === "posts") {
    const read = (row: unknown) => toPost(row, { note });
    const record = async (it: readonly Post[]) => ({ changed: await store.posts.record(it, scan) });
    return inBatches(page, BATCH_ROWS.posts, read, onRows, record);
  }
  const fetch = { scan, atMs: nowMs() };
  const read = (row: unknown) => toEvent(endpoint, row, { note });
  return inBatches(page, BATCH_ROWS.events, read, onRows, (it) => store.events.record(it, fetch));
}

/** Record what a scan held to its end; returns how many events say something new. */
export async function writeHeld(
  { store, nowMs, onRows }: SyncOptions,
  scan: number,
  held: readonly Event[],
): Promise<number> {
  const fetch = { scan, atMs: nowMs(), isOver: true };
  const record = (it: readonly Event[]) => store.events.record(it, fetch);
  return (await inBatches(held, BATCH_ROWS.events, (it) => it, onRows, record)).changed;
}

/** A transaction a batch. */
async function inBatches<Row, T>(
  page: readonly Row[],
  batchRows: number,
  read: (row: Row) => T | undefined,
  onRows: SyncOptions["onRows"],
  record: (batch: readonly T[]) => Promise<{ changed: number; held?: readonly Event[] }>,
): Promise<Written> {
  const written: Written = { changed: 0, bad: 0, held: [] };
  for (let from = 0; from < page.length; from += batchRows) {
    const raw = page.slice(from, from + batchRows);
    const batch = raw.map(read).filter((it) => it !== undefined);
    written.bad += raw.length - batch.length;
    if (batch.length > 0) await onRows?.();
    const { changed, held = [] } = await record(batch);
    written.changed += changed;
    written.held.push(...held);
    await Bun.sleep(PAUSE_MS);
  }
  return written;
}
