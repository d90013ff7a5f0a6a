/**
 * THE table of signals: everything that people can do to a post. To add a signal, add an entry; a setting
 * may add others (`known-signals.ts`).
 *
 * The strengths of a person's events on a post add up to their preference.
 */
import { STEERS, type Range, type Signal, type Socialverse } from "./signal.ts";

/** Range of a rating; a value outside it is from another scale. */
export const PERCENT: Range = { unit: "percent", min: -98, max: 100 };

/** Flags of a signal about a post that was watched. */
const CONSUMED = { isSeen: true, isPopular: true, isStep: true, steers: undefined } as const;
/** Flags of a signal about a post that was seen and not liked. */
const TURNED_DOWN = { isSeen: true, isPopular: false, isStep: false, steers: undefined } as const;
/** Flags of a signal that only says what the person wants. */
const WISHED = { isSeen: false, isPopular: false, isStep: false, steers: undefined } as const;

const TABLE = {
  view: {
    code: 0,
    value: { unit: "none" },
    repeats: "adds",
    strength: { weight: 0.4, by: "watching", isDeliberate: false },
    ...CONSUMED,
    words: "viewed",
    socialverse: { path: "posts/view", timeKey: "viewed_at" },
  },
  like: {
    code: 1,
    value: { unit: "none" },
    repeats: "lasts",
    strength: { weight: 0.6, by: "presence", isDeliberate: true },
    ...CONSUMED,
    words: "liked",
    socialverse: { path: "posts/like", timeKey: "liked_at" },
  },
  inspire: {
    code: 2,
    value: { unit: "none" },
    repeats: "lasts",
    strength: { weight: 0.6, by: "presence", isDeliberate: true },
    ...CONSUMED,
    words: "were inspired by",
    socialverse: { path: "posts/inspire", timeKey: "inspired_at" },
  },
  rating: {
    code: 3,
    value: PERCENT,
    repeats: "replaces",
    strength: { weight: 1, by: "quantile", isDeliberate: false },
    ...CONSUMED,
    words: "rated",
    socialverse: { path: "posts/rating", timeKey: "rated_at", valueKey: "rating_percent" },
  },
  // From here on the weights are guesses: no data at hand has these signals.
  share: {
    code: 4,
    value: { unit: "none" },
    repeats: "adds",
    strength: { weight: 0.6, by: "presence", isDeliberate: true },
    ...CONSUMED,
    words: "shared",
    socialverse: undefined,
  },
  skip: {
    code: 5,
    value: { unit: "none" },
    repeats: "adds",
    strength: { weight: -0.5, by: "presence", isDeliberate: false }, // more than the view it ends
    ...TURNED_DOWN,
    words: "skipped",
    socialverse: undefined,
  },
  impression: {
    code: 6,
    value: { unit: "none" },
    repeats: "adds",
    strength: { weight: 0, by: "presence", isDeliberate: false },
    ...WISHED,
    words: "were shown",
    socialverse: undefined,
  },
  bookmark: {
    code: 7,
    value: { unit: "none" },
    repeats: "lasts",
    strength: { weight: 0.6, by: "presence", isDeliberate: true },
    ...CONSUMED,
    words: "bookmarked",
    socialverse: undefined,
  },
  comment: {
    code: 8,
    value: { unit: "none" },
    repeats: "adds",
    strength: { weight: 0.3, by: "presence", isDeliberate: false }, // a comment may be a complaint
    ...CONSUMED,
    words: "commented on",
    socialverse: undefined,
  },
  hide: {
    code: 9,
    value: { unit: "none" },
    repeats: "lasts",
    strength: { weight: -1, by: "presence", isDeliberate: true, isAbsolute: true },
    ...TURNED_DOWN,
    steers: STEERS.never,
    words: "hid",
    socialverse: undefined,
  },
  report: {
    code: 10,
    value: { unit: "none" },
    repeats: "adds",
    strength: { weight: -1, by: "presence", isDeliberate: true, isAbsolute: true },
    ...TURNED_DOWN,
    words: "reported",
    socialverse: undefined,
  },
  more: {
    code: 11,
    value: { unit: "none" },
    repeats: "lasts",
    strength: { weight: 0.6, by: "presence", isDeliberate: true },
    ...WISHED,
    steers: STEERS.towards,
    words: "asked for more like",
    socialverse: undefined,
  },
  less: {
    code: 12,
    value: { unit: "none" },
    repeats: "lasts",
    strength: { weight: -0.6, by: "presence", isDeliberate: true },
    ...WISHED,
    steers: STEERS.away,
    words: "asked for less like",
    socialverse: undefined,
  },
} satisfies Readonly<Record<string, Signal>>;

/** The name of a built-in signal. */
export type BuiltIn = keyof typeof TABLE;

/** The names of the signals that Socialverse sends. */
export type SyncedName = {
  [Name in BuiltIn]: (typeof TABLE)[Name]["socialverse"] extends undefined ? never : Name;
}[BuiltIn];

/** Every built-in signal by its name. */
export const SIGNALS: Readonly<Record<BuiltIn, Signal>> & {
  readonly [Name in SyncedName]: { readonly socialverse: Socialverse };
} = TABLE;

/** The names of the signals that Socialverse sends, in the order of the table. */
export const SYNCED_NAMES = Object.keys(SIGNALS).filter(isSynced);

/** True for the name of a signal that Socialverse sends. */
export function isSynced(name: string): name is SyncedName {
  return Object.hasOwn(TABLE, name) && TABLE[name as BuiltIn].socialverse !== undefined;
}
