/** A small dataset that holds every trap of the contract, and a plain one of any size. */
import { emptyDataset, eventRow, postRow, upstreamTime, userRow, type Dataset } from "./rows.ts";

/** Begins every value that must never be stored. */
export const PLANTED = "PLANTED";
/** A position that must never be stored, not even as a number. */
export const PLANTED_LATITUDE = 48.858370123;
/** Ids of rows that name a post, or a user, that no catalogue page holds. */
export const ORPHAN = { postId: 999, userId: 888 };
/** A time no clock has reached. */
export const FUTURE = "2099-01-01 00:00:00";
/** A slug without words. */
export const HASH_SLUG = "d5c8e3957f1c33625657ff35306d6fce07e36b37";

/** Every trap once. Users 1 to 8, posts 10 to 19; one row a list (but likes) can't be read. */
export function trapDataset(): Dataset {
  return {
    users: trapUsers(),
    posts: trapPosts(),
    view: [
      eventRow("view", { id: 10_726, postId: 10, userId: 1, at: "2024-11-24 20:26:04" }),
      eventRow("view", { id: 10_739, postId: 11, userId: 1, at: FUTURE }),
      eventRow("view", { id: 10_740, ...ORPHAN, at: "2024-11-25 00:00:00" }),
      eventRow("view", { id: 10_741, postId: 12, userId: 2, at: "0000-00-00 00:00:00" }),
    ],
    like: [
      eventRow("like", { id: 3, postId: 10, userId: 1, at: "2023-10-26 09:08:32" }),
      eventRow("like", {
        id: 4,
        postId: ORPHAN.postId,
        userId: 5,
        at: "2023-10-26 09:08:32",
      }),
    ],
    inspire: [
      eventRow("inspire", { id: 1, postId: 10, userId: 1, at: "2023-12-31 09:06:27" }),
      eventRow("inspire", { id: 2, postId: 10, userId: 1, at: "2024-02-01 00:00:00" }),
      eventRow("inspire", { id: 3, postId: 10, userId: 1, at: "2024-01-15 12:00:00" }),
      { id: 4, post_id: 10, inspired_at: "2024-01-15 12:00:00" },
    ],
    rating: [
      eventRow("rating", {
        id: 1,
        postId: 10,
        userId: 1,
        at: "2024-01-11 12:45:41",
        percent: 64,
      }),
      eventRow("rating", {
        id: 2,
        postId: 11,
        userId: 1,
        at: "2024-01-11 12:47:15",
        percent: -98,
      }),
      eventRow("rating", {
        id: 3,
        postId: 12,
        userId: 2,
        at: "2024-01-12 00:00:00",
        percent: 100,
      }),
      { id: 4, post_id: 13, user_id: 2, rating_percent: null, rated_at: "2024-01-12 00:00:00" },
    ],
  };
}

function trapUsers(): Dataset["users"] {
  return [
    userRow(1, { username: "ada", ...personal() }),
    userRow(2, { username: "Ada", latitude: PLANTED_LATITUDE, longitude: PLANTED_LATITUDE }),
    userRow(3, { username: "ada" }),
    userRow(4, { username: "12345" }),
    userRow(5, { username: "Zoë・ゾーイ", user_type: "creator", bio: "  Morning runs and tea  " }),
    userRow(6, { username: 777, first_name: null, last_name: null, bio: null }),
    userRow(7, { username: "counted", post_count: 12, following_count: "3", follower_count: 7.9 }),
    { id: 8, username: "early", email: `${PLANTED}-early` },
    { id: -1, username: "no id" },
  ];
}

/** Everything about a user that recommending has no use for, also under keys not known yet. */
function personal(): Record<string, unknown> {
  const keys = [
    ...["first_name", "last_name", "name"],
    ...["twitter_url", "twitter_username", "twitter_profile_url", "email", "gender", "profile_url"],
    ...["currency", "website_url", "instagram-url", "youtube_url", "tictok_url", "referral_code"],
    ...["last_login", "latitude", "longitude", "phone", "key_of_tomorrow"],
  ];
  return Object.fromEntries(keys.map((key) => [key, `${PLANTED}-${key}`]));
}

function trapPosts(): Dataset["posts"] {
  return [
    postRow(10, { post_summary: richSummary(), first_name: "Grace", last_name: "Example" }),
    postRow(11, { category: [], topic: richTopic(), title: "testing-topic" }),
    postRow(12, { title: "", slug: HASH_SLUG, post_summary: "A summary that is **only** text." }),
    postRow(13, {
      category: { id: 3, name: "Calm ", count: 1, description: "Quiet  ", image_url: "" },
      post_summary: { description: null, keywords: ["loose", { keyword: "heavy", weight: 9 }] },
      tags: ["tea", "morning", { owner: { email: `${PLANTED}-tag` } }],
    }),
    postRow(14, {
      category: null,
      topic: null,
      post_summary: null,
      average_rating: -12.5,
      view_count: 3,
      exit_count: 8,
      author_email: `${PLANTED}-author`,
      source_matrix: [`${PLANTED}-matrix`],
      baseToken: { address: "", name: "", symbol: "", image_url: "", seed: `${PLANTED}-seed` },
    }),
    postRow(15, { created_at: Date.parse(`${FUTURE}Z`) }),
    postRow(16, { is_locked: true }),
    postRow(17, { is_available_in_public_feed: false }),
    postRow(18, {
      title: "  Über 🎈 \ud800 mornings  ",
      view_count: "12",
      created_at: "2024-01-02 03:04:05",
    }),
    { id: 19 },
    { id: -2, title: "no id" },
  ];
}

function richSummary(): Record<string, unknown> {
  return {
    actions: { initial_action: "Gazing at the horizon" },
    audio_elements: [],
    description: "### Video Content Analysis\n\nThe video **unfolds** slowly.",
    emotions: { initial_emotion: "Despair", deeper: { list: ["Hope", null, { last: "Peace" }] } },
    estimated_duration: "10 minutes",
    genre: "Spiritual",
    is_face_exist: true,
    keywords: [
      { keyword: "forgiveness", weight: 4 },
      { keyword: "reassurance", weight: 10 },
      { keyword: "sky", weight: 4 },
    ],
    no_of_person_in_video: 1,
    topics_of_video: { spirituality: "Divine reassurance" },
    key_of_tomorrow: "Something new",
  };
}

function richTopic(): Record<string, unknown> {
  return {
    id: 5,
    name: "Events & Entertainment",
    description: "Live events",
    image_url: "",
    slug: "b8033dfd8ee3c50c00ed",
    is_public: true,
    project_code: "flic",
    posts_count: 4,
    language: null,
    created_at: "2025-02-15 17:56:06",
    owner: {
      username: "testcreator",
      first_name: "Test",
      last_name: "Creator",
      name: "Test Creator",
      profile_url: "https://assets.example.test/profile/12.png",
      user_type: "hirer",
      email: `${PLANTED}-owner`,
    },
  };
}

/** Users, posts and one event of each kind a user and post with equal remainder by 5. */
export function plainDataset(size: { readonly users: number; readonly posts: number }): Dataset {
  const data = emptyDataset();
  for (let id = 1; id <= size.users; id++) data.users.push(userRow(id));
  for (let id = 1; id <= size.posts; id++) data.posts.push(postRow(id));
  const startMs = Date.UTC(2024, 0, 1);
  let id = 0;
  for (let userId = 1; userId <= size.users; userId++)
    for (let postId = 1; postId <= size.posts; postId++) {
      if (userId % 5 !== postId % 5) continue;
      const it = { id: ++id, postId, userId, at: upstreamTime(startMs + id * 60_000) };
      for (const list of ["view", "like", "inspire", "rating"] as const)
        data[list].push(eventRow(list, it));
    }
  return data;
}
