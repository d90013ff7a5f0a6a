/** Held-out cases: what a person did after a moment, and all that was known of them before it. */
import type { Histories, History } from "../domain.ts";
import { seededRandom } from "../math/random.ts";
import type { Vocabulary } from "../math/vocabulary.ts";
import { CONFIDENCE, ratingScale, tastes, type RatingScale } from "../train/confidence.ts";
import { historyOf, onlyThose } from "./matrix.ts";

/** Share of the interactions that is held out. */
const HELD_OUT = 0.1;
/** History lengths to which every case is also cut. */
export const TRUNCATED = [0, 1, 2, 3, 5, 10] as const;

/** The store as it was at a cut, and what came after. */
export type Split = {
  readonly before: Histories;
  readonly after: Histories;
  /** "As of" for the part before. */
  readonly asOfMs: number;
};

/**
 * Hold out the newest tenth of all interactions; a seeded random tenth per user where the times
 * say nothing (all of the newest tenth at one moment with the rest).
 */
export function splitAtCut(all: Histories, asOfMs: number, seed: number): Split {
  const times = all.atMs.toSorted();
  const cutMs = times[Math.floor(times.length * (1 - HELD_OUT))] ?? asOfMs;
  const parts = (isAfter: (n: number) => boolean) => ({
    before: onlyThose(all, (n) => !isAfter(n)),
    after: onlyThose(all, isAfter),
  });
  if (times.length > 0 && times[0]! < cutMs) {
    const before = times.filter((it) => it < cutMs);
    return { ...parts((n) => all.atMs[n]! >= cutMs), asOfMs: before.at(-1)! };
  }
  const random = seededRandom(seed);
  const drawn = Uint8Array.from(all.atMs, () => Number(random() < HELD_OUT));
  return { ...parts((n) => drawn[n] === 1), asOfMs };
}

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

/**
 * Every person with something liked after the cut, at their own history length and at each shorter
 * one of {@link TRUNCATED}; at most `most` cases, drawn by seed.
 */
export function casesOf(
  split: Split,
  posts: Vocabulary,
  isServable: (row: number) => boolean,
  seed: number,
  most: number,
): Case[] {
  const scale = ratingScale(split.before);
  const all: Case[] = [];
  for (let user = 0; user < split.after.userIds.length; user++) {
    const history = historyOf(split.before, user);
    const known = new Set(history.postIds);
    const positives = likedRows(historyOf(split.after, user), scale, split.asOfMs, posts).filter(
      (row) => !known.has(posts.ids[row]!) && isServable(row),
    );
    if (positives.length === 0) continue;
    const lengths = [...TRUNCATED.filter((it) => it < known.size), known.size];
    for (const length of lengths) all.push({ history, length, user, positives });
  }
  return drawn(all, most, seededRandom(seed));
}

function likedRows(
  history: History,
  scale: RatingScale,
  asOfMs: number,
  posts: Vocabulary,
): Uint32Array {
  const taste = tastes(history, scale, asOfMs, CONFIDENCE);
  const liked = [...taste.postIds].filter((_, n) => taste.confidence[n]! > 0);
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

/** The newest `length` posts of a history, with all that was done to them. */
export function newestPosts(history: History, length: number): History {
  const kept = new Set<number>();
  for (let n = history.postIds.length - 1; n >= 0 && kept.size < length; n--)
    kept.add(history.postIds[n]!);
  const places = Uint32Array.from(history.postIds.keys()).filter((n) =>
    kept.has(history.postIds[n]!),
  );
  return {
    postIds: Float64Array.from(places, (n) => history.postIds[n]!),
    kinds: Uint8Array.from(places, (n) => history.kinds[n]!),
    values: Float32Array.from(places, (n) => history.values[n]!),
    atMs: Float64Array.from(places, (n) => history.atMs[n]!),
    withdrawn: Uint8Array.from(places, (n) => history.withdrawn[n]!),
  };
}
