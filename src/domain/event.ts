/** Events: what users do to posts. */
import type { PostId, UserId } from "./ids.ts";
import type { SignalName } from "./known-signals.ts";

/** An event as apps and upstream send it. */
export type Event = {
  readonly userId: UserId;
  readonly postId: PostId;
  readonly kind: SignalName;
  /** In the unit of its kind; 1 without one. */
  readonly value: number;
  /** Time that the video was watched, milliseconds. */
  readonly watchedMs?: number;
  /** Length of the video, milliseconds; without it the post's. */
  readonly durationMs?: number;
  /** Claimed time of the event, Unix epoch milliseconds; may be in the future. */
  readonly claimedAtMs: number;
  /** The earlier event no longer holds, as after an unlike; the post still counts as seen. */
  readonly isWithdrawal?: boolean;
  /** Id of the event among its user's: an event that is sent twice is stored once. */
  readonly clientId?: string;
  /** Id of the reply that showed the post. */
  readonly recommendationId?: string;
  /** Session of the app in which it happened. */
  readonly session?: string;
};

/** A store at a moment. */
export type StoreMark = {
  /** Random, made with the store. Keys are only valid in the store that made them. */
  readonly identity: string;
  /** Seq of the newest event; infinite for a read-only store, which may miss newer ones. */
  readonly seq: number;
};
