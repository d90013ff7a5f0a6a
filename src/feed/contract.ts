/** What the HTTP routes need from the rest of the service. */
import type { PostKey, UserKey } from "../domain/ids.ts";
import type { Card } from "../domain/post.ts";
import type { Audience } from "../ranking/audience.ts";
import type { Unreadable } from "../data/sqlite/scans.ts";
import type { Lap, StageTrace } from "../ranking/pipeline.ts";
import type { Fault } from "./faults.ts";

/** One request for a page of a feed. Strings are as the client sent them, trimmed. */
export type FeedRequest = {
  readonly username: string;
  readonly projectCode: string | undefined;
  readonly mood: string | undefined;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  /** Opaque token of the ranked list that `next` gave out; `undefined` on a plain request. */
  readonly list: string | undefined;
  readonly explain: boolean;
};

/** Why a post is in a feed. */
export type Reason = {
  readonly id: PostKey;
  /** Names of the sources that found it. */
  readonly sources: readonly string[];
  /** Each score term's share of the blend, by name; they add up to `score`. */
  readonly terms: Readonly<Record<string, number>>;
  readonly score: number;
  /** The same in words. */
  readonly reasons: readonly string[];
};

/** Measures the stages of a request. */
export type Watch = {
  /** Says that a stage has ended: its time is what has passed since the one before did. */
  readonly lap: Lap;
  /** What each stage took, in the order they came. */
  readonly timings: () => readonly { readonly stage: string; readonly ms: number }[];
};

/** One ranked page. */
export type FeedPage = {
  /** In rank order; `upvoted` is the asking user's current like. */
  readonly posts: readonly { readonly card: Card; readonly upvoted: boolean }[];
  /** Token for the next page; `undefined` after the last one. */
  readonly nextList: string | undefined;
  /** Pages passed over before this one: nothing that stood on them may still be served. */
  readonly skipped?: number;
  readonly user: { readonly id: UserKey | null; readonly known: boolean };
  readonly audience: Audience;
  /** Which readings of `project_code` and `mood` held: topic, category, semantic, none, mood, mood:none… */
  readonly match: readonly string[];
  /** Id of the snapshot the list was ranked from. */
  readonly snapshot: string;
  /** How far the feed went to fill itself: popular, fresh, seen, list_expired, mood_not_encoded… */
  readonly fallback: readonly string[];
  /** Entry n explains `posts[n]`; only if asked for. */
  readonly explain: readonly Reason[] | undefined;
  /** What the page had to do without; `fallback` names each. */
  readonly faults?: readonly Fault[];
  /** How many posts each stage found or left; only if asked for, like `explain`. */
  readonly trace?: readonly StageTrace[] | undefined;
  /** Where the time went so far. */
  readonly watch?: Watch;
};

/** A post that resembles another one. */
export type SimilarPost = { readonly card: Card; readonly similarity: number };

/** Eligible posts in a category. */
export type CategoryCount = { readonly id: number; readonly name: string; readonly posts: number };

/** A named mood. */
export type MoodName = {
  readonly name: string;
  readonly label: string;
  readonly sentence: string;
};

/** What `/health/ready` and `/metrics` tell. */
export type Readiness = {
  /** `undefined` before the first snapshot. */
  readonly snapshot:
    | {
        readonly id: string;
        readonly ageSeconds: number;
        readonly asOf: string;
        readonly posts: number;
        /** Posts whose text has a vector: moods and words are met among these. */
        readonly embedded: number;
        /** The blend was fitted on held-out interactions of this store; otherwise the shipped one. */
        readonly fitted: boolean;
      }
    | undefined;
  /** Why there is no snapshot, if it is not merely still being made. */
  readonly waitsFor?: string | undefined;
  /** What does not work at the moment, in plain words without secrets; the feed still serves. */
  readonly degraded: readonly string[];
  /** Rows that could not be read, or not wholly, when each endpoint was last synced. */
  readonly unreadable: readonly Unreadable[];
  /** Since the last complete sync; `null` if there was none. */
  readonly syncAgeSeconds: number | null;
  /** What the running sync of this process reads; `null` if none runs. `since`: that endpoint's begin. */
  readonly sync: {
    readonly endpoint: string;
    readonly page: number;
    readonly rows: number;
    readonly since: string;
  } | null;
  /** Stored rows that upstream no longer sends, too many to be believed. */
  readonly heldBackRows: number;
  readonly encoder: { readonly backlog: number };
  /** The embedded demo catalogue is being served, not the real one. */
  readonly demo: boolean;
};

/** Everything the routes call. Each `undefined` means: before the first snapshot. */
export type Service = {
  readonly feed: (request: FeedRequest) => Promise<FeedPage | undefined>;
  /** `"unknown post"` if no snapshot holds it. */
  readonly similar: (
    id: PostKey,
    limit: number,
  ) => Promise<readonly SimilarPost[] | "unknown post" | undefined>;
  readonly categories: () =>
    Promise<readonly CategoryCount[] | undefined> | readonly CategoryCount[] | undefined;
  readonly moods: () => readonly MoodName[];
  readonly readiness: () => Promise<Readiness>;
};
