/** Steering: what a person asks their feed for in so many words, beside what they do to posts. */
import { STEERS } from "./signal.ts";
import { SIGNALS, type BuiltIn } from "./signals.ts";
import type { Sliders } from "./sliders.ts";

/** THE table of what a feed can be steered by: what the id of each is, and how "you asked for more" goes on. */
export const TARGETS = {
  post: { about: "a post's id: what is like it", isHideable: true, words: () => "like it" },
  creator: {
    about: "a creator, as posts name them",
    isHideable: true,
    words: (id: string) => `by ${id}`,
  },
  category: {
    about: "a category's name, or words for one",
    isHideable: false,
    words: (id: string) => `in ${id}`,
  },
  tag: { about: "a tag", isHideable: false, words: (id: string) => `tagged ${id}` },
  mood: {
    about: "a mood's name, or words for one",
    isHideable: false,
    words: (id: string) => `that is ${id}`,
  },
} as const;

/** Targets of steering. */
export type TargetName = keyof typeof TARGETS;

/** The signals that steer. */
export const WAYS = (Object.keys(SIGNALS) as BuiltIn[]).filter(
  (it) => SIGNALS[it].steers !== undefined,
);

/** A request to steer: a signal, and what it is about. */
export type Steer = {
  /** One of {@link WAYS}. */
  readonly way: BuiltIn;
  readonly target: TargetName;
  readonly id: string;
};

/** A request that stands, and its time, Unix epoch milliseconds. */
export type Steered = Steer & { readonly atMs: number };

/** Everything that a person has asked for and not taken back. */
export type Steering = {
  /** One a target, the oldest first. */
  readonly steers: readonly Steered[];
  /** `undefined` for somebody who has moved none. */
  readonly sliders: Sliders | undefined;
};

/** True if what it is about may never come again. */
export const isHiding = ({ way }: Pick<Steer, "way">) => SIGNALS[way].steers === STEERS.never;

/** The code of the signal that one ends: asking for less ends having asked for more, and the other way round. */
export const OPPOSED: ReadonlyMap<number, number> = new Map(
  WAYS.flatMap((way) => {
    const opposed = WAYS.find((it) => it !== way && SIGNALS[it].steers === -SIGNALS[way].steers!);
    return opposed === undefined ? [] : [[SIGNALS[way].code, SIGNALS[opposed].code]];
  }),
);

/** The request with its id in one spelling: names of tags, moods and categories have no case. */
export function folded(steer: Steer): Steer {
  const isName = steer.target !== "post" && steer.target !== "creator";
  return isName ? { ...steer, id: steer.id.normalize("NFKC").trim().toLowerCase() } : steer;
}
