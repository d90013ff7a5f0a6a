/** What people do to posts. */
import type { PostId, UserId } from "./ids.ts";

/** What a user can do to a post; its place in this list is its code in columns and in the store. */
export const INTERACTION_KINDS = ["view", "like", "inspire", "rating"] as const;
export type InteractionKind = (typeof INTERACTION_KINDS)[number];

/** What a user did to a post, and when. */
export type Interaction = {
  readonly userId: UserId;
  readonly postId: PostId;
  readonly kind: InteractionKind;
  /** Rating in percent, −98 to 100; 1 for every other kind. */
  readonly value: number;
  /** When upstream says it happened, Unix epoch milliseconds; may lie in the future. */
  readonly claimedAtMs: number;
};
