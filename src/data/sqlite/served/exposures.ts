/** Counts of impressions and completions in the served log's file. */
import type { Database } from "bun:sqlite";
import type { PostKey } from "../../../domain/ids.ts";
import type { Completion, CountedEnds, Exposure, Exposures, Showing } from "../../exposures.ts";
import { retriedWhileBusy } from "../retry.ts";
import { BUSY_MS } from "./buffer.ts";
import type { ErasedUsers } from "./erased.ts";

/** Time after a showing within which a completion is due to it, milliseconds. */
const DUE_MS = 86_400_000;
/** Most that a client's clock may be behind, milliseconds. */
const SKEW_MS = 60_000;
/** Least number of showings deleted with a step of counting, once no completion can be due to them: some 2 ms. */
const DELETED_MIN = 500;
/** Showings deleted for each that is added, so that they become fewer. */
const DELETED_PER_SHOWING = 2;

type State = CountedEnds & Exposure & { readonly changes: number };
type Marks = { readonly isNew: 0 | 1; readonly isSampled: 0 | 1 };
type Counts = Map<PostKey, { impressions: number; completions: number }>;

/** Opens the counts in `db`. */
export function exposuresOn(db: Database, erased: ErasedUsers): Exposures {
  const { state, setState, addTo, changed, remember, complete, deleteShown } = prepare(db);

  /** The showing that a completion is due to, which is then done with. */
  const showingOf = ({ userId, post, atMs }: Completion) =>
    complete.get(userId, post, atMs - DUE_MS, atMs + SKEW_MS);

  const add = db.transaction(
    (...[before, after, shown, completed]: Parameters<Exposures["add"]>): boolean => {
      const { page, event, impressions, completions, changes } = state.get()!;
      if (page !== before.page || event !== before.event) return false;
      const counts: Counts = new Map();
      const all = { impressions, completions };
      for (const it of shown) {
        const marks = [Number(it.isNew), Number(it.isSampled)] as const;
        if (!erased.since(it.userId, it.atMs)) remember.run(it.userId, it.post, it.atMs, ...marks);
        count(counts, all, "impressions", it.post, it);
      }
      for (const it of completed) {
        const showing = showingOf(it);
        if (showing !== null) count(counts, all, "completions", it.post, showing);
      }
      let n = changes;
      for (const [post, exposure] of counts) addTo.run({ post, ...exposure, n: ++n });
      const newest = shown.at(-1)?.atMs;
      const most = Math.max(DELETED_MIN, DELETED_PER_SHOWING * shown.length);
      if (newest !== undefined) deleteShown.run(newest - DUE_MS - SKEW_MS, most);
      setState.run({ page: after.page, event: after.event, ...all, changes: n });
      return true;
    },
  );

  return {
    ends: async () => {
      const { page, event } = state.get()!;
      return { page, event };
    },
    all: async () => {
      const { impressions, completions } = state.get()!;
      return { impressions, completions };
    },
    add: (...what) => retriedWhileBusy(() => add.immediate(...what), BUSY_MS),
    changedAfter: async (n, most) => {
      const rows = changed.all(n, most);
      return { n: rows.at(-1)?.n ?? n, posts: rows.map(({ n: _, ...it }) => it) };
    },
  };
}

function count(
  counts: Counts,
  all: { impressions: number; completions: number },
  what: keyof Exposure,
  post: PostKey,
  { isNew, isSampled }: Marks | Showing,
): void {
  if (isSampled) all[what]++;
  if (!isNew) return;
  const known = counts.get(post) ?? { impressions: 0, completions: 0 };
  known[what]++;
  counts.set(post, known);
}

function prepare(db: Database) {
  return {
    state: db.query<State, []>(
      "SELECT page, event, impressions, completions, changes FROM counted",
    ),
    setState: db.query<void, [State]>(
      `UPDATE counted SET page = $page, event = $event, impressions = $impressions,
       completions = $completions, changes = $changes`,
    ),
    addTo: db.query<void, [Exposure & { post: PostKey; n: number }]>(
      `INSERT INTO exposure VALUES ($post, $impressions, $completions, $n)
     ON CONFLICT DO UPDATE SET impressions = impressions + excluded.impressions,
       completions = completions + excluded.completions, n = excluded.n`,
    ),
    changed: db.query<Exposure & { post: PostKey; n: number }, [number, number]>(
      "SELECT post, impressions, completions, n FROM exposure WHERE n > ? ORDER BY n LIMIT ?",
    ),
    remember: db.query<void, [string, PostKey, number, number, number]>(
      "INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?, ?)",
    ),
    complete: db.query<Marks, [string, PostKey, number, number]>(
      `DELETE FROM shown WHERE user_id = ? AND post = ? AND at_ms BETWEEN ? AND ?
     RETURNING is_new AS isNew, is_sampled AS isSampled`,
    ),
    deleteShown: showingsDeleter(db),
  };
}

/** Deletes showings before a time, the given number at most; called inside a transaction. */
export const showingsDeleter = (db: Database) =>
  db.query<void, [untilMs: number, most: number]>(
    `DELETE FROM shown WHERE (user_id, post) IN
     (SELECT user_id, post FROM shown WHERE at_ms < ? ORDER BY at_ms LIMIT ?)`,
  );
