/**
 * THE table of what people can do to a post. Nothing else lists it: to add a signal, add an entry.
 *
 * Each counts as seen. How popular a post is, and whether it is a step of somebody's sequence, follows
 * from what the strengths of everything they did to it add up to.
 */

/** A thing that people can do to a post. */
export type Signal = {
  /** Stands for it in the store and in columns. Never changed, nor given to another. */
  readonly code: number;
  /** Of an event's value; without a unit the value is 1. */
  readonly value: { readonly unit: "none" } | Range;
  /** The same again is one more, the new one instead of the old, or an end to it until the next. */
  readonly repeats: "adds" | "replaces" | "toggles";
  readonly strength: Strength;
  /** As said to who did it: you … the post. */
  readonly words: string;
  /** Where Socialverse sends it; `undefined` if it does not. */
  readonly socialverse: Socialverse | undefined;
};

/** Values with a unit, and their bounds. */
type Range = { readonly unit: "percent"; readonly min: number; readonly max: number };

/** What a signal says of liking a post. */
export type Strength = {
  /** In units of one rating of the best quantile; below 0 for a dislike. */
  readonly weight: number;
  /** Times the quantile of its value among all; a value below 0 is a dislike, whatever else was done. */
  readonly by: "presence" | "quantile";
  /** So deliberate that a middling or low value beside it says nothing. */
  readonly isDeliberate: boolean;
};

/** An endpoint of the Socialverse API: its path, and the keys of a row's time and value. */
export type Socialverse = {
  readonly path: string;
  readonly timeKey: string;
  readonly valueKey?: string;
};

/** Of a rating: what lies outside is of another scale. */
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

/** The name of a signal, by which everything but stored rows and columns knows it. */
export type SignalName = keyof typeof TABLE;

/** The names of those that Socialverse sends. */
export type SyncedName = {
  [Name in SignalName]: (typeof TABLE)[Name]["socialverse"] extends undefined ? never : Name;
}[SignalName];

/** Every signal by its name. */
export const SIGNALS: Readonly<Record<SignalName, Signal>> & {
  readonly [Name in SyncedName]: { readonly socialverse: Socialverse };
} = TABLE;

/** The names, in the order of the table. */
export const SIGNAL_NAMES = Object.keys(SIGNALS) as SignalName[];

/** What each of some signals weighs; one that is left out counts nothing. */
export type Weights = Readonly<Partial<Record<SignalName, number>>>;

/** What each signal weighs unless a store is tuned. */
export const WEIGHTS = Object.fromEntries(
  SIGNAL_NAMES.map((name) => [name, SIGNALS[name].strength.weight]),
) as Readonly<Record<SignalName, number>>;

/** The names of those that Socialverse sends, in the order of the table. */
export const SYNCED_NAMES = SIGNAL_NAMES.filter(
  (name): name is SyncedName => SIGNALS[name].socialverse !== undefined,
);

const NAMES: ReadonlyMap<number, SignalName> = new Map(
  SIGNAL_NAMES.map((name) => [SIGNALS[name].code, name]),
);

/** The name of the signal with a code; `undefined` for one that only a newer program knows. */
export function signalNamed(code: number): SignalName | undefined {
  return NAMES.get(code);
}

/** The codes of those that `holds` is true of. */
export function codesWhere(holds: (signal: Signal) => boolean): number[] {
  return Object.values(SIGNALS)
    .filter(holds)
    .map((it) => it.code);
}

/** True of the names in the table. */
export function isSignal(name: string): name is SignalName {
  return Object.hasOwn(SIGNALS, name);
}
