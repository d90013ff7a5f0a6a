/** Reads the events of the log that stand: the newest of each user, post and kind, unless it was withdrawn. */
import type { Database } from "bun:sqlite";
import type { PostKey, UserKey } from "../../domain/ids.ts";
import { signalNamed, signalOf } from "../../domain/known-signals.ts";
import type { EventLog, StandingEvent } from "../contract.ts";
import { ACTIONS } from "../history.ts";

/** Rows of the log that one call looks at: a millisecond or two. */
const LOOKED_AT = 5_000;
/** Rows of one page: the histories of all their users are read. */
const PAGE = 100;

/** The reading functions of the event table of `db`. */
export function standingEvents(db: Database): Pick<EventLog, "standing" | "latest"> {
  const pageOf = (where: string) => db.query<Row, [Filter]>(pageSql(where));
  const ofUser = pageOf("user = $user AND seq > $after");
  const ofAll = pageOf(`seq > $after AND seq <= $after + ${LOOKED_AT}`);
  const lastSeq = db.query<{ seq: number | null }, []>("SELECT max(seq) AS seq FROM event");
  const latestView = db.query<Latest, [About]>(LATEST_VIEW);
  const latestOther = db.query<Latest, [About]>(LATEST_OTHER);
  return {
    standing: async ({ user, post, kind, after = 0 }) => {
      const code = kind === undefined ? null : signalOf(kind).code;
      const filter = { user: user ?? null, post: post ?? null, kind: code, after };
      const rows = (user === undefined ? ofAll : ofUser).all(filter);
      const events = rows.filter((it) => it.stands === 1).flatMap(toEvent);
      if (rows.length === PAGE) return { events, next: rows.at(-1)!.seq };
      const end = after + LOOKED_AT;
      const isOver = user !== undefined || end >= (lastSeq.get()!.seq ?? 0);
      return { events, next: isOver ? undefined : end };
    },
    latest: async (about) =>
      about.map(({ userId, postId, kind }) => {
        const { code } = signalOf(kind);
        const found = (code === 0 ? latestView : latestOther).get({ user: userId, post: postId, kind: code }); // prettier-ignore
        if (found === null) return undefined;
        const { action, value, atMs } = found;
        return { isWithdrawn: action === ACTIONS.withdrawn, value, atMs };
      }),
  };
}

type Filter = {
  user: UserKey | null;
  post: PostKey | null;
  kind: number | null;
  after: number;
};
type Row = {
  seq: number;
  user: UserKey;
  post: PostKey;
  kind: number;
  value: number;
  atMs: number;
  stands: 0 | 1;
};
type About = { user: string; post: string; kind: number };
type Latest = { action: number; value: number; atMs: number };

const pageSql = (where: string) => `
  WITH page AS MATERIALIZED (
    SELECT seq, user, post, kind, action, value, at_ms FROM event
    WHERE ${where} AND post > 0 AND post = coalesce($post, post) AND kind = coalesce($kind, kind)
    ORDER BY seq LIMIT ${PAGE}),
  newest AS (
    SELECT max(seq) AS seq FROM event WHERE user IN (SELECT user FROM page)
    GROUP BY user, post, kind)
  SELECT seq, user, post, kind, value, at_ms AS atMs,
    action = ${ACTIONS.done} AND seq IN (SELECT seq FROM newest) AS stands
  FROM page ORDER BY seq`;

const latestSql = (index: string) => `
  SELECT action, value, at_ms AS atMs FROM event
  WHERE user = (SELECT key FROM user_id WHERE id = $user)
    AND post = (SELECT key FROM post_id WHERE id = $post) AND kind = $kind ${index}
  ORDER BY seq DESC LIMIT 1`;
/** Reads the user's events from the newest on. */
const LATEST_VIEW = latestSql("");
/** Looks the event up in the index of all kinds but views. */
const LATEST_OTHER = latestSql("AND kind > 0");

function toEvent({ seq, user, post, kind, value, atMs }: Row): StandingEvent[] {
  const name = signalNamed(kind);
  return name === undefined ? [] : [{ seq, user, post, kind: name, value, atMs }];
}
