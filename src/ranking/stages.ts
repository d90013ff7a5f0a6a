/**
 * Stages: the kinds of stage that make a feed, and what one hands to the next.
 *
 * Candidates are columns, not objects: entry n of every column belongs to the same post, which is a
 * row of the model.
 */
import type { Served } from "../models/contract.ts";
import type { Failure } from "./attempt.ts";
import type { Query } from "./query.ts";

/** Finds eligible posts, unordered: many and fast, for recall. */
export type Source = { readonly name: string; readonly retrieve: NonNullable<Served["retrieve"]> };

/** Scores every candidate, whichever source found it. Never adds, drops or reorders. */
export type Scorer = {
  readonly name: string;
  /** This term's weight in the blend, unitless; 0 leaves the term out, one below 0 counts against a post. */
  readonly weight: (query: Pick<Query, "model" | "person" | "sliders" | "adjustments">) => number;
  /** A column of its own, on any scale: terms are standardised over the candidates of a request. */
  readonly score: NonNullable<Served["score"]>;
  readonly pulls?: Served["pulls"] | undefined;
};

/** Raises or lowers candidates relative to the blend of the scorers. Never adds or drops. */
export type Booster = { readonly name: string; readonly boost: NonNullable<Served["boost"]> };

/** Reorders the ranking. */
export type Selector = {
  readonly name: string;
  readonly select: (query: Query, ranked: Uint32Array) => Uint32Array;
};

/** The stages of a feed, in the order in which they run. */
export type Pipeline = {
  readonly sources: readonly Source[];
  readonly scorers: readonly Scorer[];
  readonly boosters: readonly Booster[];
  readonly selectors: readonly Selector[];
};

/** Distinct rows that the sources found, and for each a bit of every source that found it. */
export type Candidates = { readonly rows: Uint32Array; readonly foundBy: Uint32Array };

/** Scored candidates. `terms` holds a column for each scorer, standardised and weighted, and one for each booster. */
export type Scored = Candidates & {
  readonly terms: readonly Float32Array[];
  readonly score: Float32Array;
};

/** Ranked candidates. */
export type Ranked = {
  readonly scored: Scored;
  /** Rows, best first: by score, then after each selector. The last order is served. */
  readonly orders: readonly Uint32Array[];
  readonly failures: readonly Failure[];
};

/** Called after the stages of a kind have run. The caller measures time; ranking has no clock. */
export type Lap = (stage: string) => void;
