/** One run over all six endpoints: what upstream holds, brought into the store. */
import type { Store } from "../store/open.ts";
import { ENDPOINTS, type Endpoint, type UnreadableCount } from "../store/scans.ts";
import { BATCH_ROWS, PAUSE_MS, write } from "./batches.ts";
import type { UpstreamClient } from "./client.ts";
import { UpstreamError } from "./errors.ts";
import { noteIn, unreadableLines } from "./unreadable.ts";

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
  /** Why, and of which rows a field was hidden or left out. */
  readonly unreadable: readonly UnreadableCount[];
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

const NOTHING = { ...zero(), withdrawn: 0, problem: "" };

function zero() {
  const unreadable: { reason: string; rows: number }[] = [];
  return { fetchedRows: 0, changedRows: 0, badRows: 0, unreadable };
}

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
  const tally = zero();
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
  tally: ReturnType<typeof zero>,
): Promise<void> {
  const { client, onProgress, store } = options;
  const note = noteIn(tally.unreadable);
  const [done, total] = [ENDPOINTS.indexOf(endpoint), ENDPOINTS.length];
  onProgress?.({ endpoint, rows: 0, done, total });
  for await (const page of client.pages(endpoint)) {
    const { changed, bad } = await write(options, endpoint, scan, page, note);
    tally.fetchedRows += page.length;
    tally.changedRows += changed;
    tally.badRows += bad;
    if (tally.unreadable.length > 0) await store.scans.keepUnreadable(scan, tally.unreadable);
    onProgress?.({ endpoint, rows: tally.fetchedRows, done, total });
  }
  if (tally.fetchedRows > 0 && tally.badRows === tally.fetchedRows)
    throw new UpstreamError(
      `none of ${tally.fetchedRows} rows could be read`,
      unreadableLines(endpoint, tally.fetchedRows, tally.unreadable).join("; "),
      "upstream has to send these fields as its contract says",
    );
}
