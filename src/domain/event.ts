/** What people do to posts. */
import type { PostId, UserId } from "./ids.ts";
import type { SignalName } from "./signals.ts";

/** What a user did to a post, and when; or that they took it back. */
export type Event = {
  readonly userId: UserId;
  readonly postId: PostId;
  readonly kind: SignalName;
  /** In the unit of its kind; 1 without one. */
  readonly value: number;
  /** When it happened, as claimed, Unix epoch milliseconds; may lie in the future. */
  readonly claimedAtMs: number;
  /** It no longer holds, as after an unlike. It still counts as seen. */
  readonly isWithdrawal?: boolean;
  /** Names the event among its user's: one that comes twice is kept once. */
  readonly clientId?: string;
  /** The reply that showed the post. */
  readonly recommendationId?: string;
};
