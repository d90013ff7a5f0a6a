/** Posts, and how `/feed` sends them. */
import type { PostId } from "./ids.ts";

/** A video post: the fields that ranking reads, and its card for `/feed`. */
export type Post = {
  readonly id: PostId;
  /** The first is its main one. */
  readonly categories: readonly Category[];
  /** `undefined` for a post without topic, as nearly all are; `code` is its project code. */
  readonly topic: { readonly code: string; readonly name: string } | undefined;
  readonly title: string;
  readonly slug: string;
  /** Tags, joined by ", ". */
  readonly tags: string;
  /** Upstream's analysis of the video as text, most telling parts first. */
  readonly summary: string;
  readonly isLocked: boolean;
  /** True if the public feed may show it. */
  readonly isPublic: boolean;
  /** Unix epoch milliseconds; may lie in the future. */
  readonly createdAtMs: number;
  /** From when on it may not be shown, Unix epoch milliseconds. */
  readonly expiresAtMs?: number | undefined;
  /** Length of the video, milliseconds. */
  readonly durationMs?: number | undefined;
  readonly viewCount: number;
  readonly exitCount: number;
  readonly upvoteCount: number;
  readonly ratingCount: number;
  /** Percent, may be negative. */
  readonly averageRating: number;
  readonly card: Card;
  /** JSON of the fields as an app sent them; `undefined` for a post of Socialverse. */
  readonly sent?: string;
};

/** A category: its trimmed name, and its number where Socialverse gave it one. */
export type Category = { readonly id?: number; readonly name: string };

/**
 * A post as `/feed` sends it, a JSON object cut in two: `head` ends before the three flags that
 * depend on the asking user, `tail` begins after them (with a comma).
 */
export type Card = { readonly head: string; readonly tail: string };
