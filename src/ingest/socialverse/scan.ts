/** A scan of one endpoint: fetches, translates and writes its rows, then judges the missing ones. */
import { isRevocable } from "../../data/removal-guard.ts";
import type { Store } from "../../data/contract.ts";
import { ENDPOINTS, type Endpoint, type UnreadableCount } from "../../data/scans.ts";
import { BATCH_ROWS, PAUSE_MS, write, writeHeld, type Destination } from "./batches.ts";
import type { UpstreamClient } from "./client.ts";
import { UnreachableError, UpstreamError } from "./errors.ts";
import { countReasons, unreadableLines } from "./unreadable.ts";

/** Progress of a sync. */
export type SyncProgress = {
  readonly endpoint: Endpoint;
  /** Pages and rows of this endpoint that are stored so far. */
  readonly pages: number;
  readonly rows: number;
  /** Start of its scan, Unix epoch milliseconds. */
  readonly sinceMs: number;
  /** Number of endpoints that are done, and of all. */
  readonly done: number;
  readonly total: number;
};

/** Options of a sync that operators set. */
export type SyncRequest = {
  /** Read everything, even what was read today. */
  readonly force?: boolean;
  /** Read everything, and withdraw whatever upstream no longer has, however much it is. */
  readonly acceptRemovals?: boolean;
};

/** Dependencies and options of a sync. */
export type SyncOptions = Destination &
  SyncRequest & {
    readonly client: UpstreamClient;
    readonly store: Pick<Store, "scans">;
    readonly onProgress?: (progress: SyncProgress) => void;
  };

/** Result of one endpoint. */
export type EndpointReport = {
  readonly endpoint: Endpoint;
  /** `skipped` if it was read earlier today. */
  readonly status: "complete" | "refused" | "failed" | "skipped";
  readonly fetchedRows: number;
  /** Rows that are new or differ from what was stored. */
  readonly changedRows: number;
  /** Rows that could not be read. */
  readonly badRows: number;
  /** Reasons, and rows of which a field was hidden or left out. */
  readonly unreadable: readonly UnreadableCount[];
  readonly withdrawn: number;
  /** Reason of a refusal or failure; "" otherwise. */
  readonly problem: string;
  /** True if nothing answered at upstream's address. */
  readonly isUnreachable?: boolean;
};

/** Counters of a scan, all 0. */
export function emptyTally() {
  const unreadable: { reason: string; rows: number }[] = [];
  return { fetchedRows: 0, changedRows: 0, badRows: 0, unreadable };
}

/** Scans an endpoint. To accept removals that only one scan has missed, it scans a second time. */
export async function syncEndpoint(
  options: SyncOptions,
  endpoint: Endpoint,
  day: string,
): Promise<EndpointReport> {
  const first = await scanOnce(options, endpoint, day);
  if (!options.acceptRemovals || first.unconfirmed === 0) return first.report;
  const second = await scanOnce(options, endpoint, day);
  const sum = (field: "changedRows" | "withdrawn") => first.report[field] + second.report[field];
  return { ...second.report, changedRows: sum("changedRows"), withdrawn: sum("withdrawn") };
}

/** `unconfirmed`: live rows that this scan missed, but not the one before. */
type Scanned = { readonly report: EndpointReport; readonly unconfirmed: number };

async function scanOnce(options: SyncOptions, endpoint: Endpoint, day: string): Promise<Scanned> {
  const { store, nowMs, acceptRemovals } = options;
  const scan = await store.scans.begin(endpoint, day, nowMs());
  const tally = emptyTally();
  try {
    await readAll(options, endpoint, scan, tally);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await store.scans.fail(scan, tally.fetchedRows, nowMs(), error.message);
    const problem = error.message;
    const isUnreachable = error instanceof UnreachableError;
    return {
      report: { endpoint, status: "failed", ...tally, withdrawn: 0, problem, isUnreachable },
      unconfirmed: 0,
    };
  }
  const verdict = await store.scans.finish(scan, tally.fetchedRows, nowMs(), acceptRemovals);
  const { status, missing, message: problem } = verdict;
  const withdrawn = await withdraw(options, endpoint, verdict.bound);
  const unconfirmed = isRevocable(endpoint) ? missing - withdrawn : 0;
  return { report: { endpoint, status, ...tally, withdrawn, problem }, unconfirmed };
}

/** Withdraws the rows that no scan from `bound` on saw; returns their number. */
async function withdraw(
  { store, nowMs }: SyncOptions,
  endpoint: Endpoint,
  bound: number | undefined,
): Promise<number> {
  let withdrawn = 0;
  for (let some = -1; bound !== undefined && some !== 0; withdrawn += some) {
    some = await store.scans.withdraw(endpoint, bound, BATCH_ROWS.events, nowMs());
    await Bun.sleep(PAUSE_MS);
  }
  return withdrawn;
}

/** Fetches, translates and writes an endpoint to its end, counting in `tally`. */
async function readAll(
  options: SyncOptions,
  endpoint: Endpoint,
  scan: number,
  tally: ReturnType<typeof emptyTally>,
): Promise<void> {
  const { client, onProgress, nowMs, store } = options;
  const onUnreadable = countReasons(tally.unreadable);
  const [done, total] = [ENDPOINTS.indexOf(endpoint), ENDPOINTS.length];
  const sinceMs = nowMs();
  const held = [];
  let pages = 0;
  const report = () =>
    onProgress?.({ endpoint, pages, rows: tally.fetchedRows, sinceMs, done, total });
  report();
  for await (const page of client.pages(endpoint)) {
    const { changed, bad, held: some } = await write(options, endpoint, scan, page, onUnreadable);
    held.push(...some);
    tally.fetchedRows += page.length;
    tally.changedRows += changed;
    tally.badRows += bad;
    if (tally.unreadable.length > 0) await store.scans.keepUnreadable(scan, tally.unreadable);
    pages++;
    report();
  }
  tally.changedRows += await writeHeld(options, scan, held);
  if (tally.fetchedRows > 0 && tally.badRows === tally.fetchedRows)
    throw new UpstreamError(
      `none of ${tally.fetchedRows} rows could be read`,
      unreadableLines(endpoint, tally.fetchedRows, tally.unreadable).join("; "),
      "upstream has to send these fields as its contract says",
    );
}
