/**
 * Conversion of foreign rows to domain values. Foreign field names stop in this folder, except those
 * that card.ts passes on to clients. An unreadable row is `undefined`; nothing here throws.
 */
import type { Event } from "../../domain/event.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import type { Post } from "../../domain/post.ts";
import type { User } from "../../domain/user.ts";
import { PERCENT, SIGNALS, type SyncedName } from "../../domain/signals.ts";
import { tagNames, toCard } from "./card.ts";
import type { Foreign } from "./fields.ts";
import {
  count,
  fault,
  finite,
  flag,
  id,
  numericId,
  percent,
  rating,
  record,
  text,
  timeMs,
  withoutAddresses,
} from "./fields.ts";
import { flattenSummary } from "./summary.ts";

/** Called with the reason why a row, or one of its flags, can't be read: our words, never a foreign value. */
export type OnUnreadable = (reason: string) => void;

/** Options of a reader. An object, since `rows.map(toPost)` passes an index as the second argument. */
type ReadOptions = { readonly onUnreadable?: OnUnreadable };

const IGNORE: OnUnreadable = () => {};

/** A post row; `undefined` if it has no id. A flag that can't be read hides it. */
export function toPost(
  value: unknown,
  { onUnreadable = IGNORE }: ReadOptions = {},
): Post | undefined {
  const [row, postId] = identified<PostId>(value, "id", onUnreadable);
  if (postId === undefined) return undefined;
  const shown = {
    isLocked: flagOf(row, "is_locked", { absent: false, unreadable: true }, onUnreadable),
    isPublic: flagOf(
      row,
      "is_available_in_public_feed",
      { absent: true, unreadable: false },
      onUnreadable,
    ),
  };
  return {
    id: postId,
    categories: toCategories(row["category"], onUnreadable),
    topic: toTopic(row["topic"]),
    title: text(row["title"]).trim(),
    slug: text(row["slug"]),
    tags: tagNames(row["tags"]).join(", "),
    summary: flattenSummary(row["post_summary"]),
    ...shown,
    createdAtMs: timeMs(row["created_at"]) ?? 0,
    viewCount: count(row["view_count"]),
    exitCount: count(row["exit_count"]),
    upvoteCount: count(row["upvote_count"]),
    ratingCount: count(row["rating_count"]),
    averageRating: percent(row["average_rating"]),
    card: toCard(row, postId, shown),
  };
}

function toCategories(value: unknown, onUnreadable: OnUnreadable): Post["categories"] {
  const row = record(value);
  if (row === undefined) return [];
  const categoryId = numericId(row["id"]);
  if (categoryId !== undefined) return [{ id: categoryId, name: text(row["name"]).trim() }];
  onUnreadable(`category.id ${fault(row["id"])}, left without category`);
  return [];
}

function toTopic(value: unknown): Post["topic"] {
  const row = record(value);
  return row && { code: text(row["project_code"]).trim(), name: text(row["name"]).trim() };
}

function flagOf(
  row: Foreign,
  key: string,
  otherwise: { readonly absent: boolean; readonly unreadable: boolean },
  onUnreadable: OnUnreadable,
): boolean {
  const found = flag(row[key], otherwise.absent);
  if (found === undefined) onUnreadable(`${key} ${fault(row[key])}, hidden`);
  return found ?? otherwise.unreadable;
}

/** A user row with only the fields that ranking reads; `undefined` if it has no id. */
export function toUser(
  value: unknown,
  { onUnreadable = IGNORE }: ReadOptions = {},
): User | undefined {
  const [row, userId] = identified<UserId>(value, "id", onUnreadable);
  if (userId === undefined) return undefined;
  return {
    id: userId,
    username: text(row["username"]),
    bio: withoutAddresses(text(row["bio"])).trim(),
    role: text(row["role"]),
    userType: text(row["user_type"]),
    postCount: count(row["post_count"]),
    followingCount: count(row["following_count"]),
    followerCount: count(row["follower_count"]),
    shareCount: count(row["share_count"]),
    inspiredCount: count(row["total_inspired_user_count"]),
  };
}

/** An event of the endpoint for `kind`; `undefined` if it lacks its user, post, time or value. */
export function toEvent(
  kind: SyncedName,
  foreign: unknown,
  { onUnreadable = IGNORE }: ReadOptions = {},
): Event | undefined {
  const [row, userId] = identified<UserId>(foreign, "user_id", onUnreadable);
  if (userId === undefined) return undefined;
  const missing = (key: string) => void onUnreadable(`${key} ${fault(row[key])}`);
  const postId = id(row["post_id"]);
  if (postId === undefined) return missing("post_id");
  const { timeKey, valueKey } = SIGNALS[kind].socialverse;
  const claimedAtMs = timeMs(row[timeKey]);
  if (claimedAtMs === undefined) return missing(timeKey);
  const given = valueKey && row[valueKey];
  const value = valueKey === undefined ? 1 : rating(given);
  const outside = `outside ${PERCENT.min} to ${PERCENT.max}`;
  if (value === undefined)
    return void onUnreadable(`${valueKey} ${finite(given) === undefined ? fault(given) : outside}`);
  return { userId, postId: postId as PostId, kind, value, claimedAtMs };
}

const NO_ROW: Foreign = {};

/** A row as an object, and its id; without a readable id the row is unreadable. */
function identified<Id extends string>(
  value: unknown,
  key: string,
  onUnreadable: OnUnreadable,
): readonly [row: Foreign, id: Id | undefined] {
  const row = record(value);
  const found = id(row?.[key]);
  const kind = typeof value === "number" ? "a number" : fault(value);
  if (found === undefined) onUnreadable(row ? `${key} ${fault(row[key])}` : `row ${kind}`);
  return [row ?? NO_ROW, found as Id | undefined];
}
