/** Reads what a user did since a time, from the event log. */
import type { Database } from "bun:sqlite";
import type { UserKey } from "../../domain/ids.ts";
import type { Answer, EventLog } from "../contract.ts";
import { pause } from "../../runtime/time-slicing.ts";
import { ACTIONS } from "../history.ts";
import { firstSeqAt } from "./first-seq.ts";

/** Events that are read at once. */
const SLICE = 500;

/** The reader of `db`. */
export function answersIn(db: Database): EventLog["answers"] {
  // No earlier event is of a time after its receipt.
  const receivedAt = firstSeqAt(db, "event", "received_at_ms", 0);
  const since = db.query<Answer & { seq: number }, [UserKey, number, number, number]>(`
    SELECT seq, post, kind, min(at_ms, received_at_ms) AS atMs, watched_ms AS watchedMs,
      coalesce(duration_ms, (SELECT post.duration_ms FROM post WHERE post.key = event.post)) AS durationMs,
      recommendation_id AS recommendationId
    FROM event WHERE user = ? AND seq >= ? AND action = ${ACTIONS.done} AND post > 0
      AND min(at_ms, received_at_ms) >= ? ORDER BY seq LIMIT ?`);
  let known: { readonly sinceMs: number; readonly seq: number } | undefined;

  function seqAt(sinceMs: number): number {
    if (known?.sinceMs !== sinceMs) known = { sinceMs, seq: receivedAt(sinceMs) };
    return known.seq;
  }

  return async (user, sinceMs) => {
    const answers: Answer[] = [];
    let seq = seqAt(sinceMs);
    for (let some; (some = since.all(user, seq, sinceMs, SLICE)).length > 0; await pause()) {
      for (const it of some) answers.push(it);
      seq = some.at(-1)!.seq + 1;
      if (some.length < SLICE) break;
    }
    return answers;
  };
}
