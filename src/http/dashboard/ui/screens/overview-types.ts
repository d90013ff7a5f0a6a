/** Reply of `GET /overview`. */

import type { Score } from "../parts/rankings.tsx";

/** A kind of event. */
export type Signal = {
  readonly kind: string;
  readonly events: number;
  readonly synced_at: string | null;
  readonly pushed_at: string | null;
  readonly has_effect: boolean | null;
};

/** The snapshot that serves. */
export type Snapshot = {
  readonly id: string;
  readonly age_seconds: number;
  readonly quality: {
    readonly cases: number;
    readonly blend: Score;
    readonly others: readonly Score[];
    readonly before: Score | null;
  } | null;
};

/** Counts of a process's answers. */
export type Answered = {
  readonly window_seconds: number;
  readonly feeds_a_second: number;
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
  readonly requests: number;
  readonly errors: number;
  readonly refused: number;
  readonly fallbacks: Readonly<Record<string, number>>;
};

/** The overview. */
export type Overview = {
  readonly alarms: readonly { readonly kind: string; readonly words: string }[];
  readonly stored: {
    readonly posts: number;
    readonly people: number;
    readonly events: number;
  } | null;
  readonly days: readonly {
    readonly day: string;
    readonly posts: number;
    readonly people: number | null;
    readonly events: number | null;
  }[];
  readonly signals: readonly Signal[];
  readonly sync_age_seconds: number | null;
  readonly encoder: { readonly backlog: number };
  readonly snapshot: Snapshot | null;
  readonly process: Answered;
};
