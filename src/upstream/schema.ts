/**
 * Foreign rows to domain values. Foreign field names stop in this folder; card.ts hands on the ones
 * clients know. A row that can't be read is `undefined`; nothing here throws.
 */
import type { Interaction, InteractionKind, Post, PostId, User, UserId } from "../domain.ts";
import { toCard } from "./card.ts";
import { count, finite, flag, id, number, record, text, timeMs } from "./fields.ts";
import { flattenSummary, leaves } from "./summary.ts";

/** A post row; `undefined` if it has no id. */
export function toPost(value: unknown): Post | undefined {
  const row = record(value);
  const postId = id(row?.["id"]);
  if (row === undefined || postId === undefined) return undefined;
  return {
    id: postId as PostId,
    category: toCategory(row["category"]),
    topic: toTopic(row["topic"]),
    title: text(row["title"]).trim(),
    slug: text(row["slug"]),
    tags: leaves(row["tags"]).join(", "),
    summary: flattenSummary(row["post_summary"]),
    isLocked: flag(row["is_locked"], false),
    isPublic: flag(row["is_available_in_public_feed"], true),
    createdAtMs: timeMs(row["created_at"]) ?? 0,
    viewCount: count(row["view_count"]),
    exitCount: count(row["exit_count"]),
    upvoteCount: count(row["upvote_count"]),
    ratingCount: count(row["rating_count"]),
    averageRating: number(row["average_rating"]),
    card: toCard(row, postId),
  };
}

function toCategory(value: unknown): Post["category"] {
  const row = record(value);
  const categoryId = id(row?.["id"]);
  return row === undefined || categoryId === undefined
    ? undefined
    : { id: categoryId, name: text(row["name"]).trim() };
}

function toTopic(value: unknown): Post["topic"] {
  const row = record(value);
  return row && { code: text(row["project_code"]).trim(), name: text(row["name"]).trim() };
}

/** A user row, without all that recommending has no use for; `undefined` if it has no id. */
export function toUser(value: unknown): User | undefined {
  const row = record(value);
  const userId = id(row?.["id"]);
  if (row === undefined || userId === undefined) return undefined;
  return {
    id: userId as UserId,
    username: text(row["username"]),
    bio: text(row["bio"]).trim(),
    role: text(row["role"]),
    userType: text(row["user_type"]),
    postCount: count(row["post_count"]),
    followingCount: count(row["following_count"]),
    followerCount: count(row["follower_count"]),
    shareCount: count(row["share_count"]),
    inspiredCount: count(row["total_inspired_user_count"]),
  };
}

const TIME_KEYS: Readonly<Record<InteractionKind, string>> = {
  view: "viewed_at",
  like: "liked_at",
  inspire: "inspired_at",
  rating: "rated_at",
};

/** An interaction row of the endpoint for `kind`; `undefined` if it lacks who, what, when or how much. */
export function toInteraction(kind: InteractionKind, foreign: unknown): Interaction | undefined {
  const row = record(foreign) ?? {};
  const userId = id(row["user_id"]);
  const postId = id(row["post_id"]);
  const claimedAtMs = timeMs(row[TIME_KEYS[kind]]);
  const value = kind === "rating" ? finite(row["rating_percent"]) : 1;
  if (userId === undefined || postId === undefined) return undefined;
  if (claimedAtMs === undefined || value === undefined) return undefined;
  return { userId: userId as UserId, postId: postId as PostId, kind, value, claimedAtMs };
}
