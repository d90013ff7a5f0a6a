/** What the hand-written material of the demo catalogue is made of. */

/** How a video feels; tells viewers of one category apart. */
export type Tone = "calm" | "driven" | "practical" | "warm" | "playful" | "frank";

/** How a video is made. */
export type Format =
  "talk" | "guided" | "voiceOver" | "explainer" | "diary" | "handsOn" | "interview" | "poem";

/** Interests that run across categories: what a viewer has a taste for, and a category can't tell. */
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
  /** The first one is what the theme is most about. */
  readonly threads: readonly [Thread, ...Thread[]];
  readonly keywords: readonly string[];
  readonly audience: string;
  /** Where such videos are filmed: ends a sentence such as "recorded …". */
  readonly places: readonly string[];
  /** Sentences that are true of every post of the theme. */
  readonly context: readonly string[];
  /** Whether the posts are parts to be watched in order. */
  readonly isSeries?: true;
  /** Title → the sentence that says what this one video shows. */
  readonly posts: Readonly<Record<string, string>>;
};

/** A category of the demo catalogue. Names and descriptions are sent as they stand, spaces too. */
export type CategoryMaterial = {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly themes: readonly Theme[];
};
