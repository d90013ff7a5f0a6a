/** The stored rows that each endpoint's scans see: how many were missed, which, and their withdrawal. */
import type { Database } from "bun:sqlite";
import { isSignal, SIGNALS } from "../../domain/signals.ts";
import { ENDPOINTS, UPSTREAM, type Endpoint } from "./scans.ts";

/** The live rows of each endpoint, which carry the last scan that saw them. */
export function scannedRows(db: Database) {
  const entries = ENDPOINTS.map((it) => [it, rowsOf(db, it)] as const);
  return Object.fromEntries(entries) as Record<Endpoint, ReturnType<typeof rowsOf>>;
}

/** The stored rows of an endpoint. */
function rowsOf(db: Database, endpoint: Endpoint) {
  const isInteraction = isSignal(endpoint);
  const table = isInteraction ? "interaction" : endpoint === "users" ? "user" : "post";
  const key = isInteraction ? ["user_id", "post_id"] : ["key"];
  const own = isInteraction
    ? `kind = ${SIGNALS[endpoint].code} AND origin = '${UPSTREAM}'`
    : "TRUE";
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
