/** Types of the hand-written material that the demo catalogue is made from. */

/** Mood of a video; some viewers prefer one tone in every category. */
export type Tone = "calm" | "driven" | "practical" | "warm" | "playful" | "frank";

/** Form of a video. */
export type Format =
  "talk" | "guided" | "voiceOver" | "explainer" | "diary" | "handsOn" | "interview" | "poem";

/** Interests that run across categories: viewers prefer threads, which categories do not show. */
export const THREADS = [
  "runner",
  "trail",
  "strength",
  "discipline",
  "student",
  "language",
  "speaker",
  "shy",
  "desk",
  "founder",
  "thrift",
  "maker",
  "cook",
  "slow",
  "parent",
  "kindness",
  "comeback",
  "lateStarter",
] as const;
export type Thread = (typeof THREADS)[number];

/** A group of posts about one thing, with the parts their summaries are written from. */
export type Theme = {
  readonly name: string;
  readonly tone: Tone;
  readonly formats: readonly Format[];
  /** The first one is the main thread. */
  readonly threads: readonly [Thread, ...Thread[]];
  readonly keywords: readonly string[];
  readonly audience: string;
  /** Places of filming, to follow a verb such as "recorded". */
  readonly places: readonly string[];
  /** Sentences that fit every post of the theme. */
  readonly context: readonly string[];
  /** Whether the posts are parts to be watched in order. */
  readonly isSeries?: true;
  /** Title → gist: a sentence on what this one video shows. */
  readonly posts: Readonly<Record<string, string>>;
};

/** A category of the demo catalogue. */
export type CategoryMaterial = {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly themes: readonly Theme[];
};
