/** The port of posts and users, and what is read of them. */
import type { PostId, PostKey, UserId, UserKey } from "../domain/ids.ts";
import type { Card, Post } from "../domain/post.ts";
import type { User } from "../domain/user.ts";

/** Posts and users. */
export type Catalogue = {
  readonly ids: Ids;
  readonly posts: Posts;
  readonly users: Users;
  readonly texts: Texts;
  /**
   * Grows when a post, a profile or a vector changes or a user comes to be known, never by what
   * known users do. What others wrote is seen at most `lateMs` late.
   */
  readonly version: (lateMs?: number) => Promise<number>;
};

/** Ids, which apps give, and the keys that stand for them for ever. Only what is known is in the reply. */
export type Ids = {
  readonly userKeys: (ids: readonly UserId[]) => Promise<Map<UserId, UserKey>>;
  readonly userIds: (keys: readonly UserKey[]) => Promise<Map<UserKey, UserId>>;
  /** A post may be known only by what was done to it. */
  readonly postKeys: (ids: readonly PostId[]) => Promise<Map<PostId, PostKey>>;
  readonly postIds: (keys: readonly PostKey[]) => Promise<Map<PostKey, PostId>>;
};

/** Posts. */
export type Posts = {
  /** Write a batch as scan `scan` saw it; returns how many are new or changed. Withdrawn posts come back. */
  readonly record: (batch: readonly Post[], scan: number) => Promise<number>;
  /** Every post, withdrawn ones too, by ascending key. */
  readonly columns: () => Promise<PostColumns>;
  /** The cards of those that may be served. */
  readonly cards: (keys: readonly PostKey[]) => Promise<Map<PostKey, Card>>;
  readonly titles: (keys: readonly PostKey[]) => Promise<Map<PostKey, string>>;
  readonly count: () => Promise<number>;
};

/** What learning reads of every post, as columns; entry n of every column speaks of the same one. */
export type PostColumns = {
  readonly keys: Float64Array;
  /** Never later than the post was first seen; 0 where nobody knows. */
  readonly createdAtMs: Float64Array;
  readonly isLocked: Uint8Array;
  readonly isPublic: Uint8Array;
  readonly isWithdrawn: Uint8Array;
  readonly viewCounts: Float64Array;
  readonly exitCounts: Float64Array;
  readonly categories: readonly ({ id: number; name: string } | undefined)[];
  readonly topicCodes: readonly (string | undefined)[];
  readonly titles: readonly string[];
  /** The beginning of tags and summary: enough to tell whether there is a text, and which. */
  readonly summaries: readonly string[];
  /** "" where the encoder has not looked yet. */
  readonly textHashes: readonly string[];
};

/** Users. */
export type Users = {
  /** Write a batch as scan `scan` saw it; returns how many are new or changed. Withdrawn users come back. */
  readonly record: (batch: readonly User[], scan: number) => Promise<number>;
  /**
   * The user a client means by `name`: exact username, then folded, then the id; among equals the
   * one with the newest event.
   */
  readonly find: (name: string) => Promise<UserKey | undefined>;
  /** `undefined` for a user only events know of. */
  readonly profile: (key: UserKey) => Promise<Profile | undefined>;
  /** Every profile, by ascending key. */
  readonly profiles: () => Promise<Profile[]>;
};

/** What learning and folding in read of a user's profile. */
export type Profile = {
  readonly key: UserKey;
  readonly textHash: string;
  /** Posts, following, followers, shares, inspired: raw counts. */
  readonly counters: readonly number[];
};

/** Texts and their hashes: which the encoder has yet to look at. A hash of "" says that there is no text. */
export type Texts = {
  /** Posts that are new or whose text changed: they have no hash. */
  readonly postsToHash: (limit: number) => Promise<PostText[]>;
  readonly usersToHash: (limit: number) => Promise<UserText[]>;
  /** Keep hashes of texts that are still as they were read. */
  readonly keepPostHashes: (rows: readonly Hashed<PostText>[]) => Promise<void>;
  readonly keepUserHashes: (rows: readonly Hashed<UserText>[]) => Promise<void>;
  /** Texts with a hash but no vector of `model`; the newest posts first. */
  readonly postsWithoutVector: (model: string, limit: number) => Promise<Hashed<PostText>[]>;
  readonly usersWithoutVector: (model: string, limit: number) => Promise<Hashed<UserText>[]>;
  /** How many distinct texts with a hash lack a vector of `model`. */
  readonly backlog: (model: string) => Promise<number>;
};

/** The fields a post's text is made of. */
export type PostText = {
  readonly key: PostKey;
  readonly title: string;
  readonly topic: string;
  readonly category: string;
  readonly slug: string;
  readonly tags: string;
  readonly summary: string;
};

/** The fields a user's text is made of. */
export type UserText = {
  readonly key: UserKey;
  readonly bio: string;
  readonly role: string;
  readonly userType: string;
};

/** A text with its hash. */
export type Hashed<Text> = Text & { readonly hash: string };
