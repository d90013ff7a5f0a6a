/** Entries of the event log as they are read for exports and lists. */
import type { PostId, UserId } from "../domain/ids.ts";
import type { SignalName } from "../domain/known-signals.ts";

/** An event of an export. */
export type ExportedEvent = {
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

/** An entry of the log. */
export type HeldEvent = ExportedEvent & {
  readonly seq: number;
  readonly receivedAtMs: number;
  readonly origin: string;
};

/** Filter of events: those after a seq, of one user, post or kind. */
export type CurrentFilter = {
  readonly user?: UserId | undefined;
  readonly post?: PostId | undefined;
  readonly kind?: SignalName | undefined;
  /** Default 0. */
  readonly after?: number | undefined;
};

/** Events of one kind on one UTC day, from upstream or from an app. */
export type DayCount = {
  /** Days since the epoch; the claimed time, never later than the receipt, decides. */
  readonly day: number;
  /** Code of the signal. */
  readonly kind: number;
  readonly isUpstream: 0 | 1;
  readonly events: number;
  /** Receipt of the newest, Unix epoch milliseconds. */
  readonly newestMs: number;
};

/** A part of the log, counted. */
export type CountedEvents = {
  readonly counts: readonly DayCount[];
  /** Distinct pairs of person and active day. */
  readonly people: readonly { readonly day: number; readonly user: number }[];
  /** The last day on which something was done to each post. */
  readonly posts: readonly { readonly day: number; readonly post: number }[];
};

/** An event that holds now; its time is as claimed. */
export type CurrentEvent = Pick<HeldEvent, "seq" | "userId" | "postId" | "kind" | "value" | "atMs">;
