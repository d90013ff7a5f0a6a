/** The nouns every layer shares. No logic, no imports. */

/** Identifier given by the upstream API. Never a matrix row: see math/vocabulary.ts. */
export type UserId = number & { readonly __brand: "UserId" };
export type PostId = number & { readonly __brand: "PostId" };

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

/** A video post: what recommending reads of it, and what `/feed` sends of it. */
export type Post = {
  readonly id: PostId;
  /** `undefined` for a post without category. Names are trimmed. */
  readonly category: { readonly id: number; readonly name: string } | undefined;
  /** `undefined` for a post without topic, as nearly all are; `code` is its project code. */
  readonly topic: { readonly code: string; readonly name: string } | undefined;
  readonly title: string;
  readonly slug: string;
  /** Tags, joined by ", ". */
  readonly tags: string;
  /** What upstream's model wrote of the video, flattened to text: most telling parts first. */
  readonly summary: string;
  readonly isLocked: boolean;
  /** Whether it is available in the public feed. */
  readonly isPublic: boolean;
  /** Unix epoch milliseconds; may lie in the future. */
  readonly createdAtMs: number;
  readonly viewCount: number;
  readonly exitCount: number;
  readonly upvoteCount: number;
  readonly ratingCount: number;
  /** Percent, may be negative. */
  readonly averageRating: number;
  readonly card: Card;
};

/**
 * A post as `/feed` sends it, a JSON object cut in two: `head` ends before the three flags that
 * depend on the asking user, `tail` begins after them (with a comma).
 */
export type Card = { readonly head: string; readonly tail: string };

/** A person, as far as recommending needs to know one. */
export type User = {
  readonly id: UserId;
  readonly username: string;
  readonly bio: string;
  readonly role: string;
  /** "" if none is given. */
  readonly userType: string;
  readonly postCount: number;
  readonly followingCount: number;
  readonly followerCount: number;
  readonly shareCount: number;
  readonly inspiredCount: number;
};

/**
 * Stored interactions as columns, oldest first: entry n of every column speaks of the same one.
 * `kinds` holds places in {@link INTERACTION_KINDS}; `withdrawn` is 1 where it no longer holds
 * (an unlike), which still counts as seen.
 */
export type History = {
  readonly postIds: Float64Array;
  readonly kinds: Uint8Array;
  readonly values: Float32Array;
  /** Unix epoch milliseconds, never later than the moment it was fetched. */
  readonly atMs: Float64Array;
  readonly withdrawn: Uint8Array;
};

/** Everybody's histories in one piece: user u's entries are `rowStart[u]` up to `rowStart[u + 1]`. */
export type Histories = History & {
  /** One id a user, ascending. */
  readonly userIds: Float64Array;
  /** Users + 1 entries. */
  readonly rowStart: Uint32Array;
};
