/** How often what was done to each demo post: upstream's counters. */
import type { Audience } from "./audience.ts";

/** What happened to one post. */
export type Counts = {
  views: number;
  exits: number;
  likes: number;
  inspires: number;
  ratings: number;
  /** Sum of all ratings, in percent. */
  ratingSum: number;
};

/** The counters of every post, by its id. */
export function tally(audience: Audience, postIds: Iterable<number>): Map<number, Counts> {
  const counts = new Map<number, Counts>();
  for (const id of postIds)
    counts.set(id, { views: 0, exits: 0, likes: 0, inspires: 0, ratings: 0, ratingSum: 0 });
  for (const name of ["views", "exits", "likes", "inspires", "ratings"] as const)
    for (const { postId } of audience[name]) counts.get(postId)![name]++;
  for (const { postId, value } of audience.ratings) counts.get(postId)!.ratingSum += value;
  return counts;
}
