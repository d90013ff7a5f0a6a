/** Ways to divide the interactions into what may be learnt from and what is to be predicted. */
import type { Histories } from "../domain.ts";
import { seededRandom } from "../math/random.ts";
import { onlyThose } from "./histories.ts";

/** Share of the interactions that is held out. */
export const HELD_OUT = 0.1;

/** The store as it was at a cut, and what came after. */
export type Split = {
  readonly before: Histories;
  readonly after: Histories;
  /** "As of" for the part before. */
  readonly asOfMs: number;
};

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
  const parts = (isAfter: (n: number) => boolean) => ({
    before: onlyThose(all, (n) => !isAfter(n)),
    after: onlyThose(all, isAfter),
  });
  if (times.length > 0 && times[0]! < cutMs) {
    const before = times.filter((it) => it < cutMs);
    return { ...parts((n) => all.atMs[n]! >= cutMs), asOfMs: before.at(-1)! };
  }
  const drawn = drawnPosts(all, share, seededRandom(seed));
  return { ...parts((n) => drawn[n] === 1), asOfMs };
}

/** 1 for the entries of a random share of each user's posts: all that was done to a post goes together. */
function drawnPosts(
  { userIds, rowStart, postIds }: Histories,
  share: number,
  random: () => number,
) {
  const out = new Uint8Array(postIds.length);
  for (let user = 0; user < userIds.length; user++) {
    const chosen = new Map<number, number>();
    for (let n = rowStart[user]!; n < rowStart[user + 1]!; n++) {
      const before = chosen.get(postIds[n]!);
      out[n] = before ?? Number(random() < share);
      if (before === undefined) chosen.set(postIds[n]!, out[n]!);
    }
  }
  return out;
}
