/** Rows as Socialverse sends them: builders with every key in its place, and a folder of them. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** The six lists upstream serves. */
export const LISTS = ["users", "posts", "view", "like", "inspire", "rating"] as const;
export type ListName = (typeof LISTS)[number];

/** One row of a reply, whatever its keys. */
export type Row = { id: number; [key: string]: unknown };

/** All that upstream holds. Tests change it while it is served: edits, removals, withdrawals. */
export type Dataset = Record<ListName, Row[]>;

/** A dataset without rows. */
export function emptyDataset(): Dataset {
  return { users: [], posts: [], view: [], like: [], inspire: [], rating: [] };
}

const FILES = {
  users: "users_get_all",
  posts: "posts_summary_get",
  view: "posts_view",
  like: "posts_like",
  inspire: "posts_inspire",
  rating: "posts_rating",
} as const satisfies Record<ListName, string>;

/**
 * Read a folder of JSON files named after their endpoints (`posts_like.page1.json`,
 * `users_get_all.json`, …); each holds a list of rows or a whole reply.
 */
export async function readDataset(folder: string): Promise<Dataset> {
  const data = emptyDataset();
  const names = (await readdir(folder)).filter((it) => it.endsWith(".json")).sort();
  for (const list of LISTS)
    for (const name of names.filter((it) => it.startsWith(`${FILES[list]}.`)))
      data[list].push(...rowsOf(await Bun.file(join(folder, name)).json()));
  return data;
}

function rowsOf(content: Row[] | { posts?: Row[]; users?: Row[] }): Row[] {
  return Array.isArray(content) ? content : (content.posts ?? content.users ?? []);
}

/** A post with all 38 keys in upstream's order; `over` replaces and adds keys. */
export function postRow(id: number, over: Record<string, unknown> = {}): Row {
  return {
    id,
    category: { id: 2, name: "Vible", count: 708, description: "Good vibes", image_url: "" },
    topic: [],
    slug: `post-${id}`,
    title: `Post ${id}`,
    identifier: `p${id}`,
    comment_count: 0,
    upvote_count: 0,
    view_count: 0,
    exit_count: 0,
    rating_count: 0,
    average_rating: 0,
    share_count: 0,
    bookmark_count: 0,
    video_link: `https://video.example.test/${id}.mp4`,
    contract_address: "",
    chain_id: "",
    chart_url: "",
    baseToken: { address: "", name: "", symbol: "", image_url: "" },
    is_locked: false,
    created_at: 1_701_421_637_000,
    first_name: "Test",
    last_name: "Creator",
    username: "testcreator",
    user_type: null,
    has_evm_wallet: true,
    has_solana_wallet: true,
    is_viewed: false,
    upvoted: false,
    bookmarked: false,
    is_available_in_public_feed: true,
    thumbnail_url: `https://video.example.test/${id}.jpg`,
    gif_thumbnail_url: "",
    following: false,
    picture_url: "https://assets.example.test/profile/12.png",
    post_summary: [],
    tags: [],
    source_matrix: [],
    ...over,
  };
}

/** A user with all 36 keys in upstream's order; `over` replaces and adds keys. */
export function userRow(id: number, over: Record<string, unknown> = {}): Row {
  return {
    id,
    first_name: "Test",
    last_name: `User${id}`,
    username: `user${id}`,
    twitter_url: "",
    twitter_username: "",
    twitter_profile_url: "",
    email: `user${id}@example.test`,
    gender: "",
    role: "U",
    profile_url: "",
    bio: "",
    user_type: null,
    hourly_rate: 0,
    currency: "USD",
    website_url: "",
    "instagram-url": null,
    youtube_url: null,
    tictok_url: null,
    isVerified: false,
    referral_code: "0123456789",
    has_wallet: true,
    last_login: "",
    share_count: 0,
    total_reward_points: 0,
    referral_point: 0,
    referral_count: 0,
    total_inspired_user_count: 0,
    daily_login_streak: 0,
    post_count: 0,
    following_count: 0,
    follower_count: 0,
    is_verified: false,
    is_online: false,
    latitude: "",
    longitude: "",
    ...over,
  };
}

const TIME_KEYS = {
  view: "viewed_at",
  like: "liked_at",
  inspire: "inspired_at",
  rating: "rated_at",
} as const;

/** An event as the four event endpoints send it. */
export function eventRow(
  list: keyof typeof TIME_KEYS,
  it: { id: number; postId: number; userId: number; at: string; percent?: number },
): Row {
  const rating = list === "rating" ? { rating_percent: it.percent ?? 50 } : {};
  return { id: it.id, post_id: it.postId, user_id: it.userId, ...rating, [TIME_KEYS[list]]: it.at };
}

/** A time as events carry it: "YYYY-MM-DD HH:MM:SS" in UTC. */
export function upstreamTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}
