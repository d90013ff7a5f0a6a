/** The port of scans: complete and partial reads of upstream's endpoints. */
import type { Event } from "../domain/event.ts";
import { SYNCED_NAMES } from "../domain/signals.ts";

/** Upstream's endpoints in the order of a sync: users and posts before events. */
export const ENDPOINTS = ["users", "posts", ...SYNCED_NAMES] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** A scan and its result. */
export type Scan = {
  readonly endpoint: Endpoint;
  /** UTC, YYYY-MM-DD. */
  readonly day: string;
  readonly status: "running" | "complete" | "refused" | "failed";
  /** Stored rows that it did not see. */
  readonly missing: number;
  /** Reason of a refusal or failure; "" otherwise. */
  readonly message: string;
};

/** Rows that could not be read completely, by reason. Reasons are our words, never a foreign value. */
export type UnreadableCount = { readonly reason: string; readonly rows: number };

/** Unreadable rows of an endpoint's newest scan, which had `of` rows. */
export type Unreadable = UnreadableCount & { readonly endpoint: Endpoint; readonly of: number };

/** A day on which every endpoint was read. */
export type SyncRun = { readonly day: string; readonly completedAtMs: number };

/** Judgement of a scan that read its whole endpoint. A refused scan misses too many rows. */
export type Verdict = {
  readonly status: "complete" | "refused";
  /** Live rows, and the number of them that the scan did not see. */
  readonly live: number;
  readonly missing: number;
  /** Rows that neither this scan nor any from `bound` on saw are to be withdrawn; `undefined`: none. */
  readonly bound: number | undefined;
  /** Reason of a refusal and what to do; "" otherwise. */
  readonly message: string;
};

/** The scan that read a batch of events. */
export type Fetch = {
  readonly scan: number;
  readonly atMs: number;
  /** The scan is complete: held events are decided now. */
  readonly isOver?: boolean;
};

/** Result of recording a batch. */
export type Recorded = {
  /** The number of new and changed events. */
  readonly changed: number;
  /** Events that would replace a newer one. The scan may still bring that one, so they are recorded at its end. */
  readonly held: readonly Event[];
};

/**
 * Scans. A row that an endpoint's last two complete scans did not see is withdrawn, except events
 * that can't be taken back, such as views.
 */
export type Scans = {
  /** Begins a scan and returns its id. A scan of the endpoint that still runs is marked as failed: its process died. */
  readonly begin: (endpoint: Endpoint, day: string, nowMs: number) => Promise<number>;
  /** Ends a scan that read the whole endpoint, and judges the rows it missed. */
  readonly finish: (
    scan: number,
    fetchedRows: number,
    nowMs: number,
    acceptRemovals?: boolean,
  ) => Promise<Verdict>;
  /** Marks a scan as failed. */
  readonly fail: (scan: number, fetchedRows: number, nowMs: number, why: string) => Promise<void>;
  /** Stores the unreadable rows of a scan so far. */
  readonly keepUnreadable: (scan: number, counts: readonly UnreadableCount[]) => Promise<void>;
  /** Unreadable rows of each endpoint's newest ended scan that had rows. */
  readonly unreadable: () => Promise<Unreadable[]>;
  /** Withdraws at most `limit` rows that no scan since `bound` saw; returns their number, 0 if none is left. */
  readonly withdraw: (
    endpoint: Endpoint,
    bound: number,
    limit: number,
    nowMs: number,
  ) => Promise<number>;
  /** Endpoints that were read on `day`. */
  readonly done: (day: string, nowMs: number) => Promise<Endpoint[]>;
  /** True if any scan had a row. */
  readonly haveRows: () => Promise<boolean>;
  /** Marks `day` as synced completely. Removes later days: a wrong clock made them. */
  readonly complete: (day: string, nowMs: number) => Promise<void>;
  /** The newest scan of every endpoint that has one. */
  readonly newest: () => Promise<Scan[]>;
  /** Refused scans that no complete scan of their endpoint followed. */
  readonly heldBack: () => Promise<Scan[]>;
  /** The newest completely synced day that is not in the future. */
  readonly lastRun: (nowMs: number) => Promise<SyncRun | undefined>;
  /** The latest time that any scan or sync claims; 0 if there is none. */
  readonly newestMs: () => Promise<number>;
};
