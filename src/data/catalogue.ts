/** The port of the catalogue: ids, posts and users. */
import type { PostId, PostKey, UserId, UserKey } from "../domain/ids.ts";
import type { Card, Category, Post } from "../domain/post.ts";
import type { User } from "../domain/user.ts";
import type { Texts } from "./texts.ts";

/** Posts and users. */
export type Catalogue = {
  readonly ids: Ids;
  readonly posts: Posts;
  readonly users: Users;
  readonly texts: Texts;
  readonly search: Search;
  /**
   * Version of the catalogue: it grows when a post, a profile or a vector changes or a user is erased,
   * and not with events, of new users neither. Writes of other connections show at most `lateMs` late.
   */
  readonly version: (lateMs?: number) => Promise<number>;
};

/** Search by a part of a title or a name, or by a whole id; the best first. */
export type Search = {
  readonly posts: (text: string, count: number) => Promise<readonly PostId[]>;
  /** Users with their names, "" for one without. */
  readonly users: (text: string, count: number) => Promise<readonly { readonly id: UserId; readonly name: string }[]>; // prettier-ignore
};

/** Lookups between ids and keys. An id keeps its key for ever. Replies leave out what is unknown. */
export type Ids = {
  readonly userKeys: (ids: readonly UserId[]) => Promise<Map<UserId, UserKey>>;
  readonly userIds: (keys: readonly UserKey[]) => Promise<Map<UserKey, UserId>>;
  /** Includes posts that only events name. */
  readonly postKeys: (ids: readonly PostId[]) => Promise<Map<PostId, PostKey>>;
  readonly postIds: (keys: readonly PostKey[]) => Promise<Map<PostKey, PostId>>;
};

/** Posts. */
export type Posts = {
  /** Writes a batch of scan `scan`; returns the number of new or changed posts. A withdrawn post is live again. */
  readonly record: (batch: readonly Post[], scan: number) => Promise<number>;
  /** Every post, withdrawn ones too, by ascending key. */
  readonly columns: () => Promise<PostColumns>;
  /** The cards of the servable posts among `keys`, of expired ones too: a cache must know when they end. */
  readonly cards: (keys: readonly PostKey[]) => Promise<Map<PostKey, ServablePost>>;
  /** The limits of a post; `undefined` for a deleted one. */
  readonly limits: (key: PostKey) => Promise<PostLimits | undefined>;
  readonly titles: (keys: readonly PostKey[]) => Promise<Map<PostKey, string>>;
  readonly count: () => Promise<number>;
  /** Posts as they are stored, whoever sent them. */
  readonly stored: (ids: readonly PostId[]) => Promise<Map<PostId, StoredPost>>;
  /** The next stored posts by ascending id; from the first after "". */
  readonly after: (id: PostId | "", count: number) => Promise<readonly StoredPost[]>;
  /** The next changes after number `n`, `count` at most, and the posts as they are now. */
  readonly changedAfter: (n: number, count: number) => Promise<PostChanges>;
  /** Number of the newest change; 0 before the first. */
  readonly lastChange: () => Promise<number>;
  /** Forgets the changes up to number `n`: no snapshot that may be served is older. */
  readonly forgetChanges: (n: number) => Promise<void>;
};

/** Some changes of posts: posts that came, whose fields or vectors have changed, or that went. */
export type PostChanges = {
  /** Number of the last of them. */
  readonly n: number;
  readonly posts: PostColumns;
  /** Keys of posts that the store holds no more. */
  readonly gone: readonly number[];
};

/** A post as it is stored, whoever sent it. */
export type StoredPost = Pick<Post, "id" | "title" | "summary" | "tags" | "card"> & {
  /** {@link Post.sent} */
  readonly sent: string | undefined;
  /** As its app says; else never later than the first time that it was received. */
  readonly createdAtMs: number;
  /** Name of whoever made it; "" if unknown. */
  readonly creator: string;
  /** Names of its categories, the main one first. */
  readonly categories: readonly string[];
  /** True if it may not be shown to everybody, for any reason. */
  readonly isHidden: boolean;
};

/** A post that may be shown until it expires. */
export type ServablePost = Card & { readonly expiresAtMs: number | null };

/** Facts that keep a post out of feeds. SQLite's truth values are 0 and 1. */
export type PostLimits = {
  readonly isWithdrawn: number;
  readonly isPrivate: number;
  readonly isLocked: number;
  readonly isHidden: number;
  readonly expiresAtMs: number | null;
};

/** All posts as columns: entry n of every column is of the same post. */
export type PostColumns = {
  readonly keys: Float64Array;
  /** Never later than the first scan that saw the post; 0 if unknown. */
  readonly createdAtMs: Float64Array;
  readonly isLocked: Uint8Array;
  readonly isPublic: Uint8Array;
  readonly isWithdrawn: Uint8Array;
  /** 1 for a post that its app hides. */
  readonly isHidden: Uint8Array;
  /** 0 for a post that never expires. */
  readonly expiresAtMs: Float64Array;
  readonly viewCounts: Float64Array;
  readonly exitCounts: Float64Array;
  readonly categories: readonly (readonly Category[])[];
  readonly topicCodes: readonly (string | undefined)[];
  /** Name of whoever made the post, and URL of its video; "" if unknown. */
  readonly creators: readonly string[];
  readonly links: readonly string[];
  /** Length of each video, 0 if unknown; absent where nobody knows any. */
  readonly durationsMs?: Float64Array;
  /** Tags of each post, joined by ", "; absent where nobody has any. */
  readonly tags?: readonly string[];
  readonly titles: readonly string[];
  /** The first characters of tags and summary, to compare texts. */
  readonly summaries: readonly string[];
  /** "" for a post without a hash yet. */
  readonly textHashes: readonly string[];
};

/** Users. */
export type Users = {
  /** Writes a batch of scan `scan`; returns the number of new or changed users. A withdrawn user is live again. */
  readonly record: (batch: readonly User[], scan: number) => Promise<number>;
  /**
   * The user with this username, then with the same folded username, then with this id; without an
   * upstream with this id first. Of several with one username, the one with the newest event.
   */
  readonly find: (name: string) => Promise<UserKey | undefined>;
  /** The number of users, also of those that only events name. */
  readonly count: () => Promise<number>;
  /** `undefined` for a user that only events name. */
  readonly profile: (key: UserKey) => Promise<Profile | undefined>;
  /** Every profile, by ascending key. */
  readonly profiles: () => Promise<Profile[]>;
  /** A user as they are stored, also one that only events name; `undefined` for an unknown one. */
  readonly stored: (id: UserId) => Promise<StoredUser | undefined>;
  /** The next stored users by ascending id; from the first after "". */
  readonly after: (id: UserId | "", count: number) => Promise<readonly StoredUser[]>;
};

/** A user as they are stored; one that only events name has neither name nor text. */
export type StoredUser = {
  readonly key: UserKey;
  readonly id: UserId;
  /** {@link User.sent} */
  readonly sent: string | undefined;
  readonly username: string | undefined;
  readonly bio: string | undefined;
  /** The other fields of {@link User}; absent if only events name it. */
  readonly facts?: Readonly<Record<string, string | number>>;
};

/** The parts of a user's profile that training and folding in use. */
export type Profile = {
  readonly key: UserKey;
  readonly textHash: string;
  /** Posts, following, followers, shares, inspired: raw counts. */
  readonly counters: readonly number[];
};
