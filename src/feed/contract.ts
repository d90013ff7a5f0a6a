/** The service as HTTP routes and commands see it: requests, pages, readiness. */
import type { CatalogueName } from "../config/settings.ts";
import type { PostId, UserId } from "../domain/ids.ts";
import type { Card } from "../domain/post.ts";
import type { Push } from "../ingest/push/push.ts";
import type { Audience } from "../ranking/audience.ts";
import type { Trace } from "../ranking/trace.ts";
import type { Mood } from "../models/mood/moods.ts";
import type { Failure } from "../ranking/attempt.ts";
import type { Gorse } from "../ingest/gorse/gorse.ts";
import type { StoreCounts } from "./about.ts";
import type { CategoryCount, Similar } from "./catalogue.ts";
import type { ChartRequest, ScoredPost } from "./charts.ts";
import type { Effect } from "./events/effect.ts";
import type { eventWatcher } from "./events/watch.ts";
import type { Prefetch } from "./prefetch.ts";
import type { peopleReader } from "./people.ts";
import type { Readiness } from "./readiness.ts";
import type { Reports } from "./reports.ts";
import type { RunsService } from "./runs.ts";
import type { searcher } from "./search.ts";
import type { Taste } from "./taste.ts";
import type { Timings } from "./timings.ts";
import type { PastEvent } from "./who.ts";
import type { Why, WhyRequest } from "./why-contract.ts";

/** A request for one page of a feed. `username` is the client's own, other strings are trimmed. */
export type FeedRequest = {
  readonly username: string;
  readonly projectCode: string | undefined;
  readonly mood: string | undefined;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  /** Token of the feed session that `next` named; `undefined` on a plain request. */
  readonly list: string | undefined;
  readonly explain: boolean;
  /** True if nobody is shown the reply: it is not logged. */
  readonly isPreview?: boolean;
};

/** Explanation of a post's place in a feed. */
export type Explanation = {
  readonly id: PostId;
  /** Names of the sources that found it. */
  readonly sources: readonly string[];
  /** Share of each score term in the blend, by name; they add up to `score`. */
  readonly terms: Readonly<Record<string, number>>;
  readonly score: number;
  /** The explanation in words. */
  readonly reasons: readonly string[];
};

/** A page of a feed. */
export type FeedPage = {
  /** Unique; events may name it. */
  readonly recommendationId: string;
  /** In rank order; `upvoted` is true if the user likes the post now. */
  readonly posts: readonly { readonly card: Card; readonly upvoted: boolean }[];
  /** Token for the next page; `undefined` after the last one. */
  readonly nextList: string | undefined;
  /** Number of pages left out before this one because all their posts are gone. */
  readonly skipped?: number;
  readonly user: { readonly id: UserId | null; readonly known: boolean };
  readonly audience: Audience;
  /** Posts that an app may load ahead. */
  readonly prefetch: Prefetch;
  /** Kinds of match of `project_code` and `mood`: topic, category, semantic, none, mood, mood:none… */
  readonly match: readonly string[];
  /** Id of the snapshot that ranked the feed. */
  readonly snapshot: string;
  /** Fallback tiers on the page, and parts that failed: popular, fresh, seen, list_expired, mood_not_encoded… */
  readonly fallback: readonly string[];
  /** Entry n explains `posts[n]`; present if the request asks for it. */
  readonly explain: readonly Explanation[] | undefined;
  /** Failures behind this page; `fallback` names each. */
  readonly faults?: readonly Failure[];
  /** The trace of all posts; present if the request asks for `explain`. */
  readonly trace?: Trace;
  readonly timings?: Timings;
};

/** Facts about a feed as a whole. */
export type FeedMeta = Pick<FeedPage, "user" | "audience" | "match" | "snapshot" | "fallback">;

/** A request for one page of recommendations, by an app that names users and posts by their ids. */
export type RecommendationsRequest = Pick<FeedRequest, "mood" | "explain" | "isPreview"> & {
  readonly user: UserId;
  readonly category: string | undefined;
  readonly limit: number;
  /** Posts that it does not want. */
  readonly exclude: readonly PostId[];
  /** Session of the app: no post comes twice in one. */
  readonly session: string | undefined;
  /** True if posts come with their cards. */
  readonly cards: boolean;
  /** The `next` of the page before; `undefined` for the first page. */
  readonly cursor: string | undefined;
  /** A stranger's past: `user` is then not looked up. */
  readonly past?: readonly PastEvent[] | undefined;
  /** Posts that are left out from the beginning of the page. Default 0. */
  readonly offset?: number;
  /** True if words that name no category have no posts, instead of those near in meaning. */
  readonly isNamedOnly?: boolean;
  /** True if a list that runs out ends, instead of going on with what the user has seen. */
  readonly isUnseenOnly?: boolean;
};

/** A post as an app shows it: its own JSON, `null` if it sent none, or a card of Socialverse's. */
export type ShownCard =
  { readonly own: string | null } | { readonly card: Card; readonly upvoted: boolean };

/** A recommended post. */
export type Recommendation = {
  readonly id: PostId;
  /** 0 for a post of a fallback tier. */
  readonly score: number;
  /** From 1; continues over pages. */
  readonly position: number;
  readonly shown?: ShownCard | undefined;
  readonly explain?: Omit<Explanation, "id" | "score"> | undefined;
};

/** A page of recommendations. */
export type Recommendations = FeedMeta &
  Pick<FeedPage, "recommendationId" | "prefetch" | "faults" | "trace" | "timings"> & {
    readonly items: readonly Recommendation[];
    /** `undefined` after the last page. */
    readonly cursor: string | undefined;
  };

/** Counts of the store. */
export type About = StoreCounts & { readonly catalogue: CatalogueName };

/** The service that routes and commands call. `undefined` means that there is no snapshot yet. */
export type Service = Reports & {
  readonly feed: (request: FeedRequest) => Promise<FeedPage | undefined>;
  readonly recommend: (request: RecommendationsRequest) => Promise<Recommendations | undefined>;
  /** `"unknown post"` if none is stored. */
  readonly why: (request: WhyRequest) => Promise<(Why & FeedMeta) | "unknown post" | undefined>;
  readonly similar: (id: PostId, limit: number, category?: string) => Promise<Similar | undefined>;
  readonly categories: () =>
    Promise<readonly CategoryCount[] | undefined> | readonly CategoryCount[] | undefined;
  /** A part of one order for everybody. */
  readonly chart: (request: ChartRequest) => Promise<readonly ScoredPost[] | undefined>;
  /** Users, items and feedback in Gorse's words. */
  readonly gorse: Gorse;
  readonly moods: () => readonly Mood[];
  readonly readiness: () => Promise<Readiness>;
  readonly about: () => Promise<About>;
  readonly search: ReturnType<typeof searcher>;
  readonly people: ReturnType<typeof peopleReader>;
  /** A user's taste as feeds read it, in words. */
  readonly taste: (user: UserId) => Promise<Taste | "unknown user" | undefined>;
  /** Pushed posts, users and events. */
  readonly push: Push;
  /** Events after a position of the event stream, while it is asked for; `undefined`: the newest ones first. */
  readonly watchEvents: ReturnType<typeof eventWatcher>;
  /** Changes that a stored event made in its person's feed. */
  readonly effect: (seq: number) => Promise<Effect | "unknown event" | undefined>;
  /** Syncs, learns and the like, which the process that learns here does. */
  readonly runs: RunsService;
};
