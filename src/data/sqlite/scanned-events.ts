/** Records the events of a scan. Table scanned_event has a row for each event that upstream sends, with its seq in the log. */
import type { Database } from "bun:sqlite";
import type { Event } from "../../domain/event.ts";
import { signalOf } from "../../domain/known-signals.ts";
import type { EventLog } from "../contract.ts";
import { UPSTREAM } from "../history.ts";
import type { Fetch, Recorded } from "../scans.ts";
import { appender, type EventRow } from "./event-rows.ts";

/** The newest event of one user, post and kind that upstream sent, and the last scan that saw it. */
type Known = {
  readonly value: number;
  readonly atMs: number;
  readonly receivedAtMs: number;
  readonly lastScan: number;
};
type Place = Pick<EventRow, "user" | "post" | "kind">;

/**
 * Records a batch. A known event is only marked as seen, so a scan without news appends nothing. Of
 * several rows with equal (user, post, kind), the newest counts. A signal that replaces (rating) also
 * takes an older value if a later scan sends it.
 */
export function recordScanned(db: Database): EventLog["record"] {
  const { add, rowOf } = appender(db);
  const { known, markSame, mark, pointTo } = prepare(db);

  function append(row: EventRow, scan: number): void {
    const { user, post, kind } = row;
    pointTo.run({ user, post, kind, seq: add(row)!, scan });
  }

  /** Records an event; "held" ones are decided at the end of the scan. */
  function recordOne(it: Event, { scan, atMs, isOver = false }: Fetch): "new" | "known" | "held" {
    const { userId, postId, value, claimedAtMs } = it;
    const { code } = signalOf(it.kind);
    // Nearly all rows of nearly all scans end here.
    const same = { userId, postId, kind: code, value, claimedAtMs, scan, nowMs: atMs };
    if (markSame.run(same).changes > 0) return "known";
    const row = rowOf(it, { receivedAtMs: atMs, origin: UPSTREAM });
    const { user, post, kind } = row;
    const place: Place = { user, post, kind };
    const before = known.get(place);
    const isSame = before?.atMs === row.atMs && before.value === row.value;
    const isNewer = before === null || before.atMs < row.atMs;
    const mayReplace = signalOf(it.kind).repeats === "replaces" && before?.lastScan !== scan;
    if (!isSame && !isNewer && mayReplace && !isOver) return "held";
    if (before === null || isNewer || (!isSame && mayReplace)) {
      append(row, scan);
      return "new";
    }
    // A future time counts as the time of receipt; once that moment has passed, the claimed time holds.
    const wasAhead = before.atMs > before.receivedAtMs && before.atMs <= atMs;
    if (wasAhead) append({ ...row, value: before.value, atMs: before.atMs }, scan);
    else mark.run({ ...place, scan });
    return "known";
  }

  const record = db.transaction((batch: readonly Event[], fetch: Fetch): Recorded => {
    const outcomes = batch.map((it) => recordOne(it, fetch));
    return {
      changed: outcomes.filter((it) => it === "new").length,
      held: batch.filter((_, n) => outcomes[n] === "held"),
    };
  });
  return async (batch, fetch) => record.immediate(batch, fetch);
}

const HERE = "user = $user AND post = $post AND kind = $kind";

function prepare(db: Database) {
  return {
    known: db.query<Known, [Place]>(`
      SELECT event.value, at_ms AS atMs, received_at_ms AS receivedAtMs, last_scan AS lastScan
      FROM scanned_event AS it JOIN event USING (seq)
      WHERE it.user = $user AND it.post = $post AND it.kind = $kind`),
    markSame: db.query<void, [Readonly<Record<string, string | number>>]>(`
      UPDATE scanned_event SET last_scan = $scan
      WHERE user = (SELECT key FROM user_id WHERE id = $userId)
        AND post = (SELECT key FROM post_id WHERE id = $postId) AND kind = $kind
        AND EXISTS (SELECT 1 FROM event WHERE event.seq = scanned_event.seq
          AND (value, at_ms) = ($value, $claimedAtMs)
          AND NOT (at_ms > received_at_ms AND at_ms <= $nowMs))`),
    mark: db.query<void, [Place & { scan: number }]>(
      `UPDATE scanned_event SET last_scan = $scan WHERE ${HERE}`,
    ),
    pointTo: db.query<void, [Place & { seq: number; scan: number }]>(`
      INSERT INTO scanned_event (user, post, kind, seq, last_scan)
      VALUES ($user, $post, $kind, $seq, $scan)
      ON CONFLICT DO UPDATE SET seq = $seq, last_scan = $scan`),
  };
}
