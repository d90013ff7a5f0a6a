/** What people do to posts. */
import type { PostId, UserId } from "./ids.ts";
import type { SignalName } from "./signals.ts";

/** What a user did to a post, and when. */
export type Interaction = {
  readonly userId: UserId;
  readonly postId: PostId;
  readonly kind: SignalName;
  /** In the unit of its kind; 1 without one. */
  readonly value: number;
  /** When upstream says it happened, Unix epoch milliseconds; may lie in the future. */
  readonly claimedAtMs: number;
};
