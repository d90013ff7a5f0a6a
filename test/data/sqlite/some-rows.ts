/** Posts and users as the store takes them; each test says only what it is about. */
import type { PostId, UserId } from "../../../src/domain/ids.ts";
import type { Post } from "../../../src/domain/post.ts";
import type { User } from "../../../src/domain/user.ts";

/** A post that may be served. Its card is made of all else, as a real one is. */
export function somePost(id: number, over: Partial<Omit<Post, "id" | "card">> = {}): Post {
  const plain = {
    category: { id: 2, name: "Vible" },
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
  return { ...plain, id: String(id) as PostId, card: { head: JSON.stringify(shown), tail: "}" } };
}

/** A user called `username` with an empty profile. */
export function someUser(id: number, username: string, over: Partial<Omit<User, "id">> = {}): User {
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
