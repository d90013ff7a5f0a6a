/** Scans in SQLite. */
import type { Database } from "bun:sqlite";
import { believedUntilMs } from "../clock.ts";
import { isRevocable, judge, type EndedScan } from "../removal-guard.ts";
import type { Endpoint, Scan, Scans, SyncRun, Unreadable } from "../scans.ts";
import { scannedRows } from "./scanned-rows.ts";

/** The scan tables of `db`. */
export function scans(db: Database): Scans {
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
    begin: async (endpoint, day, nowMs) => begin.immediate(endpoint, day, nowMs),
    finish: async (scan, fetchedRows, nowMs, acceptRemovals = false) => {
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
    fail: async (scan, fetchedRows, nowMs, why) => {
      statements.update.run("failed", nowMs, fetchedRows, 0, why, scan);
    },
    keepUnreadable: async (scan, counts) =>
      void statements.keepUnreadable.run(JSON.stringify(counts), scan),
    unreadable: async () => statements.unreadable.all(),
    withdraw: async (endpoint, bound, limit, nowMs) =>
      isRevocable(endpoint) ? rows[endpoint].withdraw(bound, limit, nowMs) : 0,
    done: async (day, nowMs) =>
      statements.done.all(day, believedUntilMs(nowMs)).map((it) => it.endpoint),
    haveRows: async () => statements.withRows.get() !== null,
    complete: async (day, nowMs) => complete.immediate(day, nowMs),
    newest: async () => statements.newest.all(),
    heldBack: async () => statements.heldBack.all(),
    lastRun: async (nowMs) => statements.lastRun.get(believedUntilMs(nowMs)) ?? undefined,
    newestMs: async () => statements.newestMs.get()!.ms ?? 0,
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
    ended: db.query<EndedScan, [Endpoint, number]>(`
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
