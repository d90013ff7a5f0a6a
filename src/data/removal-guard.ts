/** The removal guard: decides whether rows that a scan missed are withdrawn, or so many that the scan is not believed. */
import { isSynced, SIGNALS } from "../domain/signals.ts";
import type { Endpoint, Verdict } from "./scans.ts";

/** An earlier scan of the same endpoint that reached its end. */
export type EndedScan = {
  readonly id: number;
  readonly status: "complete" | "refused";
  readonly rows: number;
};

/** Facts that a scan is judged by. */
type Evidence = {
  readonly endpoint: Endpoint;
  readonly scan: number;
  readonly fetchedRows: number;
  /** Newest first; without those that were refused because they were empty. */
  readonly before: readonly EndedScan[];
  /** Days since it last held rows on which its reply was empty, today included. */
  readonly emptyDays: number;
  /** Live rows, and how many of them no scan from this one on has seen. */
  readonly misses: (scan: number) => { readonly live: number; readonly missing: number };
  /** The operator says that upstream is right. */
  readonly acceptRemovals: boolean;
};

/** A scan that misses more than one live row in this many is held back. */
const LIVE_PER_MISSING = 5;
/** Fewest live rows that are guarded: of fewer, one person can take back a fifth in an evening. */
const GUARDED_ROWS_MIN = 25;
/** Complete scans in a row that release the guard if they miss the same rows; days, if there are none at all. */
const EQUAL_SCANS = 3;
/** Least share of the missing rows that all of these scans missed; a usual day removes the rest. */
const EQUAL_SHARE = 0.9;

/**
 * True if a row that upstream no longer sends was taken back, and is withdrawn. Events of signals that
 * add up stay: a view happened, even if upstream has forgotten it.
 */
export function isRevocable(endpoint: Endpoint): boolean {
  return !isSynced(endpoint) || SIGNALS[endpoint].repeats !== "adds";
}

/** Judges a scan. A row is withdrawn after two scans that missed it, and after three if the guard held the first back. */
export function judge(evidence: Evidence): Verdict {
  const { endpoint, scan, fetchedRows, before, misses, acceptRemovals } = evidence;
  const { live, missing } = misses(scan);
  const isEmpty = fetchedRows === 0;
  // An empty reply counts as a miss only if the next one is empty too.
  const agreeing = before.filter((it) => it.rows > 0 || isEmpty);
  const complete = { status: "complete", live, missing, message: "" } as const;
  if (acceptRemovals) return { ...complete, bound: agreeing[0]?.id };

  const isComplete = (it: EndedScan) => it.status === "complete";
  const isEmptied = isEmpty && live > 0 && before.find(isComplete)?.rows !== 0;
  const isLarge = isRevocable(endpoint) && live >= GUARDED_ROWS_MIN;
  const isShrunken = isLarge && missing * LIVE_PER_MISSING > live;
  if (!isEmptied && !isShrunken) return { ...complete, bound: agreeing.find(isComplete)?.id };

  const refused = { status: "refused", live, missing, bound: undefined } as const;
  const what = `${missing} of ${live} rows are missing`;
  if (isEmpty && !isLarge && evidence.emptyDays >= EQUAL_SCANS) return { ...complete, bound: scan };
  if (isEmpty) return { ...refused, message: `${what}: ${emptied(isLarge, evidence.emptyDays)}` };
  const isOther = (it: EndedScan) => misses(it.id).missing < EQUAL_SHARE * missing;
  const differing = agreeing.findIndex(isOther);
  const equal = 1 + (differing < 0 ? agreeing.length : differing);
  if (equal >= EQUAL_SCANS) return { ...complete, bound: agreeing[EQUAL_SCANS - 2]!.id };
  return { ...refused, message: `${what}: ${heldBack(equal)}` };
}

function emptied(isLarge: boolean, days: number): string {
  const until = isLarge ? "" : ` until it was on ${EQUAL_SCANS} days in a row (${days} so far)`;
  return (
    `the reply was empty, which proves nothing, so none is withdrawn${until}; ` +
    "if upstream really holds none, `vidrec sync --accept-removals` believes it"
  );
}

function heldBack(equal: number): string {
  return (
    "too many to be believed, so none is withdrawn until " +
    `${EQUAL_SCANS} complete scans in a row miss the same (${equal} so far); ` +
    "`vidrec sync --accept-removals` withdraws them now"
  );
}
