/** Posts and users to be stored; tests give the fields that matter to them. */
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Post } from "../../src/domain/post.ts";
import type { User } from "../../src/domain/user.ts";

/** A servable post, whose card has its other fields unless given. */
export function somePost(
  id: number | string,
  { card, ...over }: Partial<Omit<Post, "id">> = {},
): Post {
  const plain = {
    categories: [{ id: 2, name: "Vible" }],
    topic: undefined,
    title: `post ${id}`,
    slug: `post-${id}`,
    tags: "",
    summary: "",
    isLocked: false,
    isPublic: true,
    createdAtMs: 1_000,
    viewCount: 0,
    exitCount: 0,
    upvoteCount: 0,
    ratingCount: 0,
    averageRating: 0,
    ...over,
  };
  const { summary: _, ...shown } = plain;
  return {
    ...plain,
    id: String(id) as PostId,
    card: card ?? { head: JSON.stringify(shown).slice(0, -1), tail: "}" },
  };
}

/** A user called `username` with an empty profile. */
export function someUser(
  id: number | string,
  username: string,
  over: Partial<Omit<User, "id">> = {},
): User {
  return {
    id: String(id) as UserId,
    username,
    bio: "",
    role: "U",
    userType: "",
    postCount: 0,
    followingCount: 0,
    followerCount: 0,
    shareCount: 0,
    inspiredCount: 0,
    ...over,
  };
}
