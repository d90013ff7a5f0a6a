/** A sync: scans all six endpoints into the store. */
import { fromTheFuture } from "../../data/clock.ts";
import { ENDPOINTS, type Endpoint } from "../../data/scans.ts";
import { emptyTally, syncEndpoint, type EndpointReport, type SyncOptions } from "./scan.ts";

/** Result of a sync. */
export type SyncReport = {
  /** UTC, YYYY-MM-DD. */
  readonly day: string;
  /** True if every endpoint was read on this day. */
  readonly isComplete: boolean;
  readonly fetchedRows: number;
  readonly changedRows: number;
  readonly withdrawn: number;
  readonly endpoints: readonly EndpointReport[];
  /** Message about times that a wrong clock stored; "" if there are none. */
  readonly disbelieved: string;
};

/** This machine's clock is wrong; rows stored now would keep its time for ever. */
export class ClockError extends Error {
  override readonly name = "ClockError";
}

/** Earliest believable time: a clock that is not set yet begins in 1970 or 2000. */
const EARLIEST_MS = Date.UTC(2025, 0, 1);

/**
 * Reads the endpoints that were not read today. A failure of one does not stop the others, unless
 * nothing answers at all; a later run reads only the missing ones.
 *
 * @throws ClockError
 */
export async function syncAll(options: SyncOptions): Promise<SyncReport> {
  const { store, nowMs } = options;
  // In an empty store, empty lists may come from a mistyped URL: the day does not count as done.
  const isForced =
    options.force === true || options.acceptRemovals === true || !(await store.scans.haveRows());
  const day = new Date(nowMs()).toISOString().slice(0, 10);
  if (nowMs() < EARLIEST_MS)
    throw new ClockError(`this machine's clock says ${day}: set it, then sync again`);
  const disbelieved = fromTheFuture("the last sync", await store.scans.newestMs(), nowMs()) ?? "";
  const last = await store.scans.lastRun(nowMs());
  const isDone = !isForced && last !== undefined && last.day >= day;
  const done: readonly Endpoint[] = isDone
    ? ENDPOINTS
    : isForced
      ? []
      : await store.scans.done(day, nowMs());
  const endpoints: EndpointReport[] = [];
  for (const endpoint of ENDPOINTS)
    endpoints.push(
      done.includes(endpoint)
        ? { endpoint, status: "skipped", ...NOTHING }
        : endpoints.some((it) => it.isUnreachable)
          ? { endpoint, status: "failed", ...NOTHING, problem: NOT_ASKED }
          : await syncEndpoint(options, endpoint, day),
    );
  const isComplete = endpoints.every((it) => it.status !== "failed" && !isEmptied(it));
  if (isComplete && !isDone) await store.scans.complete(day, nowMs());
  const sum = (field: "fetchedRows" | "changedRows" | "withdrawn") =>
    endpoints.reduce((total, it) => total + it[field], 0);
  return {
    day,
    isComplete,
    fetchedRows: sum("fetchedRows"),
    changedRows: sum("changedRows"),
    withdrawn: sum("withdrawn"),
    endpoints,
    disbelieved,
  };
}

/** The report of a catalogue without upstream. */
export function nothingToSync(nowMs: number): SyncReport {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const rows = { fetchedRows: 0, changedRows: 0, withdrawn: 0 };
  return { day, isComplete: true, ...rows, endpoints: [], disbelieved: "" };
}

/** Problem of an endpoint after one that could not be reached. */
export const NOT_ASKED = "not asked: nothing answers at upstream's address";

const NOTHING = { ...emptyTally(), withdrawn: 0, problem: "" };

/** An empty first page over a filled table proves nothing: the endpoint is read again. */
function isEmptied(it: EndpointReport): boolean {
  return it.status === "refused" && it.fetchedRows === 0;
}
