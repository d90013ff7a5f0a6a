/** Appends feedback: events of which the log may hold one already. */
import type { Database } from "bun:sqlite";
import { signalOf } from "../../domain/known-signals.ts";
import { again } from "../again.ts";
import type { Changes } from "../changes.ts";
import { ACTIONS, APP } from "../history.ts";
import { appender, type EventRow } from "./event-rows.ts";
import { ENDS_EARLIER } from "./migrations.ts";

/** The change; called inside a transaction. */
export function feedbackChange(db: Database): Pick<Changes, "appendFeedback"> {
  const { add, rowOf } = appender(db);
  const newest = db.query<Newest, [Place]>(`
    SELECT seq, action, value, at_ms AS atMs FROM event
    WHERE user = $user AND post = $post AND kind = $kind AND ${ENDS_EARLIER}
    ORDER BY seq DESC LIMIT 1`);
  const claimed = db.query<{ seq: number }, [Place & { atMs: number }]>(`
    SELECT seq FROM event WHERE (at_ms, user, post, kind, action) = ($atMs, $user, $post, $kind, ${ACTIONS.done})
      AND client_id IS NULL AND origin = '${APP}'`);

  /** Adds one more of what adds up. One that was withdrawn since is given again, once. */
  function addOneMore(row: EventRow): void {
    if (add(row) !== undefined) return;
    const { user, post, kind, atMs } = row;
    const withdrawn = newest.get({ user, post, kind });
    if (withdrawn !== null && claimed.get({ user, post, kind, atMs })!.seq < withdrawn.seq)
      add({ ...row, clientId: `again/${withdrawn.seq}/${atMs}` });
  }

  return {
    appendFeedback: (batch, receipt, overwrites) => {
      for (const event of batch) {
        const row = rowOf(event, receipt);
        if (signalOf(event.kind).repeats === "adds") {
          addOneMore(row);
          continue;
        }
        const { user, post, kind } = row;
        const before = newest.get({ user, post, kind });
        const isSame = before?.atMs === row.atMs && before.value === row.value;
        if (before === null) add(row);
        else if (before.action === ACTIONS.withdrawn || (overwrites && !isSame))
          add(rowOf(again(event), receipt));
      }
    },
  };
}

type Place = Pick<EventRow, "user" | "post" | "kind">;
type Newest = { seq: number; action: number; value: number; atMs: number };
