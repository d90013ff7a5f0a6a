/** One run over all six endpoints: what upstream holds, brought into the store. */
import type { Store } from "../store/open.ts";
import { ENDPOINTS, UPSTREAM, type Endpoint } from "../store/scans.ts";
import type { UpstreamClient } from "./client.ts";
import { UpstreamError } from "./errors.ts";
import { toInteraction, toPost, toUser } from "./schema.ts";

/** How far a run has come. */
export type SyncProgress = {
  readonly endpoint: Endpoint;
  /** Rows of this endpoint fetched so far. */
  readonly rows: number;
  /** Endpoints that are behind us, of how many. */
  readonly done: number;
  readonly total: number;
};

/** What a run needs. */
export type SyncOptions = {
  readonly client: UpstreamClient;
  readonly store: Pick<Store, "users" | "posts" | "interactions" | "scans">;
  /** The wall clock, Unix epoch milliseconds. */
  readonly nowMs: () => number;
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Read everything, even what was read today. */
  readonly force?: boolean;
};

/** What became of one endpoint. */
export type EndpointReport = {
  readonly endpoint: Endpoint;
  /** `skipped` if it was read earlier today. */
  readonly status: "complete" | "refused" | "failed" | "skipped";
  readonly fetchedRows: number;
  /** Rows that are new or differ from what was stored. */
  readonly changedRows: number;
  /** Rows that could not be read. */
  readonly badRows: number;
  readonly withdrawn: number;
  /** Why it was refused or failed; "" otherwise. */
  readonly problem: string;
};

/** What became of a run. */
export type SyncReport = {
  /** UTC, YYYY-MM-DD. */
  readonly day: string;
  /** Whether every endpoint has been read on this day. */
  readonly isComplete: boolean;
  readonly fetchedRows: number;
  readonly changedRows: number;
  readonly withdrawn: number;
  readonly endpoints: readonly EndpointReport[];
};

/** Rows a transaction: it holds SQLite's write lock for a few milliseconds at most. */
const BATCH_ROWS = { users: 200, posts: 50, interactions: 300 };
/** Between two of them: long enough for another thread that waits for the lock to get it. */
const PAUSE_MS = 1;

/**
 * Read what is missing of today. An endpoint that fails keeps no other from being tried; a run that
 * broke off goes on with the endpoints that are missing.
 */
export async function syncAll(options: SyncOptions): Promise<SyncReport> {
  const { store, nowMs, force = false } = options;
  const day = new Date(nowMs()).toISOString().slice(0, 10);
  const done = force ? [] : await doneOn(store, day);
  const endpoints: EndpointReport[] = [];
  for (const endpoint of ENDPOINTS)
    endpoints.push(
      done.includes(endpoint)
        ? { endpoint, status: "skipped", ...NOTHING }
        : await syncEndpoint(options, endpoint, day),
    );
  const isComplete = endpoints.every((it) => it.status !== "failed" && !isEmptied(it));
  if (isComplete && done.length < ENDPOINTS.length) await store.scans.complete(day, nowMs());
  const sum = (field: "fetchedRows" | "changedRows" | "withdrawn") =>
    endpoints.reduce((total, it) => total + it[field], 0);
  return {
    day,
    isComplete,
    fetchedRows: sum("fetchedRows"),
    changedRows: sum("changedRows"),
    withdrawn: sum("withdrawn"),
    endpoints,
  };
}

const NOTHING = { fetchedRows: 0, changedRows: 0, badRows: 0, withdrawn: 0, problem: "" };

/** Endpoints not to be read on `day`: all, if it or a later one is complete (the clock was set back). */
async function doneOn(store: SyncOptions["store"], day: string): Promise<readonly Endpoint[]> {
  const last = await store.scans.lastRun();
  return last !== undefined && last.day >= day ? ENDPOINTS : store.scans.done(day);
}

/** An empty first page over a filled table proves nothing: it is asked for again. */
function isEmptied(it: EndpointReport): boolean {
  return it.status === "refused" && it.fetchedRows === 0;
}

async function syncEndpoint(
  options: SyncOptions,
  endpoint: Endpoint,
  day: string,
): Promise<EndpointReport> {
  const { store, nowMs } = options;
  const scan = await store.scans.begin(endpoint, day, nowMs());
  const tally = { fetchedRows: 0, changedRows: 0, badRows: 0 };
  try {
    await readAll(options, endpoint, scan, tally);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await store.scans.fail(scan, tally.fetchedRows, nowMs(), error.message);
    return { endpoint, status: "failed", ...tally, withdrawn: 0, problem: error.message };
  }
  const { status, live, missing } = await store.scans.finish(scan, tally.fetchedRows, nowMs());
  if (status === "refused") {
    const problem = `${missing} of ${live} stored rows are gone from upstream's ${endpoint}: too many to be believed, so none is withdrawn`;
    return { endpoint, status, ...tally, withdrawn: 0, problem };
  }
  let withdrawn = 0;
  for (;;) {
    const some = await store.scans.withdraw(scan, BATCH_ROWS.interactions, nowMs());
    if (some === 0) return { endpoint, status, ...tally, withdrawn, problem: "" };
    withdrawn += some;
    await Bun.sleep(PAUSE_MS);
  }
}

/** Fetch, translate and write an endpoint to its end, counting in `tally`. */
async function readAll(
  options: SyncOptions,
  endpoint: Endpoint,
  scan: number,
  tally: { fetchedRows: number; changedRows: number; badRows: number },
): Promise<void> {
  const { client, onProgress } = options;
  const [done, total] = [ENDPOINTS.indexOf(endpoint), ENDPOINTS.length];
  onProgress?.({ endpoint, rows: 0, done, total });
  for await (const page of client.pages(endpoint)) {
    const { changed, bad } = await write(options, endpoint, scan, page);
    tally.fetchedRows += page.length;
    tally.changedRows += changed;
    tally.badRows += bad;
    onProgress?.({ endpoint, rows: tally.fetchedRows, done, total });
  }
  if (tally.fetchedRows > 0 && tally.badRows === tally.fetchedRows)
    throw new UpstreamError(
      `none of ${tally.fetchedRows} rows could be read`,
      endpoint,
      "upstream may have changed what it sends; look for a newer vidrec",
    );
}

type Written = { changed: number; bad: number };

function write(
  { store, nowMs }: SyncOptions,
  endpoint: Endpoint,
  scan: number,
  page: readonly unknown[],
): Promise<Written> {
  if (endpoint === "users")
    return inBatches(page, BATCH_ROWS.users, toUser, (it) => store.users.record(it, scan));
  if (endpoint === "posts")
    return inBatches(page, BATCH_ROWS.posts, toPost, (it) => store.posts.record(it, scan));
  const fetch = { scan, atMs: nowMs(), origin: UPSTREAM };
  const read = (row: unknown) => toInteraction(endpoint, row);
  return inBatches(page, BATCH_ROWS.interactions, read, (it) =>
    store.interactions.record(it, fetch),
  );
}

/** Translate and record `page`, a transaction a batch. */
async function inBatches<T>(
  page: readonly unknown[],
  batchRows: number,
  read: (row: unknown) => T | undefined,
  record: (batch: readonly T[]) => Promise<number>,
): Promise<Written> {
  const written = { changed: 0, bad: 0 };
  for (let from = 0; from < page.length; from += batchRows) {
    const raw = page.slice(from, from + batchRows);
    const batch = raw.map(read).filter((it) => it !== undefined);
    written.bad += raw.length - batch.length;
    written.changed += await record(batch);
    await Bun.sleep(PAUSE_MS);
  }
  return written;
}
