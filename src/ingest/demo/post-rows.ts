/** The demo's posts as rows of `/posts/summary/get`: upstream's 38 keys, in its order. */
import { between, type Random } from "../../linalg/random.ts";
import { DEMO_START_MS, type DemoPost } from "./catalogue.ts";
import type { CategoryMaterial } from "./material.ts";
import { postSummary } from "./summary.ts";
import type { Counts } from "./events.ts";

/** Base URL of pictures and videos; nothing answers there. */
export const MEDIA_URL = "https://media.example.test";

/**
 * The row of a post.
 *
 * @param inCategory  Number of posts in its category.
 */
export function postRow(
  random: Random,
  post: DemoPost,
  counts: Counts,
  inCategory: number,
): object {
  const { id, creator } = post;
  return {
    id,
    category: post.hasCategory ? categoryRow(post.category, inCategory) : [],
    topic: post.hasTopic ? topicRow(creator) : [],
    slug: slugOf(random, post),
    title: post.isUntitled ? "" : post.name,
    identifier: characters(random, "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghkmnpqrstuvwxyz23456789", 7),
    comment_count: Math.round(counts.like * random()),
    upvote_count: counts.like,
    view_count: counts.view,
    exit_count: counts.exit,
    rating_count: counts.rating,
    average_rating: Math.round(counts.ratingSum / Math.max(1, counts.rating)) + 0, // never −0
    share_count: Math.round(0.3 * counts.like * random()),
    bookmark_count: Math.round(0.5 * counts.like * random()),
    video_link: `${MEDIA_URL}/posts/${id}.mp4`,
    contract_address: "",
    chain_id: "",
    chart_url: "",
    baseToken: { address: "", name: "", symbol: "", image_url: "" },
    is_locked: post.isLocked,
    created_at: post.createdAtMs,
    ...authorOf(creator),
    has_evm_wallet: false,
    has_solana_wallet: false,
    is_viewed: false,
    upvoted: false,
    bookmarked: false,
    is_available_in_public_feed: post.isPublic,
    thumbnail_url: `${MEDIA_URL}/posts/${id}.jpg`,
    gif_thumbnail_url: "",
    following: false,
    picture_url: `${MEDIA_URL}/people/${creator}.png`,
    post_summary: postSummary(random, post),
    tags: post.hasTopic ? ["challenge"] : [],
    source_matrix: [],
  };
}

/** Name fields of a creator. */
export function authorOf(creator: number) {
  const number = String(creator).padStart(2, "0");
  return {
    first_name: "Creator",
    last_name: number,
    username: `creator-${number}`,
    user_type: "creator",
  };
}

/** UTC as upstream writes it: "2026-11-20 00:00:00". */
export function timestamp(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace("T", " ");
}

function categoryRow({ id, name, description }: CategoryMaterial, count: number): object {
  return { id, name, count, description, image_url: `${MEDIA_URL}/categories/${id}.png` };
}

/** Upstream's only project code. */
function topicRow(creator: number): object {
  const { first_name, last_name, username, user_type } = authorOf(creator);
  return {
    id: 5,
    name: "Challenges",
    description: "Things to try for a few days, in company.",
    image_url: `${MEDIA_URL}/topics/5.png`,
    slug: "challenges",
    is_public: true,
    project_code: "flic",
    posts_count: 3,
    language: null,
    created_at: timestamp(DEMO_START_MS),
    owner: {
      username,
      first_name,
      last_name,
      name: `${first_name} ${last_name}`,
      profile_url: `${MEDIA_URL}/people/${creator}.png`,
      user_type,
    },
  };
}

/** A slug of the title, or a 40-digit hash, which is likelier for untitled posts. */
function slugOf(random: Random, { name, isUntitled }: DemoPost): string {
  if (random() < (isUntitled ? 0.6 : 0.3)) return characters(random, "0123456789abcdef", 40);
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}'“”]/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function characters(random: Random, alphabet: string, count: number): string {
  return Array.from(
    { length: count },
    () => alphabet[between(random, 0, alphabet.length - 1)],
  ).join("");
}
