/**
 * THE table of signals: everything that people can do to a post. To add a signal, add an entry.
 *
 * Every signal counts as seen. The strengths of a person's events on a post add up to their preference:
 * it decides popularity, and whether the post is a step of their sequence.
 */

/** A thing that people can do to a post. */
export type Signal = {
  /** Number of the signal in the store and in columns. Never changed, and never reused. */
  readonly code: number;
  /** Unit and bounds of an event's value; without a unit the value is 1. */
  readonly value: { readonly unit: "none" } | Range;
  /** Effect of a second event: it adds to the first, replaces it, or (after a withdrawal) turns it on again. */
  readonly repeats: "adds" | "replaces" | "toggles";
  readonly strength: Strength;
  /** Verb of the sentence "you … the post". */
  readonly words: string;
  /** The endpoint that sends it; `undefined` if Socialverse has none. */
  readonly socialverse: Socialverse | undefined;
};

/** Values with a unit, and their bounds. */
type Range = { readonly unit: "percent"; readonly min: number; readonly max: number };

/** Strength of a signal as evidence that a person likes the post. */
export type Strength = {
  /** In units of one rating of the best quantile; below 0 for a dislike. */
  readonly weight: number;
  /**
   * `presence`: the weight as it is. `quantile`: the weight times the quantile of the value among all
   * values; a value below 0 is then a dislike, whatever else the person did.
   */
  readonly by: "presence" | "quantile";
  /** True if a low or middling value on the same post is ignored beside this signal. */
  readonly isDeliberate: boolean;
};

/** An endpoint of the Socialverse API: its path, and the keys of a row's time and value. */
export type Socialverse = {
  readonly path: string;
  readonly timeKey: string;
  readonly valueKey?: string;
};

/** Range of a rating; a value outside it is from another scale. */
export const PERCENT: Range = { unit: "percent", min: -98, max: 100 };

const TABLE = {
  view: {
    code: 0,
    value: { unit: "none" },
    repeats: "adds",
    strength: { weight: 0.4, by: "presence", isDeliberate: false },
    words: "viewed",
    socialverse: { path: "posts/view", timeKey: "viewed_at" },
  },
  like: {
    code: 1,
    value: { unit: "none" },
    repeats: "toggles",
    strength: { weight: 0.6, by: "presence", isDeliberate: true },
    words: "liked",
    socialverse: { path: "posts/like", timeKey: "liked_at" },
  },
  inspire: {
    code: 2,
    value: { unit: "none" },
    repeats: "toggles",
    strength: { weight: 0.6, by: "presence", isDeliberate: true },
    words: "were inspired by",
    socialverse: { path: "posts/inspire", timeKey: "inspired_at" },
  },
  rating: {
    code: 3,
    value: PERCENT,
    repeats: "replaces",
    strength: { weight: 1, by: "quantile", isDeliberate: false },
    words: "rated",
    socialverse: { path: "posts/rating", timeKey: "rated_at", valueKey: "rating_percent" },
  },
  // The weights of these two are guesses: no data at hand has them.
  share: {
    code: 4,
    value: { unit: "none" },
    repeats: "adds",
    strength: { weight: 0.6, by: "presence", isDeliberate: true },
    words: "shared",
    socialverse: undefined,
  },
  skip: {
    code: 5,
    value: { unit: "none" },
    repeats: "adds",
    strength: { weight: -0.5, by: "presence", isDeliberate: false }, // more than the view it ends
    words: "skipped",
    socialverse: undefined,
  },
} satisfies Readonly<Record<string, Signal>>;

/** The name of a signal; stored rows and columns have its code instead. */
export type SignalName = keyof typeof TABLE;

/** The names of the signals that Socialverse sends. */
export type SyncedName = {
  [Name in SignalName]: (typeof TABLE)[Name]["socialverse"] extends undefined ? never : Name;
}[SignalName];

/** Every signal by its name. */
export const SIGNALS: Readonly<Record<SignalName, Signal>> & {
  readonly [Name in SyncedName]: { readonly socialverse: Socialverse };
} = TABLE;

/** The names of all signals, in the order of the table. */
export const SIGNAL_NAMES = Object.keys(SIGNALS) as SignalName[];

/** Weights by signal; a missing one is 0. */
export type Weights = Readonly<Partial<Record<SignalName, number>>>;

/** The default weights. */
export const WEIGHTS = Object.fromEntries(
  SIGNAL_NAMES.map((name) => [name, SIGNALS[name].strength.weight]),
) as Readonly<Record<SignalName, number>>;

/** The names of the signals that Socialverse sends, in the order of the table. */
export const SYNCED_NAMES = SIGNAL_NAMES.filter(
  (name): name is SyncedName => SIGNALS[name].socialverse !== undefined,
);

const NAMES: ReadonlyMap<number, SignalName> = new Map(
  SIGNAL_NAMES.map((name) => [SIGNALS[name].code, name]),
);

/** The name of the signal with a code; `undefined` for a code of a newer version. */
export function signalNamed(code: number): SignalName | undefined {
  return NAMES.get(code);
}

/** The codes of the signals for which `holds` is true. */
export function codesWhere(holds: (signal: Signal) => boolean): number[] {
  return Object.values(SIGNALS)
    .filter(holds)
    .map((it) => it.code);
}

/** True for names in the table. */
export function isSignal(name: string): name is SignalName {
  return Object.hasOwn(SIGNALS, name);
}
