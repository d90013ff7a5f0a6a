/** The events of a user that an export has, and entries of the log, in SQLite. */
import type { Database } from "bun:sqlite";
import { KINDS } from "../../domain/history.ts";
import type { PostKey, UserKey } from "../../domain/ids.ts";
import { signalNamed, signalOf } from "../../domain/known-signals.ts";
import type { EventLog } from "../contract.ts";
import type { ExportedEvent, HeldEvent } from "../log-entries.ts";
import { ACTIONS, heldEntries, logColumns, UPSTREAM } from "../history.ts";

/** The exporting function of the event table of `db`. */
export function exportedEvents(db: Database): Pick<EventLog, "exported" | "everyOf" | "every"> {
  const read = db.query<Row, [UserKey]>(`${READ} WHERE user = ? ORDER BY seq`);
  const some = db.query<Row & HeldEvent, [UserKey, number, number]>(
    `${READ} WHERE user = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const ofAll = db.query<Row & HeldEvent, [number, number]>(
    `${READ} WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  const exported: EventLog["exported"] = async (user) => {
    const rows = read.all(user);
    const log = logColumns(rows.length);
    /** Place of the last withdrawal by post and kind. */
    const withdrawals = new Map<number, number>();
    const keyOf = ({ postKey, code }: Row) => postKey * KINDS + code;
    for (const [n, it] of rows.entries()) {
      log.postKeys[n] = it.postKey;
      log.kinds[n] = it.code;
      log.actions[n] = it.action;
      log.isUpstream[n] = it.isUpstream;
      if (it.action === ACTIONS.withdrawn) withdrawals.set(keyOf(it), n);
    }
    const withdrawn = new Uint8Array(rows.length);
    const held = heldEntries(log, Uint32Array.from(rows.keys()), withdrawn);
    const places = Array.from(held).flatMap((n) => {
      if (withdrawn[n] === 0) return n;
      const name = signalNamed(rows[n]!.code);
      const isLasting = name !== undefined && signalOf(name).repeats === "lasts";
      return isLasting ? [n, withdrawals.get(keyOf(rows[n]!))!] : []; // apps can't take back others
    });
    return places.sort((a, b) => a - b).flatMap((n) => toEvent(rows[n]!));
  };
  return {
    exported,
    everyOf: async (user, seq, count) => some.all(user, seq, count).flatMap(toEvent),
    every: async (seq, count) => ofAll.all(seq, count).flatMap(toEvent),
  };
}

type Row = Omit<ExportedEvent, "kind" | "isWithdrawal"> & {
  readonly postKey: PostKey;
  readonly code: number;
  readonly action: number;
  readonly isUpstream: 0 | 1;
};

const READ = `
  SELECT post AS postKey, kind AS code, action, origin = '${UPSTREAM}' AS isUpstream,
    user_id.id AS userId, post_id.id AS postId, value, watched_ms AS watchedMs,
    duration_ms AS durationMs, client_id AS clientId, recommendation_id AS recommendationId, session,
    seq, received_at_ms AS receivedAtMs, origin,
    CASE origin WHEN '${UPSTREAM}' THEN min(at_ms, received_at_ms) ELSE at_ms END AS atMs
  FROM event JOIN user_id ON user_id.key = user JOIN post_id ON post_id.key = post`;

function toEvent<R extends Row>({ postKey: _, code, action, isUpstream: __, ...it }: R) {
  const kind = signalNamed(code); // a newer version's code has none
  return kind === undefined ? [] : [{ ...it, kind, isWithdrawal: action === ACTIONS.withdrawn }];
}
