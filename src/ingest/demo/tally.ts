/** How often what was done to each demo post: upstream's counters. */
import type { Audience } from "./audience.ts";
import { DEEDS, type Deeds } from "./reactions.ts";

/** What happened to one post. */
export type Counts = Record<keyof Deeds, number> & {
  /** Sum of all ratings, in percent. */
  ratingSum: number;
};

/** The counters of every post, by its id. */
export function tally(audience: Audience, postIds: Iterable<number>): Map<number, Counts> {
  const counts = new Map<number, Counts>();
  const none = Object.fromEntries([...DEEDS, "ratingSum"].map((it) => [it, 0])) as Counts;
  for (const id of postIds) counts.set(id, { ...none });
  for (const name of DEEDS) for (const { postId } of audience[name]) counts.get(postId)![name]++;
  for (const { postId, value } of audience.rating) counts.get(postId)!.ratingSum += value;
  return counts;
}
