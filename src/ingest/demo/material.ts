/** Types of the hand-written material that the demo catalogue is made from. */
import type { BIOS } from "./handles.ts";
import type { FEELING, MAKING } from "./narration.ts";

/** Mood of a video; some viewers prefer one tone in every category. */
export type Tone = keyof typeof FEELING;

/** Form of a video. */
export type Format = keyof typeof MAKING;

/** Interests that run across categories: viewers prefer threads, which categories do not show. */
export type Thread = keyof typeof BIOS;

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
  /** Present if the posts are parts to be watched in order. */
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
