/** Health of the catalogue: how exposure is shared out, and which posts nobody gets to see. */
import type { PostId } from "../../domain/ids.ts";
import type { Concentration } from "../../evaluation/concentration.ts";
import type { ReachedBy } from "../../evaluation/kaplan-meier.ts";
import type { Span } from "../stats/stats.ts";

/** A post by its id and title. */
export type TitledPost = { readonly id: PostId; readonly title: string };

/** Time from a post's creation to its 100th impression, of posts created in the span that may be shown. */
export type FirstImpressions = {
  /** Impressions until which the time is measured. */
  readonly count: number;
  readonly posts: number;
  /** Posts that have had so many; the others are watched until now, or until they expired. */
  readonly reached: number;
  /** Longest time for which one of them is followed, milliseconds; 0 without any. */
  readonly longestMs: number;
  /** Share of posts that have had them by each age, milliseconds: Kaplan–Meier's estimate. */
  readonly curve: readonly ReachedBy[];
  /** Age by which a quarter and half of the posts have had them; `undefined` where fewer have so far. */
  readonly quarterMs: number | undefined;
  readonly medianMs: number | undefined;
};

/** Stages of a new post: never served yet, tried out, known well enough, clearly worse than others. */
export const STAGES = ["waiting", "trial", "graduated", "retired"] as const;
export type Stage = (typeof STAGES)[number];

/** Exploration: what is set aside for new posts, and how far they have come. */
export type ExplorationState = {
  /** Share of slots that is set aside. */
  readonly share: number;
  /** First impressions that every new post is to have. */
  readonly impressions: number;
  /** Age up to which a post is new, days. */
  readonly days: number;
  /** Slots that new posts won in the span. */
  readonly won: number;
  /** New posts by stage. */
  readonly posts: Readonly<Record<Stage, number>>;
};

/** Near-duplicates: posts that say the same, of which a list has one. */
type DuplicateGroups = {
  readonly groups: number;
  /** Posts in them that no list has beside the first. */
  readonly repeats: number;
  /** The largest groups, each with some of its posts, the first one first. */
  readonly largest: readonly { readonly size: number; readonly posts: readonly TitledPost[] }[];
};

/** A category that may be shown, and is not, or that nobody does anything with. */
export type DeadCategory = {
  readonly name: string;
  /** Posts that may be shown. */
  readonly posts: number;
  readonly impressions: number;
  /** Day of the newest event, in days since the epoch; `undefined` if none is counted. */
  readonly lastDay: number | undefined;
};

/** Posts with which nobody has done anything yet. */
export type ColdPosts = {
  readonly posts: number;
  /** By age: from so many days on, up to the next. */
  readonly ages: readonly { readonly fromDays: number; readonly posts: number; readonly shown: number }[]; // prettier-ignore
  /** Those that wait for their first impression the longest. */
  readonly longest: readonly (TitledPost & { readonly createdAtMs: number })[];
};

/** Health of the catalogue. */
export type CatalogueHealth = Span & {
  readonly pages: number;
  /** Shown posts. */
  readonly impressions: number;
  /** Shown posts whose creator is unknown, or that are gone. */
  readonly unattributed: number;
  /** Creators with a post that may be shown; of these, those of whom one was. */
  readonly creators: Concentration & { readonly count: number; readonly shown: number };
  readonly firstImpressions: FirstImpressions;
  /** `undefined` while exploration is off. */
  readonly exploration: ExplorationState | undefined;
  readonly duplicates: DuplicateGroups;
  readonly categories: { readonly count: number; readonly dead: readonly DeadCategory[] };
  readonly cold: ColdPosts;
};
