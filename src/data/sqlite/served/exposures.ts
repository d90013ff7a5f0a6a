/** Counts of impressions and completions in the served log's file. */
import type { Database } from "bun:sqlite";
import type { PostKey } from "../../../domain/ids.ts";
import type { Counted, Exposure, Exposures } from "../../exposures.ts";
import { inTime } from "../retry.ts";
import { BUSY_MS } from "./buffer.ts";

type State = Exposure & { readonly page: number; readonly event: number; readonly changes: number };

/** Opens the counts in `db`. */
export function exposuresOn(db: Database): Exposures {
  const state = db.query<State, []>(
    "SELECT page, event, impressions, completions, changes FROM counted",
  );
  const setState = db.query<void, [State]>(
    `UPDATE counted SET page = $page, event = $event, impressions = $impressions,
       completions = $completions, changes = $changes`,
  );
  const addTo = db.query<void, [Exposure & { post: PostKey; n: number }]>(
    `INSERT INTO exposure VALUES ($post, $impressions, $completions, $n)
     ON CONFLICT DO UPDATE SET impressions = impressions + excluded.impressions,
       completions = completions + excluded.completions, n = excluded.n`,
  );
  const changed = db.query<Exposure & { post: PostKey; n: number }, [number, number]>(
    "SELECT post, impressions, completions, n FROM exposure WHERE n > ? ORDER BY n LIMIT ?",
  );

  const add = db.transaction(
    (before: Counted, after: Counted, posts: ReadonlyMap<PostKey, Exposure>): boolean => {
      const { page, event, changes } = state.get()!;
      if (page !== before.page || event !== before.event) return false;
      let n = changes;
      for (const [post, exposure] of posts) addTo.run({ post, ...exposure, n: ++n });
      setState.run({ page: after.page, event: after.event, ...after.all, changes: n });
      return true;
    },
  );

  return {
    counted: async () => {
      const { page, event, impressions, completions } = state.get()!;
      return { page, event, all: { impressions, completions } };
    },
    add: (before, after, posts) => inTime(() => add.immediate(before, after, posts), BUSY_MS),
    changedAfter: async (n, most) => {
      const rows = changed.all(n, most);
      return { n: rows.at(-1)?.n ?? n, posts: rows.map(({ n: _, ...it }) => it) };
    },
  };
}
