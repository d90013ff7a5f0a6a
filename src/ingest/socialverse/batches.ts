/** Writes a page of foreign rows to the store in small batches. */
import type { Store } from "../../data/contract.ts";
import type { Endpoint } from "../../data/scans.ts";
import type { Event } from "../../domain/event.ts";
import type { Post } from "../../domain/post.ts";
import type { User } from "../../domain/user.ts";
import { toEvent, toPost, toUser, type OnUnreadable } from "./schema.ts";

/** Rows per transaction, which holds SQLite's write lock for a few milliseconds at most. */
export const BATCH_ROWS = { users: 200, posts: 50, events: 300 };
/** Pause between two transactions, milliseconds: another thread that waits for the lock can take it. */
export const PAUSE_MS = 1;

/** The store that rows are written to. */
export type Destination = {
  readonly store: Pick<Store, "users" | "posts" | "events">;
  /** The wall clock, Unix epoch milliseconds. */
  readonly nowMs: () => number;
  /** Called before rows are stored: only now is it certain that the URL is an upstream's. Harmless to repeat. */
  readonly onRows?: () => Promise<void>;
};

/** Result of writing a page. */
type Written = {
  /** Rows that are new or differ from what was stored, and rows that could not be read. */
  changed: number;
  bad: number;
  /** {@link Recorded.held} */
  readonly held: Event[];
};

/** Translates and records a page that scan `scan` has read. */
export function write(
  { store, nowMs, onRows }: Destination,
  endpoint: Endpoint,
  scan: number,
  page: readonly unknown[],
  onUnreadable: OnUnreadable,
): Promise<Written> {
  if (endpoint === "users") {
    const read = (row: unknown) => toUser(row, { onUnreadable });
    const record = async (it: readonly User[]) => ({ changed: await store.users.record(it, scan) });
    return inBatches(page, BATCH_ROWS.users, read, onRows, record);
  }
  if (endpoint === "posts") {
    const read = (row: unknown) => toPost(row, { onUnreadable });
    const record = async (it: readonly Post[]) => ({ changed: await store.posts.record(it, scan) });
    return inBatches(page, BATCH_ROWS.posts, read, onRows, record);
  }
  const fetch = { scan, atMs: nowMs() };
  const read = (row: unknown) => toEvent(endpoint, row, { onUnreadable });
  return inBatches(page, BATCH_ROWS.events, read, onRows, (it) => store.events.record(it, fetch));
}

/** Record what a scan held to its end; returns how many events say something new. */
export async function writeHeld(
  { store, nowMs, onRows }: Destination,
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
  onRows: Destination["onRows"],
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
