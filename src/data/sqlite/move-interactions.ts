/** Migration 7: the table of current interactions becomes the log of events. */
import type { Database } from "bun:sqlite";
import { ACTIONS, UPSTREAM } from "../history.ts";

/** Called with the number of rewritten rows of a store of an older build. */
export type MigrationProgress = (done: number, total: number) => void;

/** Rows between two reports of progress. */
const REPORT_EVERY = 5_000;

type Values = Readonly<Record<string, string | number>>;

type Interaction = {
  readonly user: number;
  readonly post: number;
  readonly kind: number;
  readonly value: number;
  readonly atMs: number;
  readonly fetchedAtMs: number;
  readonly withdrawnAtMs: number | null;
  readonly origin: string;
  readonly lastScan: number;
};

/** Appends every interaction and its withdrawal as events: user by user, in the order of receipt. */
export function moveInteractions(db: Database, onProgress: MigrationProgress): void {
  const { count, interactions, append, pointTo } = prepare(db);
  const total = count.get()!.n;
  if (total === 0) return;
  let done = 0;
  const move = (own: readonly Interaction[]) => {
    const events = own.flatMap((it) => [
      { it, action: ACTIONS.done, receivedAtMs: it.fetchedAtMs, atMs: it.atMs },
      ...(it.withdrawnAtMs === null
        ? []
        : [
            {
              it,
              action: ACTIONS.withdrawn,
              receivedAtMs: it.withdrawnAtMs,
              atMs: it.withdrawnAtMs,
            },
          ]),
    ]);
    for (const { it, ...rest } of events.sort((a, b) => a.receivedAtMs - b.receivedAtMs)) {
      const { user, post, kind, value, origin, lastScan } = it;
      const { seq } = append.get({ user, post, kind, value, origin, ...rest })!;
      if (it.withdrawnAtMs === null && origin === UPSTREAM)
        pointTo.run({ user, post, kind, seq, lastScan });
    }
    for (const _ of own) if (++done % REPORT_EVERY === 0) onProgress(done, total);
  };
  onProgress(0, total);
  let own: Interaction[] = [];
  for (const it of interactions.iterate()) {
    if (own[0] !== undefined && own[0].user !== it.user) move(own.splice(0));
    own.push(it);
  }
  move(own);
  onProgress(total, total);
}

function prepare(db: Database) {
  return {
    count: db.query<{ n: number }, []>("SELECT count(*) AS n FROM interaction"),
    interactions: db.query<Interaction, []>(`
      SELECT user_id.key AS user, post_id.key AS post, kind, value, claimed_at_ms AS atMs,
        fetched_at_ms AS fetchedAtMs, withdrawn_at_ms AS withdrawnAtMs, origin,
        last_scan AS lastScan
      FROM interaction CROSS JOIN user_id ON user_id.id = CAST(interaction.user_id AS TEXT)
        CROSS JOIN post_id ON post_id.id = CAST(interaction.post_id AS TEXT)
      ORDER BY interaction.user_id`),
    append: db.query<{ seq: number }, [Values]>(`
      INSERT INTO event (user, post, kind, action, value, at_ms, received_at_ms, origin)
      VALUES ($user, $post, $kind, $action, $value, $atMs, $receivedAtMs, $origin) RETURNING seq`),
    pointTo: db.query<void, [Values]>(
      "INSERT INTO scanned_event VALUES ($user, $post, $kind, $seq, $lastScan)",
    ),
  };
}
