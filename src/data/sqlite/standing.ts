/** What stands in SQLite, for exports. */
import type { Database } from "bun:sqlite";
import { signalNamed } from "../../domain/known-signals.ts";
import { SIGNALS } from "../../domain/signals.ts";
import { ACTIONS, UPSTREAM } from "../history.ts";
import type { Standing, StandingEvent, StandingPost, StandingUser } from "../standing.ts";

/** Rows per read. */
const SLICE = 500;

/** The standing rows of `db`. */
export function standing(db: Database): Standing {
  return {
    posts: async function* () {
      const read = db.query<PostRow, [string, number]>(POSTS);
      for (let rows = read.all("", SLICE); rows.length > 0;) {
        yield rows.map(toPost);
        rows = read.all(rows.at(-1)!.id, SLICE);
      }
    },
    users: async function* () {
      const read = db.query<UserRow, [string, number]>(USERS);
      for (let rows = read.all("", SLICE); rows.length > 0;) {
        yield rows.map(({ sent, ...it }) => ({ ...it, ...(sent !== null && { sent }) }));
        rows = read.all(rows.at(-1)!.id, SLICE);
      }
    },
    events: async function* () {
      const { until } = db.query<{ until: number }, []>(NEWEST).get()!;
      db.run("CREATE TEMP TABLE IF NOT EXISTS standing (seq INTEGER PRIMARY KEY)"); // on disk: a log may be larger than memory
      try {
        db.query<void, [number]>(FIND_STANDING).run(until);
        const read = db.query<EventRow, [number, number, number]>(EVENTS);
        for (let rows = read.all(0, until, SLICE); rows.length > 0;) {
          yield rows.flatMap(toEvent);
          rows = read.all(rows.at(-1)!.seq, until, SLICE);
        }
      } finally {
        db.run("DROP TABLE temp.standing");
      }
    },
  };
}

type PostRow = Omit<StandingPost, "sent" | "categories" | "isHidden" | "card"> & {
  readonly sent: string | null;
  readonly category: string | null;
  readonly further: string;
  readonly isHidden: 0 | 1;
  readonly head: string;
  readonly tail: string;
};

const POSTS = `
  SELECT id, sent, title, tags, summary, category_name AS category, further_categories AS further,
    max(0, min(created_at_ms, coalesce(first_seen_at_ms, created_at_ms))) AS createdAtMs,
    is_locked OR NOT is_public OR withdrawn_at_ms IS NOT NULL AS isHidden,
    card_head AS head, card_tail AS tail
  FROM post_id JOIN post USING (key) WHERE id > ? ORDER BY id LIMIT ?`;

function toPost({ sent, category, further, isHidden, head, tail, ...it }: PostRow): StandingPost {
  const names = [...(category === null ? [] : [category]), ...(JSON.parse(further) as string[])];
  return {
    ...it,
    ...(sent !== null && { sent }),
    categories: names,
    isHidden: isHidden === 1,
    card: { head, tail },
  };
}

type UserRow = Omit<StandingUser, "sent"> & { readonly sent: string | null };

const USERS = `
  SELECT id, sent, username, bio
  FROM user_id JOIN user USING (key) WHERE id > ? ORDER BY id LIMIT ?`;

type EventRow = Omit<StandingEvent, "kind" | "isWithdrawal"> & {
  readonly seq: number;
  readonly kind: number;
  readonly action: number;
};

const NEWEST = "SELECT coalesce(max(seq), 0) AS until FROM event";

/** Codes of built-in signals as an SQL list; added ones toggle. */
const codesThat = (repeats: "adds" | "replaces") =>
  `(${Object.values(SIGNALS).filter((it) => it.repeats === repeats).map((it) => it.code).join()})`; // prettier-ignore
/** Events that count each time: apps' of such a kind. Upstream has one event per user, post and kind. */
const IS_ONE_MORE = `(kind IN ${codesThat("adds")} AND origin <> '${UPSTREAM}')`;
const IS_TOGGLED = `kind NOT IN ${codesThat("adds")} AND kind NOT IN ${codesThat("replaces")}`;

// Of each user, post and kind the last event that was done, and the last of all if that took it back. One
// whose kind apps can't take back (a rating) is gone then. Its two keys in one number: the last bit is the action.
const FIND_STANDING = `
  INSERT INTO temp.standing
  WITH place AS MATERIALIZED (
    SELECT kind, max(2 * seq + action) AS newest, max(CASE action WHEN ${ACTIONS.done} THEN seq END) AS done
    FROM event WHERE seq <= ? AND action IN (${ACTIONS.done}, ${ACTIONS.withdrawn}) AND NOT ${IS_ONE_MORE}
    GROUP BY user, post, kind)
  SELECT done FROM place WHERE done IS NOT NULL AND (newest % 2 = ${ACTIONS.done} OR ${IS_TOGGLED})
  UNION ALL SELECT newest / 2 FROM place WHERE newest % 2 = ${ACTIONS.withdrawn} AND ${IS_TOGGLED}`;

const EVENTS = `
  SELECT seq, user_id.id AS userId, post_id.id AS postId, kind, action, value, watched_ms AS watchedMs,
    duration_ms AS durationMs, client_id AS clientId, recommendation_id AS recommendationId, session,
    CASE origin WHEN '${UPSTREAM}' THEN min(at_ms, received_at_ms) ELSE at_ms END AS atMs
  FROM event JOIN user_id ON user_id.key = user JOIN post_id ON post_id.key = post
  WHERE seq > ? AND seq <= ?
    AND ((action = ${ACTIONS.done} AND ${IS_ONE_MORE}) OR seq IN temp.standing)
  ORDER BY seq LIMIT ?`;

function toEvent({ seq: _, kind: code, action, ...it }: EventRow): StandingEvent[] {
  const kind = signalNamed(code); // a newer version's code has none
  return kind === undefined ? [] : [{ ...it, kind, isWithdrawal: action === ACTIONS.withdrawn }];
}
