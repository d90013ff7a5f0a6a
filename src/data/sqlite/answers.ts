/** Reads what a user did since a time, from the event log. */
import type { Database } from "bun:sqlite";
import type { UserKey } from "../../domain/ids.ts";
import type { Answer, EventLog } from "../contract.ts";
import { pause } from "../../runtime/time-slicing.ts";
import { ACTIONS } from "../history.ts";

/** Events that are read at once. */
const SLICE = 500;

/** The reader of `db`. */
export function answersIn(db: Database): EventLog["answers"] {
  const ends = db.query<{ first: number | null; last: number | null }, []>(
    "SELECT (SELECT min(seq) FROM event) AS first, (SELECT max(seq) FROM event) AS last",
  );
  const receipt = db.query<{ atMs: number }, [number]>(
    "SELECT received_at_ms AS atMs FROM event WHERE seq >= ? ORDER BY seq LIMIT 1",
  );
  const since = db.query<Answer & { seq: number }, [UserKey, number, number, number]>(`
    SELECT seq, post, kind, min(at_ms, received_at_ms) AS atMs, watched_ms AS watchedMs,
      coalesce(duration_ms, (SELECT post.duration_ms FROM post WHERE post.key = event.post)) AS durationMs,
      recommendation_id AS recommendationId
    FROM event WHERE user = ? AND seq >= ? AND action = ${ACTIONS.done} AND post > 0
      AND min(at_ms, received_at_ms) >= ? ORDER BY seq LIMIT ?`);
  let known: { readonly sinceMs: number; readonly seq: number } | undefined;

  /** The first seq received at a time or later: no earlier event is of that time. */
  function seqAt(sinceMs: number): number {
    if (known?.sinceMs === sinceMs) return known.seq;
    const { first, last } = ends.get()!;
    let [low, high] = [first ?? 1, (last ?? 0) + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (receipt.get(middle)!.atMs < sinceMs) low = middle + 1;
      else high = middle;
    }
    known = { sinceMs, seq: low };
    return low;
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
