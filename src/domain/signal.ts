/** A signal: a thing that people can do to a post. */

/** A thing that people can do to a post. */
export type Signal = {
  /** Number of the signal in the store and in columns. Never changed, and never reused. */
  readonly code: number;
  /** Unit and bounds of an event's value; without a unit the value is 1. */
  readonly value: { readonly unit: "none" } | Range;
  /** Effect of a second event: it adds to the first, replaces it, or changes nothing: the first lasts until it is taken back. */
  readonly repeats: "adds" | "replaces" | "lasts";
  readonly strength: Strength;
  /** True if whoever did it has seen the post. */
  readonly isSeen: boolean;
  /** True if the person's preference then counts in the post's popularity. */
  readonly isPopular: boolean;
  /** True if a post that they like is then a step of their sequence, from which models learn what follows what. */
  readonly isStep: boolean;
  /** Its steering effect: one of {@link STEERS}, or none. */
  readonly steers: number | undefined;
  /** Verb of the sentence "you … the post". */
  readonly words: string;
  /** The endpoint that sends it; `undefined` if Socialverse has none. */
  readonly socialverse: Socialverse | undefined;
};

/** Directions in which a signal steers a feed: towards what it is about, away from it, or past it for good. */
export const STEERS = { towards: 1, away: -1, never: 0 } as const;

/** Values with a unit, and their bounds. */
export type Range = { readonly unit: "percent"; readonly min: number; readonly max: number };

/** Strength of a signal as evidence that a person likes the post. */
type Strength = {
  /** In units of one rating of the best quantile; below 0 for a dislike. */
  readonly weight: number;
  /**
   * `presence`: the weight as it is. `quantile`: the weight times the quantile of the value among all
   * values; a value below 0 is then a dislike, whatever else the person did. `watching`: where the time
   * watched is known, the weight times twice its quantile among views of videos of similar length.
   */
  readonly by: "presence" | "quantile" | "watching";
  /** True if a low or middling value on the same post is ignored beside this signal. */
  readonly isDeliberate: boolean;
  /** True if the post is disliked whatever else the person did, and never in their feed again. */
  readonly isAbsolute?: true;
};

/** An endpoint of the Socialverse API: its path, and the keys of a row's time and value. */
export type Socialverse = {
  readonly path: string;
  readonly timeKey: string;
  readonly valueKey?: string;
};
