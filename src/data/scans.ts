/** The port of scans: which endpoints were read completely and when, and what a row's absence from them proves. */
import type { Event } from "../domain/event.ts";
import { SYNCED_NAMES } from "../domain/signals.ts";
import type { Verdict } from "./removal-guard.ts";

/** What a scan reads, in the order of a sync: people and posts before what they did. */
export const ENDPOINTS = ["users", "posts", ...SYNCED_NAMES] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** What became of a scan. */
export type Scan = {
  readonly endpoint: Endpoint;
  /** UTC, YYYY-MM-DD. */
  readonly day: string;
  readonly status: "running" | "complete" | "refused" | "failed";
  /** Stored rows that it did not see. */
  readonly missing: number;
  /** Why it was refused or failed; "" otherwise. */
  readonly message: string;
};

/** How many rows of a scan could not be read, or not wholly, and why: in words of ours, never a foreign value. */
export type UnreadableCount = { readonly reason: string; readonly rows: number };

/** The same of an endpoint's newest scan, which had `of` rows. */
export type Unreadable = UnreadableCount & { readonly endpoint: Endpoint; readonly of: number };

/** A day on which every endpoint was read. */
export type SyncRun = { readonly day: string; readonly completedAtMs: number };

/** Which scan saw a batch of events, and when. */
export type Fetch = {
  readonly scan: number;
  readonly atMs: number;
  /** The scan has seen everything: what is no newer than what is known may take its place. */
  readonly isOver?: boolean;
};

/** What a scan brought with a batch. */
export type Recorded = {
  /** How many of its events are new or changed. */
  readonly changed: number;
  /** Events no newer than those they would replace, which the scan may yet bring: to be recorded when it is over. */
  readonly held: readonly Event[];
};

/**
 * Scans. Every row that upstream sends carries the last scan that saw it. One that neither of its
 * endpoint's last two complete scans saw is withdrawn, unless it is of what nobody can take back.
 */
export type Scans = {
  /** Begin a scan; its id marks every row it sees. One that still runs died, and counts for nothing. */
  readonly begin: (endpoint: Endpoint, day: string, nowMs: number) => Promise<number>;
  /** Judge a scan that reached the end of its endpoint, having fetched so many rows. */
  readonly finish: (
    scan: number,
    fetchedRows: number,
    nowMs: number,
    acceptRemovals?: boolean,
  ) => Promise<Verdict>;
  /** Note that a scan broke off. */
  readonly fail: (scan: number, fetchedRows: number, nowMs: number, why: string) => Promise<void>;
  /** Note what a scan could not read so far. */
  readonly keepUnreadable: (scan: number, counts: readonly UnreadableCount[]) => Promise<void>;
  /** What could not be read of each endpoint's newest scan that has ended and had rows. */
  readonly unreadable: () => Promise<Unreadable[]>;
  /** Withdraw at most `limit` rows that no scan from `bound` on saw. Returns how many; 0 when none is left. */
  readonly withdraw: (
    endpoint: Endpoint,
    bound: number,
    limit: number,
    nowMs: number,
  ) => Promise<number>;
  /** Endpoints that need not be read again on `day`. */
  readonly done: (day: string, nowMs: number) => Promise<Endpoint[]>;
  /** Whether any scan has held a row. */
  readonly haveRows: () => Promise<boolean>;
  /** Note that every endpoint was read on `day`. Days after it were a wrong clock's. */
  readonly complete: (day: string, nowMs: number) => Promise<void>;
  /** The newest scan of every endpoint that has one. */
  readonly newest: () => Promise<Scan[]>;
  /** Scans that were refused, of endpoints that have had no better one since. */
  readonly heldBack: () => Promise<Scan[]>;
  /** The newest completed day, of those that are not from the future; `undefined` without one. */
  readonly lastRun: (nowMs: number) => Promise<SyncRun | undefined>;
  /** When the newest scan of each endpoint and the newest sync are said to have been; 0 if never. */
  readonly newestMs: () => Promise<number>;
};
