/** The append-only event log in SQLite. */
import type { Database } from "bun:sqlite";
import type { Event } from "../../domain/event.ts";
import type { UserKey } from "../../domain/ids.ts";
import { UNKNOWN, type History } from "../../domain/history.ts";
import { ignoredCodes } from "../../domain/known-signals.ts";
import { OPPOSED } from "../../domain/steering.ts";
import type { Appended, Changes, Receipt } from "../changes.ts";
import type { EventLog } from "../contract.ts";
import {
  ACTIONS,
  historiesFrom,
  historyFrom,
  logColumns,
  UPSTREAM,
  type LogColumns,
} from "../history.ts";
import { answersIn } from "./answers.ts";
import { catalogueBump } from "./catalogue-version.ts";
import { currentEvents } from "./current-events.ts";
import { appender, BLANK_ROW, type EventRow } from "./event-rows.ts";
import { countedEvents } from "./event-counts.ts";
import { exportedEvents } from "./exported-events.ts";
import { ENDS_EARLIER } from "./migrations.ts";
import { recordScanned } from "./scanned-events.ts";

/** Events per read: rows take ten times the memory of columns. */
const SLICE = 20_000;
const END = Number.MAX_SAFE_INTEGER;

/** The event log of `db`. */
export function events(db: Database): EventLog {
  const statements = prepare(db);
  // In one transaction, so that no erasure comes between two slices.
  const readAll = db.transaction((untilSeq: number): [LogColumns, Float64Array] => {
    const { n } = statements.tellingCount.get(untilSeq)!;
    const [log, users] = [logColumns(n), new Float64Array(n)];
    for (let [place, seq] = [0, 0]; place < n;) {
      const rows = statements.slice.values(seq, untilSeq, SLICE) as Slice[];
      for (const row of rows) {
        put(log, place, row);
        [users[place++], seq] = userAndSeq(row);
      }
    }
    return [log, users];
  });

  return {
    record: recordScanned(db),
    history: async (user, untilSeq = END) =>
      historyOf(statements.ofUser.values(user, untilSeq) as Row[]),
    wholeHistory: async (user) => historyOf(statements.allOfUser.values(user) as Row[]),
    answers: answersIn(db),
    position: async (user) => statements.position.get(user)!.seq ?? 0,
    since: async (seq, count) => {
      const last = statements.lastSeq.get()!.seq ?? 0; // read first: later ones may be in no slice
      const rows = statements.slice.values(seq, END, count) as Slice[];
      const log = logColumns(rows.length);
      for (const [n, row] of rows.entries()) put(log, n, row);
      // Events that tell nothing, such as impressions, are passed over once all before them are read.
      const read = rows.map(userAndSeq);
      const end = Math.max(seq, read.at(-1)?.[1] ?? 0, rows.length < count ? last : 0);
      return { log, userKeys: Float64Array.from(read, ([user]) => user), seq: end };
    },
    before: async (user, seq, count) => statements.before.all(user, seq, count),
    lastSeq: async () => statements.lastSeq.get()!.seq ?? 0,
    lastErasure: async () => statements.lastErasure.get()!.seq ?? 0,
    histories: async (untilSeq = END) => historiesFrom(...readAll(untilSeq)),
    asOfMs: async (nowMs = END) => statements.asOf.get(nowMs)!.ms ?? undefined,
    count: async (afterSeq = 0, untilSeq = END) => statements.count.get(afterSeq, untilSeq)!.n,
    countWithoutPost: async () => statements.withoutPost.get()!.n,
    ...countedEvents(db),
    ...exportedEvents(db),
    current: currentEvents(db),
  };
}

/** Changes of the log that clients ask for; called inside a transaction. */
export function eventChanges(db: Database): Pick<Changes, "appendEvents" | "eraseUser"> {
  const { add, rowOf } = appender(db);
  const bump = catalogueBump(db);
  const keyOf = db.query<{ key: UserKey }, [string]>("SELECT key FROM user_id WHERE id = ?");
  const standing = db.query<{ action: number }, [Pick<EventRow, "user" | "post" | "kind">]>(`
    SELECT action FROM event WHERE user = $user AND post = $post AND kind = $kind AND ${ENDS_EARLIER}
    ORDER BY seq DESC LIMIT 1`);
  /** Withdraws what a new event ends: having asked for less of a post, when more is asked for. */
  const endOpposed = ({ user, post, kind, action, atMs, receivedAtMs }: EventRow): void => {
    const opposed = action === ACTIONS.done ? OPPOSED.get(kind) : undefined;
    if (opposed === undefined) return;
    const place = { user, post, kind: opposed };
    if (standing.get(place)?.action !== ACTIONS.done) return;
    add({ ...BLANK_ROW, ...place, action: ACTIONS.withdrawn, atMs, receivedAtMs });
  };
  const erase = ERASE.map((sql) => db.query<void, [{ user: UserKey; seq: number }]>(sql));
  return {
    appendEvents: (batch: readonly Event[], receipt: Receipt): Appended => {
      const duplicates: number[] = [];
      for (let n = 0; n < batch.length; n++) {
        const row = rowOf(batch[n]!, receipt);
        if (add(row) === undefined) duplicates.push(n);
        else endOpposed(row);
      }
      return { accepted: batch.length - duplicates.length, duplicates };
    },
    eraseUser: (id, nowMs) => {
      const user = keyOf.get(id)?.key;
      if (user === undefined) return false;
      // Appended first, or the next event would get the seq of a deleted one.
      const row = { ...BLANK_ROW, user, action: ACTIONS.erased, atMs: nowMs, receivedAtMs: nowMs };
      const seq = add(row)!;
      for (const statement of erase) statement.run({ user, seq });
      bump();
      return true;
    },
  };
}

const ERASE = [
  "DELETE FROM event WHERE user = $user AND seq < $seq",
  "DELETE FROM scanned_event WHERE user = $user",
  "DELETE FROM user WHERE key = $user",
  "DELETE FROM steer WHERE user = $user",
  "DELETE FROM user_sliders WHERE user = $user",
  // No app's id has a control character, so no other user gets this key.
  "UPDATE user_id SET id = char(127) || $user WHERE key = $user",
];

type Row = [post: number, kind: number, action: number, value: number, atMs: number, isUpstream: 0 | 1, watchedMs: number | null, durationMs: number | null, attributed: 0 | 1]; // prettier-ignore

/** A row of a slice of the log, with the user's key and the seq. */
type Slice = [...Row, user: number, seq: number];
const userAndSeq = (row: Slice) => row.slice(-2) as [user: number, seq: number];

/** Columns of {@link Row}. The post's length counts where the event has none. */
const ROW = `post, kind, action, value, min(at_ms, received_at_ms), origin = '${UPSTREAM}', watched_ms,
  CASE WHEN watched_ms IS NOT NULL
    THEN coalesce(duration_ms, (SELECT post.duration_ms FROM post WHERE post.key = event.post)) END,
  recommendation_id IS NOT NULL`;

function prepare(db: Database) {
  /** Kinds of events that tell something about their user. */
  const telling = `kind NOT IN (${ignoredCodes().join()})`;
  type Newest = { seq: number | null };
  return {
    ofUser: db.query<unknown, [UserKey, number]>(
      `SELECT ${ROW} FROM event WHERE user = ? AND seq <= ? AND ${telling} ORDER BY seq`,
    ),
    slice: db.query<unknown, [number, number, number]>(
      `SELECT ${ROW}, user, seq FROM event
        WHERE seq > ? AND seq <= ? AND ${telling} ORDER BY seq LIMIT ?`,
    ),
    before: db.query<{ post: number; atMs: number }, [UserKey, number, number]>(`
      SELECT post, min(at_ms, received_at_ms) AS atMs FROM event
      WHERE user = ? AND seq <= ? AND post > 0 AND ${telling} ORDER BY seq DESC LIMIT ?`),
    allOfUser: db.query<unknown, [UserKey]>(
      `SELECT ${ROW} FROM event WHERE user = ? AND post > 0 ORDER BY seq`,
    ),
    position: db.query<Newest, [UserKey]>("SELECT max(seq) AS seq FROM event WHERE user = ?"),
    lastSeq: db.query<Newest, []>("SELECT max(seq) AS seq FROM event"),
    lastErasure: db.query<Newest, []>(
      `SELECT max(seq) AS seq FROM event WHERE action = ${ACTIONS.erased}`,
    ),
    count: db.query<{ n: number }, [number, number]>(
      "SELECT count(*) AS n FROM event WHERE seq > ? AND seq <= ? AND post > 0",
    ),
    withoutPost: db.query<{ n: number }, []>(
      "SELECT count(*) AS n FROM event WHERE post > 0 AND post NOT IN (SELECT key FROM post)",
    ),
    tellingCount: db.query<{ n: number }, [number]>(
      `SELECT count(*) AS n FROM event WHERE seq <= ? AND ${telling}`,
    ),
    asOf: db.query<{ ms: number | null }, [number]>(`
      SELECT max(at_ms) AS ms FROM event
      WHERE action = ${ACTIONS.done} AND at_ms <= min(received_at_ms, ?) AND ${telling}`),
  };
}

function historyOf(rows: readonly Row[]): History {
  const log = logColumns(rows.length);
  for (const [n, row] of rows.entries()) put(log, n, row);
  return historyFrom(log);
}

function put(log: LogColumns, n: number, row: readonly (number | null)[]): void {
  log.postKeys[n] = row[0]!;
  log.kinds[n] = row[1]!;
  log.actions[n] = row[2]!;
  log.values[n] = row[3]!;
  log.atMs[n] = row[4]!;
  log.isUpstream[n] = row[5]!;
  log.watchedMs[n] = row[6] ?? UNKNOWN;
  log.durationMs[n] = row[7] ?? UNKNOWN;
  log.attributed[n] = row[8]!;
}
