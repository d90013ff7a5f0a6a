/** Schema and example of a post in `/feed`, for the documentation. */
import { t } from "elysia";

const text = () => t.String();
const count = () => t.Integer({ minimum: 0 });
const textOrNull = () => t.Union([t.String(), t.Null()]);
const orNone = <T extends Parameters<typeof t.Union>[0][number]>(schema: T) =>
  t.Union([schema, t.Array(t.Unknown(), { maxItems: 0, description: "None" })]);

const Category = t.Object({
  id: t.Union([t.Integer(), t.String()], { description: "Its name where it has no number" }),
  name: text(),
  count: count(),
  description: text(),
  image_url: text(),
});

const Topic = t.Object({
  id: t.Integer(),
  name: text(),
  description: text(),
  image_url: text(),
  slug: text(),
  is_public: t.Boolean(),
  project_code: text(),
  posts_count: count(),
  language: textOrNull(),
  created_at: text(),
  owner: orNone(
    t.Object({
      first_name: text(),
      last_name: text(),
      name: text(),
      username: text(),
      profile_url: text(),
      user_type: textOrNull(),
    }),
  ),
});

/** Schema of a post in a feed, keys in the order of the reply. */
export const Post = t.Object(
  {
    id: t.Union([t.Integer(), t.String()], { description: "A number where it is one" }),
    owner: t.Object({
      first_name: text(),
      last_name: text(),
      name: text(),
      username: text(),
      picture_url: text(),
      user_type: textOrNull(),
      has_evm_wallet: t.Boolean(),
      has_solana_wallet: t.Boolean(),
    }),
    category: orNone(Category),
    topic: orNone(Topic),
    title: text(),
    is_available_in_public_feed: t.Boolean(),
    is_locked: t.Boolean(),
    slug: text(),
    upvoted: t.Boolean({ description: "The asking user currently likes the post" }),
    bookmarked: t.Boolean({ description: "Not known yet: always false" }),
    following: t.Boolean({ description: "Not known yet: always false" }),
    identifier: text(),
    comment_count: count(),
    upvote_count: count(),
    view_count: count(),
    exit_count: count(),
    rating_count: count(),
    average_rating: t.Number({
      minimum: -98,
      maximum: 100,
      description: "Percent, may be negative",
    }),
    share_count: count(),
    bookmark_count: count(),
    video_link: text(),
    thumbnail_url: text(),
    gif_thumbnail_url: text(),
    contract_address: text(),
    chain_id: text(),
    chart_url: text(),
    baseToken: t.Object({ address: text(), name: text(), symbol: text(), image_url: text() }),
    created_at: t.Integer({ minimum: 0, description: "Unix epoch milliseconds" }),
    tags: t.Array(
      t.Union([
        t.String(),
        t.Object(
          {
            id: t.Optional(t.Integer()),
            name: t.Optional(t.String()),
            slug: t.Optional(t.String()),
          },
          { additionalProperties: false },
        ),
      ]),
    ),
  },
  {
    description:
      "A video post, as upstream gives it, without its analysis. Of a post that an app has sent: its " +
      "title, first category, tags, creator (`owner.username`) and time, and `video_url` and `thumbnail_url` of its card",
  },
);

/** Example of a post in a feed. */
export const POST_EXAMPLE: typeof Post.static = {
  id: 2001,
  owner: {
    first_name: "Ada",
    last_name: "Example",
    name: "Ada Example",
    username: "ada",
    picture_url: "https://assets.example.com/profile/12.png",
    user_type: null,
    has_evm_wallet: true,
    has_solana_wallet: true,
  },
  category: {
    id: 2,
    name: "Small habits",
    count: 41,
    description: "What is kept up every day",
    image_url: "https://assets.example.com/category/2.png",
  },
  topic: [],
  title: "Five minutes before the phone",
  is_available_in_public_feed: true,
  is_locked: false,
  slug: "five-minutes-before-the-phone",
  upvoted: false,
  bookmarked: false,
  following: false,
  identifier: "w7PJELz",
  comment_count: 3,
  upvote_count: 25,
  view_count: 83,
  exit_count: 4,
  rating_count: 12,
  average_rating: 71,
  share_count: 2,
  bookmark_count: 5,
  video_link: "https://video.example.com/2001.mp4",
  thumbnail_url: "https://video.example.com/2001.jpg",
  gif_thumbnail_url: "",
  contract_address: "",
  chain_id: "",
  chart_url: "",
  baseToken: { address: "", name: "", symbol: "", image_url: "" },
  created_at: 1_701_421_637_000,
  tags: [],
};
