/** The port of the texts of posts and users: their fields, and their hashes, under which vectors are stored. */
import type { PostKey, UserKey } from "../domain/ids.ts";

/** Texts and their hashes. A text without a hash is new or changed; the hash "" means an empty text. */
export type Texts = {
  /** Posts without a hash. */
  readonly postsToHash: (limit: number) => Promise<PostText[]>;
  readonly usersToHash: (limit: number) => Promise<UserText[]>;
  /** Stores hashes; skips a text that changed since it was read. */
  readonly keepPostHashes: (rows: readonly Hashed<PostText>[]) => Promise<void>;
  readonly keepUserHashes: (rows: readonly Hashed<UserText>[]) => Promise<void>;
  /** Texts with a hash and no vector of `model`, newest posts first. */
  readonly postsWithoutVector: (model: string, limit: number) => Promise<Hashed<PostText>[]>;
  readonly usersWithoutVector: (model: string, limit: number) => Promise<Hashed<UserText>[]>;
  /** The number of distinct texts with a hash and no vector of `model`. */
  readonly backlog: (model: string) => Promise<number>;
};

/** The fields a post's text is made of. */
export type PostText = {
  readonly key: PostKey;
  readonly title: string;
  readonly topic: string;
  /** Names of its categories. */
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
