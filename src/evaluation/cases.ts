/** Held-out cases: what a person did after a moment, and all that was known of them before it. */
import type { History } from "../domain/history.ts";
import { seededRandom } from "../linalg/random.ts";
import type { Vocabulary } from "../linalg/vocabulary.ts";
import type { Ranker } from "../ranking/feed.ts";
import { personOf, type Person } from "../ranking/person.ts";
import type { Recency } from "../snapshot/model.ts";
import { CONFIDENCE, ratingScale, tastes, type RatingScale } from "../models/confidence.ts";
import { historyOf, newestPosts } from "./histories.ts";
import type { Split } from "./split.ts";

/**
 * History lengths to which every case is also cut. Not to 0: people we know have seen the popular
 * posts already, and would teach that newcomers like others.
 */
export const TRUNCATED = [1, 2, 3, 5, 10] as const;

/** One person at one history length. */
export type Case = {
  /** Everything they did before the cut, which is never offered again. */
  readonly history: History;
  /** How many of their newest posts may be known. */
  readonly length: number;
  readonly user: number;
  /** Rows of the posts they liked after the cut, not touched before. */
  readonly positives: Uint32Array;
};

/** Every person with something liked after the cut, at their own history length. */
export function wholeCases(
  split: Split,
  posts: Vocabulary,
  isServable: (row: number) => boolean,
): Case[] {
  const scale = ratingScale(split.before);
  const all: Case[] = [];
  for (let user = 0; user < split.after.userKeys.length; user++) {
    const history = historyOf(split.before, user);
    const known = new Set(history.postKeys);
    const positives = likedRows(historyOf(split.after, user), scale, split.asOfMs, posts).filter(
      (row) => !known.has(posts.ids[row]!) && isServable(row),
    );
    if (positives.length > 0) all.push({ history, length: known.size, user, positives });
  }
  return all;
}

/**
 * The same people, each also at every shorter history length of {@link TRUNCATED}; at most `most`
 * cases, drawn by seed, half of them or all there are at their own length.
 */
export function casesOf(
  split: Split,
  posts: Vocabulary,
  isServable: (row: number) => boolean,
  seed: number,
  most: number,
): Case[] {
  const random = seededRandom(seed);
  const whole = wholeCases(split, posts, isServable);
  const kept = drawn(whole, Math.ceil(most / 2), random);
  const shorter = whole.flatMap((it) =>
    TRUNCATED.filter((length) => length < it.length).map((length) => ({ ...it, length })),
  );
  return [...kept, ...drawn(shorter, most - kept.length, random)];
}

function likedRows(
  history: History,
  scale: RatingScale,
  asOfMs: number,
  posts: Vocabulary,
): Uint32Array {
  const taste = tastes(history, scale, asOfMs, CONFIDENCE);
  const liked = [...taste.postKeys].filter((_, n) => taste.confidence[n]! > 0);
  return Uint32Array.from(liked.map(posts.rowOf).filter((it) => it !== undefined));
}

/** `most` of the cases, each as likely as any other, in their order. */
function drawn(all: readonly Case[], most: number, random: () => number): Case[] {
  let [wanted, left] = [Math.min(most, all.length), all.length];
  return all.filter(() => {
    const take = random() * left-- < wanted;
    if (take) wanted--;
    return take;
  });
}

/** Who they were at that history length: the rest of what they saw is only kept from coming back. */
export function personAt(
  { model, rowOf }: Ranker,
  it: Case,
  prior?: Float32Array,
  recency?: Recency,
): Person {
  const whole = personOf(model, rowOf, it.history, prior, recency);
  if (it.length >= whole.length) return whole;
  const newest = personOf(model, rowOf, newestPosts(it.history, it.length), prior, recency);
  return { ...newest, seen: whole.seen };
}
