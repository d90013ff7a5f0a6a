/** The event log: append-only, and the one place that says what people did. */
import type { Database } from "bun:sqlite";
import type { Event } from "../../domain/event.ts";
import type { Histories, History } from "../../domain/history.ts";
import type { UserKey } from "../../domain/ids.ts";
import {
  ACTIONS,
  historiesFrom,
  historyFrom,
  logColumns,
  UPSTREAM,
  type LogColumns,
} from "../history.ts";
import { catalogueBump } from "./catalogue-version.ts";
import { appender, NOBODYS, type Receipt } from "./event-rows.ts";
import { recordScanned } from "./scanned-events.ts";

/** What became of a batch of events. */
export type Appended = { readonly accepted: number; readonly duplicates: number };

export type Events = ReturnType<typeof events>;

/** Events read at a time: rows take ten times the memory of the columns they become. */
const SLICE = 20_000;
const END = Number.MAX_SAFE_INTEGER;

/** The event log of `db`. */
export function events(db: Database) {
  const statements = prepare(db);
  const { add, rowOf } = appender(db);
  const bump = catalogueBump(db);
  const append = db.transaction((batch: readonly Event[], receipt: Receipt): Appended => {
    const accepted = batch.filter((it) => add(rowOf(it, receipt)) !== undefined).length;
    return { accepted, duplicates: batch.length - accepted };
  });
  const erase = db.transaction((user: UserKey, nowMs: number) => {
    // First, or the next event would get the seq of one that is gone.
    const seq = add({
      ...NOBODYS,
      user,
      action: ACTIONS.erased,
      atMs: nowMs,
      receivedAtMs: nowMs,
    })!;
    for (const statement of statements.erase) statement.run({ user, seq });
    // No id has a control character: the key is never given to another.
    statements.forgetId.run(`\u007f${user}`, user);
    bump();
  });

  return {
    /** Append a batch, all or nothing. Users and posts that nobody knows get their keys. */
    append: async (batch: readonly Event[], receipt: Receipt): Promise<Appended> =>
      append.immediate(batch, receipt),
    /** Append of a batch that a scan of upstream sees what is new or has changed. */
    record: recordScanned(db),
    /** Remove all that a user did, wrote and is called; that it was removed stays in the log. */
    erase: async (user: UserKey, nowMs: number): Promise<void> => erase.immediate(user, nowMs),
    /** A user's history as the log had it at a seq; empty for a user without events. */
    history: async (user: UserKey, untilSeq = END): Promise<History> => {
      const rows = statements.ofUser.values(user, untilSeq) as Row[];
      const log = logColumns(rows.length);
      for (const [n, row] of rows.entries()) put(log, n, row);
      return historyFrom(log);
    },
    /** A user's position: the seq of their newest event; 0 without one. */
    position: async (user: UserKey): Promise<number> => statements.position.get(user)!.seq ?? 0,
    /** The seq of the newest event of all; 0 without one. */
    lastSeq: async (): Promise<number> => statements.lastSeq.get()!.seq ?? 0,
    /** Everybody's histories as the log had them at a seq, by ascending key of their users. */
    histories: async (untilSeq = END): Promise<Histories> => {
      const { n } = statements.count.get(untilSeq)!;
      const [log, users] = [logColumns(n), new Float64Array(n)];
      for (let [place, seq] = [0, 0]; place < n;) {
        const rows = statements.slice.values(seq, untilSeq, SLICE) as [...Row, number, number][];
        for (const row of rows) {
          put(log, place, row);
          [users[place++], seq] = [row[6], row[7]];
        }
      }
      return historiesFrom(log, users);
    },
    /**
     * The newest thing done that is later neither than its own receipt nor than `nowMs`, should the
     * clock have been ahead when it was received. `undefined` if there is none.
     */
    asOfMs: async (nowMs = END): Promise<number | undefined> =>
      statements.asOf.get(nowMs)!.ms ?? undefined,
    /** How many events there are. */
    count: async (): Promise<number> => statements.count.get(END)!.n,
  };
}

type Row = [post: number, kind: number, action: number, value: number, atMs: number, isUpstream: 0 | 1]; // prettier-ignore

const ROW = `post, kind, action, value, min(at_ms, received_at_ms), origin = '${UPSTREAM}'`;

function prepare(db: Database) {
  type Newest = { seq: number | null };
  return {
    ofUser: db.query<unknown, [UserKey, number]>(
      `SELECT ${ROW} FROM event WHERE user = ? AND seq <= ? ORDER BY seq`,
    ),
    slice: db.query<unknown, [number, number, number]>(
      `SELECT ${ROW}, user, seq FROM event WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    ),
    position: db.query<Newest, [UserKey]>("SELECT max(seq) AS seq FROM event WHERE user = ?"),
    lastSeq: db.query<Newest, []>("SELECT max(seq) AS seq FROM event"),
    count: db.query<{ n: number }, [number]>("SELECT count(*) AS n FROM event WHERE seq <= ?"),
    asOf: db.query<{ ms: number | null }, [number]>(`
      SELECT max(at_ms) AS ms FROM event
      WHERE action = ${ACTIONS.done} AND at_ms <= min(received_at_ms, ?)`),
    erase: [
      "DELETE FROM event WHERE user = $user AND seq < $seq",
      "DELETE FROM scanned_event WHERE user = $user AND $seq > 0",
      "DELETE FROM user WHERE key = $user AND $seq > 0",
    ].map((sql) => db.query<void, [{ user: UserKey; seq: number }]>(sql)),
    forgetId: db.query<void, [string, UserKey]>("UPDATE user_id SET id = ? WHERE key = ?"),
  };
}

function put(log: LogColumns, n: number, row: readonly number[]): void {
  log.postKeys[n] = row[0]!;
  log.kinds[n] = row[1]!;
  log.actions[n] = row[2]!;
  log.values[n] = row[3]!;
  log.atMs[n] = row[4]!;
  log.isUpstream[n] = row[5]!;
}
