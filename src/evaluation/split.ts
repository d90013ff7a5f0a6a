/** Ways to divide the interactions into what may be learnt from and what is to be predicted. */
import type { Histories } from "../domain/history.ts";
import { seededRandom } from "../linalg/random.ts";
import { onlyThose } from "./histories.ts";

/** Share of the interactions that is held out. */
export const HELD_OUT = 0.1;

/**
 * What is held out: the newest share of all interactions, each person's last post, or a random
 * share of each person's posts.
 */
export type Cut =
  | { readonly by: "time"; readonly share: number }
  | { readonly by: "last" }
  | { readonly by: "random"; readonly share: number };

/** The store as it was at a cut, and what came after. */
export type Split = {
  readonly before: Histories;
  readonly after: Histories;
  /** "As of" for the part before. */
  readonly asOfMs: number;
};

/** Divide; all that was done to a post goes together unless time parts it. */
export function splitBy(cut: Cut, all: Histories, asOfMs: number, seed: number): Split {
  switch (cut.by) {
    case "time":
      return splitAtCut(all, asOfMs, seed, cut.share);
    case "last":
      return parts(all, lastPosts(all), asOfMs);
    case "random":
      return parts(all, drawnPosts(all, cut.share, seededRandom(seed)), asOfMs);
    default:
      return cut satisfies never;
  }
}

/**
 * Hold out the newest `share` of all interactions; a seeded random share of each user's posts
 * where the times say nothing (all of the newest share at one moment with the rest).
 */
export function splitAtCut(
  all: Histories,
  asOfMs: number,
  seed: number,
  share: number = HELD_OUT,
): Split {
  const times = all.atMs.toSorted();
  const cutMs = times[Math.floor(times.length * (1 - share))] ?? asOfMs;
  if (times.length === 0 || times[0]! >= cutMs)
    return splitBy({ by: "random", share }, all, asOfMs, seed);
  return splitAtMoment(all, cutMs);
}

/** Hold out what happened at `cutMs` or later; something must have happened before. */
export function splitAtMoment(all: Histories, cutMs: number): Split {
  const isAfter = Uint8Array.from(all.atMs, (it) => Number(it >= cutMs));
  const newest = (max: number, it: number) => (it < cutMs ? Math.max(max, it) : max);
  return parts(all, isAfter, all.atMs.reduce(newest, -Infinity));
}

/** @param isAfter  1 for the entries that are held out. */
function parts(all: Histories, isAfter: Uint8Array, asOfMs: number): Split {
  return {
    before: onlyThose(all, (n) => isAfter[n] === 0),
    after: onlyThose(all, (n) => isAfter[n] === 1),
    asOfMs,
  };
}

/** 1 for all that was done to the post a person touched last; a person with one post keeps it. */
function lastPosts({ userKeys, rowStart, postKeys }: Histories): Uint8Array {
  const out = new Uint8Array(postKeys.length);
  for (let user = 0; user < userKeys.length; user++) {
    const [from, to] = [rowStart[user]!, rowStart[user + 1]!];
    const last = postKeys[to - 1];
    if (postKeys.subarray(from, to).every((it) => it === last)) continue;
    for (let n = from; n < to; n++) out[n] = Number(postKeys[n] === last);
  }
  return out;
}

/** 1 for the entries of a random share of each user's posts: all that was done to a post goes together. */
function drawnPosts(
  { userKeys, rowStart, postKeys }: Histories,
  share: number,
  random: () => number,
) {
  const out = new Uint8Array(postKeys.length);
  for (let user = 0; user < userKeys.length; user++) {
    const chosen = new Map<number, number>();
    for (let n = rowStart[user]!; n < rowStart[user + 1]!; n++) {
      const before = chosen.get(postKeys[n]!);
      out[n] = before ?? Number(random() < share);
      if (before === undefined) chosen.set(postKeys[n]!, out[n]!);
    }
  }
  return out;
}
