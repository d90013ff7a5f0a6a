/** The port of exports: posts, users and events that stand, as they are stored. */
import type { PostId, UserId } from "../domain/ids.ts";
import type { Post } from "../domain/post.ts";
import type { SignalName } from "../domain/known-signals.ts";

/** What stands, some at a time. */
export type Standing = {
  /** By ascending id. */
  readonly posts: () => AsyncIterable<readonly StandingPost[]>;
  /** Users with a profile, by ascending id. */
  readonly users: () => AsyncIterable<readonly StandingUser[]>;
  /**
   * In the order of the log, up to its end at the first read. Of events that replace each other the last,
   * and of one that was taken back since also what took it back.
   */
  readonly events: () => AsyncIterable<readonly StandingEvent[]>;
};

/** A post. */
export type StandingPost = Pick<Post, "id" | "sent" | "title" | "tags" | "summary" | "card"> & {
  /** Names of its categories, the main one first. */
  readonly categories: readonly string[];
  /** Never later than the first scan that saw it. */
  readonly createdAtMs: number;
  /** Whether it may not be shown to everybody, for any reason. */
  readonly isHidden: boolean;
};

/** A user. */
export type StandingUser = {
  readonly id: UserId;
  readonly sent?: string;
  readonly username: string;
  readonly bio: string;
};

/** An event. */
export type StandingEvent = {
  readonly userId: UserId;
  readonly postId: PostId;
  readonly kind: SignalName;
  readonly isWithdrawal: boolean;
  readonly value: number;
  readonly watchedMs: number | null;
  readonly durationMs: number | null;
  readonly atMs: number;
  readonly clientId: string | null;
  readonly recommendationId: string | null;
  readonly session: string | null;
};
