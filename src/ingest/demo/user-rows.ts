/** The demo's accounts as rows of `/users/get_all`: upstream's 36 keys, in its order. */
import { between, type Random } from "../../linalg/random.ts";
import type { DemoPost } from "./catalogue.ts";
import { authorOf, MEDIA_URL, timestamp } from "./post-rows.ts";
import type { DemoEvent } from "./events.ts";
import type { Viewer } from "./viewers.ts";

type Account = {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly username: string;
  readonly bio: string;
  readonly user_type: string | null;
  readonly last_login: string;
  readonly inspired: number;
  readonly posts: number;
  readonly followers: number;
};

/** The row of a creator, whose id is their number. */
export function creatorRow(
  random: Random,
  creator: number,
  posts: readonly DemoPost[],
  inspired: number,
): object {
  const themes = new Set(posts.map(({ theme }) => theme.name.toLowerCase()));
  return userRow(random, {
    ...authorOf(creator),
    id: creator,
    bio: `Videos about ${[...themes].join(", ")}.`,
    last_login: "",
    inspired,
    posts: posts.length,
    followers: 2 * inspired + between(random, 0, 40),
  });
}

/** The row of a viewer. */
export function viewerRow(random: Random, viewer: Viewer, lastView: DemoEvent | undefined): object {
  return userRow(random, {
    id: viewer.id,
    first_name: "Viewer",
    last_name: String(viewer.number).padStart(3, "0"),
    username: viewer.username,
    bio: viewer.bio,
    user_type: random() < 0.03 ? "hirer" : null,
    last_login: lastView === undefined ? "" : timestamp(lastView.atMs),
    inspired: 0,
    posts: 0,
    followers: between(random, 0, 6),
  });
}

function userRow(random: Random, account: Account): object {
  const { id, first_name, last_name, username, bio, user_type, last_login } = account;
  return {
    id,
    first_name,
    last_name,
    username,
    twitter_url: "",
    twitter_username: "",
    twitter_profile_url: "",
    email: `user-${id}@example.test`,
    gender: "",
    role: id === 1 ? "A" : "U",
    profile_url: `${MEDIA_URL}/people/${id}.png`,
    bio,
    user_type,
    hourly_rate: 0,
    currency: "USD",
    website_url: "",
    "instagram-url": null,
    youtube_url: null,
    tictok_url: null,
    isVerified: false,
    referral_code: String(id).padStart(10, "0"),
    has_wallet: false,
    last_login,
    share_count: between(random, 0, 3),
    total_reward_points: 0,
    referral_point: 0,
    referral_count: 0,
    total_inspired_user_count: account.inspired,
    daily_login_streak: last_login === "" ? 0 : between(random, 0, 9),
    post_count: account.posts,
    following_count: between(random, 0, 12),
    follower_count: account.followers,
    is_verified: false,
    is_online: false,
    latitude: "",
    longitude: "",
  };
}
