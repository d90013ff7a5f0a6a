/** Checked rows as posts, users and events of the domain. */
import type { Event } from "../../domain/event.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import type { Post } from "../../domain/post.ts";
import { signalOf } from "../../domain/known-signals.ts";
import type { User } from "../../domain/user.ts";
import { NAMED_CATEGORY, toCard } from "../socialverse/card.ts";
import type { Foreign } from "../socialverse/fields.ts";
import type { Row } from "./row.ts";
import { storedRow } from "./stored.ts";

/** A post that an app has sent. Without a time of creation, it is as old as its arrival. */
export function toPost(row: Row<"posts">, receivedAtMs: number): Post {
  const {
    title,
    text = "",
    category = [],
    tags = [],
    created_at: createdAtMs = receivedAtMs,
  } = row;
  const shown = { isLocked: false, isPublic: row.hidden !== true };
  return {
    id: row.id as PostId,
    ...shown,
    categories: category.map((name) => ({ name })),
    topic: undefined,
    title: title.trim(),
    slug: "",
    tags: tags.join(", "),
    summary: text.trim(),
    createdAtMs,
    expiresAtMs: row.expires_at,
    durationMs: row.duration_ms,
    viewCount: 0,
    exitCount: 0,
    upvoteCount: 0,
    ratingCount: 0,
    averageRating: 0,
    card: toCard(feedRow(row, createdAtMs), row.id as PostId, shown, NAMED_CATEGORY),
    sent: storedRow("posts", row),
  };
}

/** The row that Socialverse would send of the post: what `/feed` can show of it. */
function feedRow({ title, category, tags, creator, card }: Row<"posts">, createdAtMs: number) {
  const [name] = category ?? [];
  const own: unknown = card === undefined ? {} : JSON.parse(card);
  const { video_link, video_url = video_link, thumbnail_url } = Object(own) as Foreign;
  return {
    username: creator ?? "",
    category: name === undefined ? [] : { id: name, name },
    title,
    tags,
    created_at: new Date(createdAtMs).toISOString(),
    video_link: video_url,
    thumbnail_url,
  };
}

/** A user that an app has sent. */
export function toUser(row: Row<"users">): User {
  return {
    id: row.id as UserId,
    username: row.name ?? "",
    bio: row.text?.trim() ?? "",
    role: "",
    userType: "",
    postCount: 0,
    followingCount: 0,
    followerCount: 0,
    shareCount: 0,
    inspiredCount: 0,
    sent: storedRow("users", row),
  };
}

/** An event that an app has sent. One of a kind that can be taken back is withdrawn by the value 0. */
export function toEvent(row: Row<"events">, receivedAtMs: number): Event {
  const { value = 1 } = row;
  return {
    userId: row.user as UserId,
    postId: row.post as PostId,
    kind: row.kind,
    value,
    claimedAtMs: row.at ?? receivedAtMs,
    ...(row.watched_ms !== undefined && { watchedMs: row.watched_ms }),
    ...(row.duration_ms !== undefined && { durationMs: row.duration_ms }),
    ...(value === 0 && signalOf(row.kind).repeats === "lasts" && { isWithdrawal: true }),
    ...(row.id !== undefined && { clientId: row.id }),
    ...(row.recommendation_id !== undefined && { recommendationId: row.recommendation_id }),
    ...(row.session !== undefined && { session: row.session }),
  };
}
