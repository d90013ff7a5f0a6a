/** Reasons for a post's being in a feed or not: the request and its answer. */
import type { PostId } from "../domain/ids.ts";
import type { Reason } from "../ranking/eligibility.ts";
import type { Named } from "./who.ts";

/** A request for the reasons why a post is in a feed or not. */
export type WhyRequest = Named & {
  readonly projectCode: string | undefined;
  readonly mood: string | undefined;
  readonly post: PostId;
};

/** Changes that would bring a post among the first of a list. */
export type Lacks = {
  /** Number of the first posts. */
  readonly first: number;
  /** Missing score; `undefined` where no score would do it, or no source found the post. */
  readonly score: number | undefined;
  /** A post whose like would do it; `undefined` where none was found. */
  readonly like: { readonly id: PostId; readonly title: string } | undefined;
};

/** The reasons why a post is in a feed or not. */
export type Why = {
  readonly eligible: boolean;
  /** Everything that keeps the post out; `not_learnt` for one that has just come. */
  readonly reasons: readonly (Reason | "not_learnt")[];
  /** Names of the sources that found it. */
  readonly foundBy: readonly string[];
  /** Share of each score term, by name; empty for a post that no source found. */
  readonly terms: Readonly<Record<string, number>>;
  /** Rank by score, from 1; `undefined` for a post that no source found. */
  readonly rankBefore: number | undefined;
  /** Rank in the feed, from 1; `undefined` for a post that is not in it. */
  readonly rank: number | undefined;
  /** Changes that would bring an eligible post to the first page; absent for one that is on it. */
  readonly lacks?: Lacks | undefined;
  /** The answer in sentences, one idea each. */
  readonly sentences: readonly string[];
};
