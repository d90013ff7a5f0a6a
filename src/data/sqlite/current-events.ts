/** Reads the events of the log that hold now, some at a time. */
import type { Database } from "bun:sqlite";
import { signalNamed, signalOf } from "../../domain/known-signals.ts";
import { pause } from "../../runtime/time-slicing.ts";
import type { EventLog } from "../contract.ts";
import type { CurrentEvent } from "../log-entries.ts";
import { ACTIONS, UPSTREAM } from "../history.ts";
import { ENDS_EARLIER } from "./migrations.ts";

/** Events of the log between two pauses: a few milliseconds. */
const EVENTS_A_STEP = 1_000;

/** Reads the event table of `db`. */
export function currentEvents(db: Database): EventLog["current"] {
  const stepsOf = (where: string) => ({
    end: db.query<{ seq: number | null }, [Filter]>(endSql(where)),
    read: db.query<Row, [Filter & { end: number }]>(readSql(where)),
  });
  const [ofUser, ofAll] = [stepsOf("user = (SELECT key FROM user_id WHERE id = $user)"), stepsOf("TRUE")]; // prettier-ignore
  return async function* ({ user, post, kind, after = 0 }) {
    const { end, read } = user === undefined ? ofAll : ofUser;
    const code = kind === undefined ? null : signalOf(kind).code;
    const filter = { user: user ?? null, post: post ?? null, kind: code };
    for (let from = after; ;) {
      const { seq } = end.get({ ...filter, after: from })!;
      if (seq === null) return;
      yield read.all({ ...filter, after: from, end: seq }).flatMap(toEvent);
      await pause();
      from = seq;
    }
  };
}

type Filter = {
  user: string | null;
  post: string | null;
  kind: number | null;
  after: number;
};
type Row = Omit<CurrentEvent, "kind"> & { kind: number };

const endSql = (where: string) => `
  SELECT max(seq) AS seq FROM
    (SELECT seq FROM event WHERE ${where} AND seq > $after ORDER BY seq LIMIT ${EVENTS_A_STEP})`;

// Upstream has one event per user, post and kind: the one that the table of scanned events points to.
const readSql = (where: string) => `
  SELECT seq, user_id.id AS userId, post_id.id AS postId, kind, value, at_ms AS atMs
  FROM event JOIN user_id ON user_id.key = user JOIN post_id ON post_id.key = post
  WHERE ${where} AND seq > $after AND seq <= $end AND action = ${ACTIONS.done}
    AND ($post IS NULL OR post = (SELECT key FROM post_id WHERE id = $post))
    AND ($kind IS NULL OR kind = $kind)
    AND NOT EXISTS (SELECT 1 FROM event AS later
      WHERE (later.user, later.post, later.kind) = (event.user, event.post, event.kind)
        AND later.seq > event.seq AND ${ENDS_EARLIER})
    AND (origin <> '${UPSTREAM}' OR NOT EXISTS (SELECT 1 FROM scanned_event AS newest
      WHERE (newest.user, newest.post, newest.kind) = (event.user, event.post, event.kind)
        AND newest.seq > event.seq))
  ORDER BY seq`;

function toEvent({ kind: code, ...it }: Row): CurrentEvent[] {
  const kind = signalNamed(code); // a newer version's code has none
  return kind === undefined ? [] : [{ ...it, kind }];
}
