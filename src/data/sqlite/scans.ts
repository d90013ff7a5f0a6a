/** Which endpoints were read completely and when, and what a row's absence from them proves. */
import type { Database } from "bun:sqlite";
import { SYNCED_NAMES } from "../../domain/signals.ts";
import { isRevocable, judge, type Ended, type Verdict } from "./brake.ts";
import { believedUntilMs } from "./clock.ts";
import { scannedRows } from "./scanned-rows.ts";

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

export type Scans = ReturnType<typeof scans>;

/**
 * The scan tables of `db`.
 *
 * Every row carries the last scan that saw it. One that neither of its endpoint's last two complete
 * scans saw is withdrawn, unless it is of what nobody can take back.
 */
export function scans(db: Database) {
  const statements = prepare(db);
  const rows = scannedRows(db);
  const begin = db.transaction((endpoint: Endpoint, day: string, nowMs: number): number => {
    statements.abandon.run(nowMs, endpoint);
    return statements.insert.get(endpoint, day, nowMs)!.id;
  });
  const complete = db.transaction((day: string, nowMs: number) => {
    statements.forgetLater.run(day);
    statements.insertRun.run(day, nowMs);
  });

  return {
    /** Begin a scan; its id marks every row it sees. One that still runs died, and counts for nothing. */
    begin: async (endpoint: Endpoint, day: string, nowMs: number): Promise<number> =>
      begin.immediate(endpoint, day, nowMs),
    /** Judge a scan that reached the end of its endpoint, having fetched so many rows. */
    finish: async (
      scan: number,
      fetchedRows: number,
      nowMs: number,
      acceptRemovals = false,
    ): Promise<Verdict> => {
      const { endpoint } = statements.select.get(scan)!;
      const before = statements.ended.all(endpoint, scan);
      const misses = rows[endpoint].count;
      const { emptyDays } = statements.emptyDays.get(endpoint, scan)!;
      const seen = { endpoint, scan, fetchedRows, before, emptyDays, misses };
      const verdict = judge({ ...seen, acceptRemovals });
      const { status, missing, message } = verdict;
      statements.update.run(status, nowMs, fetchedRows, missing, message, scan);
      return verdict;
    },
    /** Note that a scan broke off. */
    fail: async (scan: number, fetchedRows: number, nowMs: number, why: string): Promise<void> => {
      statements.update.run("failed", nowMs, fetchedRows, 0, why, scan);
    },
    /** Note what a scan could not read so far. */
    keepUnreadable: async (scan: number, counts: readonly UnreadableCount[]): Promise<void> =>
      void statements.keepUnreadable.run(JSON.stringify(counts), scan),
    /** What could not be read of each endpoint's newest scan that has ended and had rows. */
    unreadable: async (): Promise<Unreadable[]> => statements.unreadable.all(),
    /** Withdraw at most `limit` rows that no scan from `bound` on saw. Returns how many; 0 when none is left. */
    withdraw: async (endpoint: Endpoint, bound: number, limit: number, nowMs: number) => {
      return isRevocable(endpoint) ? rows[endpoint].withdraw(bound, limit, nowMs) : 0;
    },
    /** Endpoints that need not be read again on `day`. */
    done: async (day: string, nowMs: number): Promise<Endpoint[]> =>
      statements.done.all(day, believedUntilMs(nowMs)).map((it) => it.endpoint),
    /** Any scan has held a row. */
    haveRows: async (): Promise<boolean> => statements.withRows.get() !== null,
    /** Note that every endpoint was read on `day`. Days after it were a wrong clock's. */
    complete: async (day: string, nowMs: number): Promise<void> => complete.immediate(day, nowMs),
    /** The newest scan of every endpoint that has one. */
    newest: async (): Promise<Scan[]> => statements.newest.all(),
    /** Scans that were refused, of endpoints that have had no better one since. */
    heldBack: async (): Promise<Scan[]> => statements.heldBack.all(),
    /** The newest completed day, of those that are not from the future; `undefined` without one. */
    lastRun: async (nowMs: number): Promise<SyncRun | undefined> =>
      statements.lastRun.get(believedUntilMs(nowMs)) ?? undefined,
    /** When the newest scan of each endpoint and the newest sync are said to have been; 0 if never. */
    newestMs: async (): Promise<number> => statements.newestMs.get()!.ms ?? 0,
  };
}

function prepare(db: Database) {
  return {
    abandon: db.query<void, [number, Endpoint]>(`
      UPDATE scan SET status = 'failed', finished_at_ms = ?, message = 'the process ended'
      WHERE endpoint = ? AND status = 'running'`),
    insert: db.query<{ id: number }, [Endpoint, string, number]>(`
      INSERT INTO scan (endpoint, day, status, started_at_ms) VALUES (?, ?, 'running', ?)
      RETURNING id`),
    update: db.query<void, [string, number, number, number, string, number]>(`
      UPDATE scan SET status = ?, finished_at_ms = ?, rows = ?, missing = ?, message = ?
      WHERE id = ?`),
    select: db.query<{ endpoint: Endpoint }, [number]>("SELECT endpoint FROM scan WHERE id = ?"),
    ended: db.query<Ended, [Endpoint, number]>(`
      SELECT id, status, rows FROM scan
      WHERE endpoint = ? AND id < ? AND (status = 'complete' OR (status = 'refused' AND rows > 0))
      ORDER BY id DESC`),
    emptyDays: db.query<{ emptyDays: number }, [Endpoint, number]>(`
      SELECT count(DISTINCT day) AS emptyDays FROM scan
      WHERE endpoint = ?1 AND id <= ?2 AND (id = ?2 OR (status = 'refused' AND rows = 0))
        AND id > (SELECT coalesce(max(id), 0) FROM scan WHERE endpoint = ?1 AND rows > 0)`),
    // A refused scan that held rows has brought them: a second one today would bring no more.
    done: db.query<{ endpoint: Endpoint }, [string, number]>(`
      SELECT DISTINCT endpoint FROM scan
      WHERE day = ? AND finished_at_ms <= ?
        AND (status = 'complete' OR (status = 'refused' AND rows > 0))`),
    withRows: db.query<unknown, []>("SELECT 1 FROM scan WHERE rows > 0 LIMIT 1"),
    newest: db.query<Scan, []>(newestScans("TRUE")),
    keepUnreadable: db.query<void, [string, number]>("UPDATE scan SET unreadable = ? WHERE id = ?"),
    unreadable: db.query<Unreadable, []>(`
      SELECT endpoint, it.value ->> 'reason' AS reason, it.value ->> 'rows' AS rows, scan.rows AS "of"
      FROM scan, json_each(unreadable) AS it
      WHERE scan.id IN (SELECT max(id) FROM scan WHERE status <> 'running' AND rows > 0
        GROUP BY endpoint)
      ORDER BY scan.id, it.value ->> 'rows' DESC, reason`),
    heldBack: db.query<Scan, []>(
      `SELECT * FROM (${newestScans("status IN ('complete', 'refused')")}) WHERE status = 'refused'`,
    ),
    newestMs: db.query<{ ms: number | null }, []>(`
      SELECT max(ms) AS ms FROM (
        SELECT max(started_at_ms, coalesce(finished_at_ms, 0)) AS ms FROM scan
        WHERE id IN (SELECT max(id) FROM scan GROUP BY endpoint)
        UNION ALL SELECT completed_at_ms FROM sync_run)`),
    forgetLater: db.query<void, [string]>("DELETE FROM sync_run WHERE day > ?"),
    insertRun: db.query<void, [string, number]>(`
      INSERT INTO sync_run (day, completed_at_ms) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET completed_at_ms = excluded.completed_at_ms`),
    lastRun: db.query<SyncRun, [number]>(`
      SELECT day, completed_at_ms AS completedAtMs FROM sync_run
      WHERE completed_at_ms <= ? ORDER BY day DESC LIMIT 1`),
  };
}

/** The newest scan of each endpoint among those that `which` picks. */
function newestScans(which: string): string {
  return `SELECT endpoint, day, status, missing, message FROM scan
    WHERE id IN (SELECT max(id) FROM scan WHERE ${which} GROUP BY endpoint) ORDER BY id`;
}
