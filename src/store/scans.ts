/** Which endpoints were read completely and when, and what a row's absence from them proves. */
import type { Database } from "bun:sqlite";
import { INTERACTION_KINDS } from "../domain.ts";

/** What a scan reads, in the order of a sync: people and posts before what they did. */
export const ENDPOINTS = ["users", "posts", ...INTERACTION_KINDS] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** What upstream's interactions carry as their origin: only these can be withdrawn by a scan. */
export const UPSTREAM = "upstream";

/** What a scan that reached its end is worth: a refused one misses too much to be believed. */
export type Verdict = {
  readonly status: "complete" | "refused";
  /** Rows that stood, and how many of them the scan did not see. */
  readonly live: number;
  readonly missing: number;
};

/** What became of a scan. */
export type Scan = {
  readonly endpoint: Endpoint;
  /** UTC, YYYY-MM-DD. */
  readonly day: string;
  readonly status: "running" | "complete" | "refused" | "failed";
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

/** A scan that misses more than one live row in this many is refused. */
const LIVE_PER_MISSING = 5;

/**
 * The scan tables of `db`.
 *
 * Every row carries the last scan that saw it. One that neither of its endpoint's last two complete
 * scans saw is withdrawn; views never are, since upstream itself forgets them.
 */
export function scans(db: Database) {
  const statements = prepare(db);
  const rows = Object.fromEntries(ENDPOINTS.map((it) => [it, rowsOf(db, it)])) as Record<
    Endpoint,
    ReturnType<typeof rowsOf>
  >;
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
    finish: async (scan: number, fetchedRows: number, nowMs: number): Promise<Verdict> => {
      const { endpoint } = statements.select.get(scan)!;
      const { live, missing } = rows[endpoint].count.get(scan)!;
      const isShrunken = endpoint !== "view" && missing * LIVE_PER_MISSING > live;
      const isEmptied = fetchedRows === 0 && live > 0;
      const status = isShrunken || isEmptied ? "refused" : "complete";
      const message = status === "refused" ? `${missing} of ${live} rows are missing` : "";
      statements.update.run(status, nowMs, fetchedRows, message, scan);
      return { status, live, missing };
    },
    /** Note that a scan broke off. */
    fail: async (scan: number, fetchedRows: number, nowMs: number, why: string): Promise<void> => {
      statements.update.run("failed", nowMs, fetchedRows, why, scan);
    },
    /** Note what a scan could not read so far. */
    keepUnreadable: async (scan: number, counts: readonly UnreadableCount[]): Promise<void> =>
      void statements.keepUnreadable.run(JSON.stringify(counts), scan),
    /** What could not be read of each endpoint's newest scan that has ended and had rows. */
    unreadable: async (): Promise<Unreadable[]> => statements.unreadable.all(),
    /**
     * Withdraw at most `limit` rows that this complete scan and the complete one before it missed.
     * Returns how many; 0 when none is left.
     */
    withdraw: async (scan: number, limit: number, nowMs: number): Promise<number> => {
      const { endpoint, before } = statements.select.get(scan)!;
      if (endpoint === "view" || before === null) return 0;
      const keys = rows[endpoint].unseen.values(before, limit) as number[][];
      rows[endpoint].withdraw.immediate(keys, nowMs);
      return keys.length;
    },
    /** Endpoints that need not be read again on `day`. */
    done: async (day: string): Promise<Endpoint[]> =>
      statements.done.all(day).map((it) => it.endpoint),
    /** Note that every endpoint was read on `day`. Days after it were a wrong clock's. */
    complete: async (day: string, nowMs: number): Promise<void> => complete.immediate(day, nowMs),
    /** The newest scan of every endpoint that has one. */
    newest: async (): Promise<Scan[]> => statements.newest.all(),
    /** The newest completed day; `undefined` before the first. */
    lastRun: async (): Promise<SyncRun | undefined> => statements.lastRun.get() ?? undefined,
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
    update: db.query<void, [string, number, number, string, number]>(
      "UPDATE scan SET status = ?, finished_at_ms = ?, rows = ?, message = ? WHERE id = ?",
    ),
    select: db.query<{ endpoint: Endpoint; before: number | null }, [number]>(`
      SELECT endpoint, (SELECT max(id) FROM scan AS s
        WHERE s.endpoint = scan.endpoint AND s.status = 'complete' AND s.id < scan.id) AS before
      FROM scan WHERE id = ?`),
    // A refused scan that held rows has brought them: a second one today would bring no more.
    done: db.query<{ endpoint: Endpoint }, [string]>(`
      SELECT DISTINCT endpoint FROM scan
      WHERE day = ? AND (status = 'complete' OR (status = 'refused' AND rows > 0))`),
    newest: db.query<Scan, []>(`
      SELECT endpoint, day, status, message FROM scan
      WHERE id IN (SELECT max(id) FROM scan GROUP BY endpoint) ORDER BY id`),
    keepUnreadable: db.query<void, [string, number]>("UPDATE scan SET unreadable = ? WHERE id = ?"),
    unreadable: db.query<Unreadable, []>(`
      SELECT endpoint, it.value ->> 'reason' AS reason, it.value ->> 'rows' AS rows, scan.rows AS "of"
      FROM scan, json_each(unreadable) AS it
      WHERE scan.id IN (SELECT max(id) FROM scan WHERE status <> 'running' AND rows > 0
        GROUP BY endpoint)
      ORDER BY scan.id, it.value ->> 'rows' DESC, reason`),
    forgetLater: db.query<void, [string]>("DELETE FROM sync_run WHERE day > ?"),
    insertRun: db.query<void, [string, number]>(`
      INSERT INTO sync_run (day, completed_at_ms) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET completed_at_ms = excluded.completed_at_ms`),
    lastRun: db.query<SyncRun, []>(
      "SELECT day, completed_at_ms AS completedAtMs FROM sync_run ORDER BY day DESC LIMIT 1",
    ),
  };
}

/** The stored rows of an endpoint. */
function rowsOf(db: Database, endpoint: Endpoint) {
  const kind = INTERACTION_KINDS.indexOf(endpoint as (typeof INTERACTION_KINDS)[number]);
  const isInteraction = kind >= 0;
  const table = isInteraction ? "interaction" : endpoint === "users" ? "user" : "post";
  const key = isInteraction ? ["user_id", "post_id"] : ["id"];
  const own = isInteraction ? `kind = ${kind} AND origin = '${UPSTREAM}'` : "TRUE";
  const live = `FROM ${table} WHERE withdrawn_at_ms IS NULL AND ${own}`;
  const update = db.query<void, number[]>(
    `UPDATE ${table} SET withdrawn_at_ms = ? WHERE ${key.map((it) => `${it} = ?`).join(" AND ")} AND ${own}`,
  );
  return {
    count: db.query<{ live: number; missing: number }, [number]>(
      `SELECT count(*) AS live, count(*) FILTER (WHERE last_scan < ?) AS missing ${live}`,
    ),
    unseen: db.query<unknown, [number, number]>(
      `SELECT ${key.join(", ")} ${live} AND last_scan < ? LIMIT ?`,
    ),
    withdraw: db.transaction((keys: readonly number[][], nowMs: number) => {
      for (const it of keys) update.run(nowMs, ...it);
    }),
  };
}
