/** Changes of the store that clients ask for. Arguments and results are plain values, so that a thread can be asked. */
import type { Adjustments } from "../domain/adjustments.ts";
import type { Event } from "../domain/event.ts";
import type { PostId, UserId } from "../domain/ids.ts";
import type { Post } from "../domain/post.ts";
import type { Sliders } from "../domain/sliders.ts";
import type { Steer } from "../domain/steering.ts";
import type { User } from "../domain/user.ts";
import type { RunChanges } from "./runs.ts";

/** Time and source of a batch. */
export type Receipt = { readonly receivedAtMs: number; readonly origin: string };

/** Result of an append. */
export type Appended = {
  readonly accepted: number;
  /** Places in the batch of those that were stored already. */
  readonly duplicates: readonly number[];
};

/** Every change by its name. Each is atomic. */
export type Changes = RunChanges & {
  /** Appends a batch to the log. Unknown users and posts get keys. */
  readonly appendEvents: (batch: readonly Event[], receipt: Receipt) => Appended;
  /**
   * Appends feedback, a row after the other. Of what adds up (a view) one at another time is one more; of
   * all else the first stays, unless it was withdrawn or the batch `overwrites`.
   */
  readonly appendFeedback: (batch: readonly Event[], receipt: Receipt, overwrites: boolean) => void;
  /** Writes posts that apps sent, which scans of upstream do not miss; returns the number of new or changed ones. */
  readonly pushPosts: (batch: readonly Post[], receivedAtMs: number) => number;
  /** Writes users; returns the number of new or changed ones. */
  readonly pushUsers: (batch: readonly User[]) => number;
  /** Writes a post if {@link Post.sent} of the stored one is still `before`; false if it is not. */
  readonly replacePost: (post: Post, before: string, receivedAtMs: number) => boolean;
  /** Writes a user if {@link User.sent} of the stored one is still `before`; `undefined`: only events name it. */
  readonly replaceUser: (user: User, before: string | undefined) => boolean;
  /** Deletes posts that apps sent; returns the number of those that were there. Their events stay. */
  readonly removePosts: (ids: readonly PostId[]) => number;
  /** Deletes a user's events, steering, profile, vectors and id, and appends an erasure event; false for an unknown one. */
  readonly eraseUser: (id: UserId, nowMs: number) => boolean;
  /** Steers a user's feed by anything but a post; the newest request about a target counts. An unknown user gets a key. */
  readonly steer: (user: UserId, steer: Steer, nowMs: number) => void;
  /** Takes back such a request, if it stands. */
  readonly unsteer: (user: UserId, steer: Steer, nowMs: number) => void;
  /** Sets a user's sliders. An unknown user gets a key. */
  readonly slide: (user: UserId, sliders: Sliders, nowMs: number) => void;
  /** Puts factors in force, as a new version. */
  readonly adjust: (factors: Adjustments, nowMs: number) => void;
  /** Puts the version before in force again; false if there is none. */
  readonly stepBack: (nowMs: number) => boolean;
};

/** The name of a change. */
export type ChangeName = keyof Changes;

/** The result of a change. */
export type Changed<N extends ChangeName = ChangeName> = ReturnType<Changes[N]>;

/** A change with its arguments. */
export type Write = {
  readonly [N in ChangeName]: { readonly change: N; readonly args: Parameters<Changes[N]> };
}[ChangeName];
