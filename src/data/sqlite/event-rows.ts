/** Rows of the event table: made from events, and appended. */
import type { Database } from "bun:sqlite";
import type { Event } from "../../domain/event.ts";
import type { PostId, PostKey, UserId, UserKey } from "../../domain/ids.ts";
import { signalOf } from "../../domain/known-signals.ts";
import type { Receipt } from "../changes.ts";
import { ACTIONS } from "../history.ts";
import type { HeldEvent } from "../log-entries.ts";
import { keyGiver } from "./ids.ts";

/** A row of the event table without its seq. */
export type EventRow = Omit<HeldEvent, "seq" | "userId" | "postId" | "kind" | "isWithdrawal"> & {
  readonly user: UserKey;
  readonly post: PostKey;
  /** Code of its signal. */
  readonly kind: number;
  readonly action: number;
};

/** A row without post, kind and client, to be completed. */
export const BLANK_ROW = {
  post: 0 as PostKey,
  kind: 0,
  value: 0,
  watchedMs: null,
  durationMs: null,
  origin: "",
  clientId: null,
  recommendationId: null,
  session: null,
} as const;

/** Functions that append to the log; both must be called inside a transaction. */
export function appender(db: Database) {
  const userKeyOf = keyGiver<UserId, UserKey>(db, "user_id");
  const postKeyOf = keyGiver<PostId, PostKey>(db, "post_id");
  const insert = db.query<void, [EventRow]>(`
    INSERT INTO event (user, post, kind, action, value, watched_ms, duration_ms, at_ms,
      received_at_ms, origin, client_id, recommendation_id, session)
    VALUES ($user, $post, $kind, $action, $value, $watchedMs, $durationMs, $atMs,
      $receivedAtMs, $origin, $clientId, $recommendationId, $session)
    ON CONFLICT DO NOTHING`);
  return {
    /** Adds a row; returns its seq, or `undefined` if the client has sent it before. */
    add: (row: EventRow): number | undefined => {
      const { changes, lastInsertRowid } = insert.run(row);
      return changes > 0 ? Number(lastInsertRowid) : undefined;
    },
    /** An event as a row. Unknown users and posts get keys. */
    rowOf: (it: Event, { receivedAtMs, origin }: Receipt): EventRow => ({
      user: userKeyOf(it.userId),
      post: postKeyOf(it.postId),
      kind: signalOf(it.kind).code,
      action: it.isWithdrawal ? ACTIONS.withdrawn : ACTIONS.done,
      value: it.value,
      watchedMs: it.watchedMs ?? null,
      durationMs: it.durationMs ?? null,
      atMs: it.claimedAtMs,
      receivedAtMs,
      origin,
      clientId: it.clientId ?? null,
      recommendationId: it.recommendationId ?? null,
      session: it.session ?? null,
    }),
  };
}
