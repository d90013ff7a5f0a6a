/** The live rows of each endpoint: counts of missed rows, and their withdrawal. */
import type { Database } from "bun:sqlite";
import type { PostKey, UserKey } from "../../domain/ids.ts";
import { isSynced, SIGNALS, type SyncedName } from "../../domain/signals.ts";
import { ACTIONS, UPSTREAM } from "../history.ts";
import { catalogueBump } from "./catalogue-version.ts";
import { appender, BLANK_ROW } from "./event-rows.ts";
import { ENDPOINTS, type Endpoint } from "../scans.ts";

/** The live rows of an endpoint; each has the last scan that saw it. */
type ScannedRows = {
  /** The number of live rows, and of those that no scan since this one saw. */
  readonly count: (scan: number) => { readonly live: number; readonly missing: number };
  /** Withdraws at most `limit` rows that no scan since this one saw; returns their number. */
  readonly withdraw: (scan: number, limit: number, nowMs: number) => number;
};

export function scannedRows(db: Database): Readonly<Record<Endpoint, ScannedRows>> {
  const entries = ENDPOINTS.map((it) => [it, isSynced(it) ? eventsOf(db, it) : partOf(db, it)]);
  return Object.fromEntries(entries) as Record<Endpoint, ScannedRows>;
}

function partOf(db: Database, endpoint: "users" | "posts"): ScannedRows {
  const table = endpoint === "users" ? "user" : "post";
  const live = `FROM ${table} WHERE withdrawn_at_ms IS NULL AND sent IS NULL`;
  const bump = catalogueBump(db);
  const update = db.query<void, [number, number, number]>(`
    UPDATE ${table} SET withdrawn_at_ms = ?
    WHERE key IN (SELECT key ${live} AND last_scan < ? LIMIT ?)`);
  const withdraw = db.transaction((scan: number, limit: number, nowMs: number) => {
    bump();
    return update.run(nowMs, scan, limit).changes;
  });
  return { count: counting(db, live), withdraw: withdraw.immediate };
}

function eventsOf(db: Database, name: SyncedName): ScannedRows {
  const kind = SIGNALS[name].code;
  const live = `FROM scanned_event WHERE kind = ${kind}`;
  const { add } = appender(db);
  const remove = db.query<{ user: UserKey; post: PostKey }, [number, number]>(`
    DELETE FROM scanned_event
    WHERE kind = ${kind} AND (user, post) IN (SELECT user, post ${live} AND last_scan < ? LIMIT ?)
    RETURNING user, post`);
  const withdraw = db.transaction((scan: number, limit: number, nowMs: number) => {
    const rows = remove.all(scan, limit);
    const withdrawal = { ...BLANK_ROW, action: ACTIONS.withdrawn, origin: UPSTREAM };
    for (const it of rows) add({ ...withdrawal, ...it, kind, atMs: nowMs, receivedAtMs: nowMs });
    return rows.length;
  });
  return { count: counting(db, live), withdraw: withdraw.immediate };
}

function counting(db: Database, live: string): ScannedRows["count"] {
  const count = db.query<{ live: number; missing: number }, [number]>(
    `SELECT count(*) AS live, count(*) FILTER (WHERE last_scan < ?) AS missing ${live}`,
  );
  return (scan) => count.get(scan)!;
}
