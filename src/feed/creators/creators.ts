/** Creators: how much each is shown, and why. */
import type { PostId } from "../../domain/ids.ts";
import type { Outcomes } from "../stats/outcomes.ts";
import type { Span } from "../stats/stats.ts";
import type { CatalogueHealth, Stage, TitledPost } from "./health.ts";

/** A creator in a list. */
export type CreatorSummary = {
  /** As posts name them. */
  readonly id: string;
  /** Posts that the snapshot has; of these, those that may be shown; of these, those that were. */
  readonly posts: number;
  readonly servable: number;
  readonly shown: number;
  /** Shown posts, and people who were shown one. */
  readonly impressions: number;
  readonly people: number;
  /** Share of all impressions of posts whose creator is known, 0 to 1. */
  readonly share: number;
};

/** Columns that creators are sorted by. */
export const CREATOR_SORTS = ["impressions", "people", "posts", "shown", "id"] as const;

/** A request for some creators. */
export type CreatorsRequest = {
  readonly days: number;
  /** Part of the id, in any case; "" for all. */
  readonly text: string;
  readonly sort: (typeof CREATOR_SORTS)[number];
  readonly isAscending: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** Some creators, and how many there are with such an id. */
export type Creators = Span & {
  readonly total: number;
  readonly creators: readonly CreatorSummary[];
};

/** A reason why posts are not shown, and its words about a post. */
export type Absent = { readonly reason: string; readonly words: string };

/** A post of a creator. */
export type CreatorPost = Outcomes & {
  readonly id: PostId;
  readonly title: string;
  readonly createdAtMs: number;
  readonly people: number;
  /** `undefined` for one that is not new. */
  readonly stage: Stage | undefined;
  /** The first of its near-duplicates, if that is another one. */
  readonly repeats: TitledPost | undefined;
  /** The reason that keeps it out of all lists, or that none had it. */
  readonly absent: readonly Absent[];
};

/** A request for a creator. */
export type CreatorRequest = {
  readonly id: string;
  readonly days: number;
  readonly offset: number;
  readonly limit: number;
};

/** A creator. */
export type Creator = Span &
  CreatorSummary & {
    /** Rank by impressions among the creators, from 1; those shown as often have the same. */
    readonly rank: number;
    readonly creators: number;
    readonly outcomes: Outcomes;
    /** Shown posts by the source that found them, the most frequent first; one that several found counts for each. */
    readonly sources: readonly { readonly name: string; readonly impressions: number }[];
    readonly absent: readonly (Absent & { readonly posts: number })[];
    /** People who hide them. */
    readonly hiddenBy: number;
    /** The most shown first, of equal ones the newest. */
    readonly items: readonly CreatorPost[];
  };

/** The service's replies about creators; `undefined` before the first snapshot. */
export type CreatorsService = {
  /** Shares of exposure in the last days, and which posts nobody gets to see. */
  readonly catalogueHealth: (days: number) => Promise<CatalogueHealth | undefined>;
  readonly creators: (request: CreatorsRequest) => Promise<Creators | undefined>;
  /** `"unknown creator"` for one without a post. */
  readonly creator: (request: CreatorRequest) => Promise<Creator | "unknown creator" | undefined>;
};
