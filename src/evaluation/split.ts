/** Splits of the event log into a part to learn from and a part to predict. */
import type { Histories } from "../domain/history.ts";
import { seededRandom } from "../linalg/random.ts";
import { onlyThose } from "./histories.ts";

/** Share of the events that is held out by default. */
export const HELD_OUT = 0.1;

/**
 * The held-out part: the newest share of all events, each person's last post, or a random share of each
 * person's posts.
 */
export type Cut =
  | { readonly by: "time"; readonly share: number }
  | { readonly by: "last" }
  | { readonly by: "random"; readonly share: number };

/** Events before and after a cut. Both parts have all users. */
export type Split = {
  readonly before: Histories;
  readonly after: Histories;
  /** Time of the newest event before the cut, from which ages are measured. */
  readonly asOfMs: number;
  /** True where posts that a person knew before count as relevant, though no list has them: as some figures are published. */
  readonly countsKnown?: boolean;
};

/** Splits histories. Except in time, all events of a person and post stay together. */
export function splitBy(cut: Cut, all: Histories, asOfMs: number, seed: number): Split {
  switch (cut.by) {
    case "time":
      return splitInTime(all, cut.share, asOfMs, seed);
    case "last":
      return parts(all, lastPosts(all), asOfMs);
    case "random":
      return parts(all, randomPosts(all, cut.share, seededRandom(seed)), asOfMs);
    default:
      return cut satisfies never;
  }
}

/**
 * Holds out the newest `share` of all events. If times do not separate it from the rest, a random
 * share of each user's posts instead.
 */
function splitInTime(all: Histories, share: number, asOfMs: number, seed: number): Split {
  const times = all.atMs.toSorted();
  const cutMs = times[Math.floor(times.length * (1 - share))] ?? asOfMs;
  if (times.length === 0 || times[0]! >= cutMs)
    return splitBy({ by: "random", share }, all, asOfMs, seed);
  return splitAtMoment(all, cutMs);
}

/** Holds out the events at `cutMs` or later; there must be an event before. */
export function splitAtMoment(all: Histories, cutMs: number): Split {
  const isAfter = Uint8Array.from(all.atMs, (it) => Number(it >= cutMs));
  const newest = (max: number, it: number) => (it < cutMs ? Math.max(max, it) : max);
  return parts(all, isAfter, all.atMs.reduce(newest, -Infinity));
}

/** @param isAfter  1 for the events that are held out. */
function parts(all: Histories, isAfter: Uint8Array, asOfMs: number): Split {
  return {
    before: onlyThose(all, (n) => isAfter[n] === 0),
    after: onlyThose(all, (n) => isAfter[n] === 1),
    asOfMs,
  };
}

/** 1 for the events of each person's last post; a person with a single post keeps it. */
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

/** 1 for the events of a random share of each user's posts. */
function randomPosts(
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
