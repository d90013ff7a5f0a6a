/** Growth rule: decides that a store has grown enough to be learnt again. */
import { spareRows } from "../../snapshot/spare.ts";

/** Extent of a store: it only grows. */
export type Extent = {
  /** Seq of the newest event. */
  readonly seq: number;
  /** The number of times that a post was new, changed or removed. */
  readonly changes: number;
};

/** Extent and time of the run behind the newest snapshot. */
export type Learnt = Extent & {
  readonly posts: number;
  readonly atMs: number;
  /** A run is to follow that makes a better one. */
  readonly isQuick: boolean;
};

/**
 * Reason to learn a store: it is served from nothing yet, or new posts find no spare row; posts or
 * events have grown by the asked part.
 */
export type Growth = "first" | "full" | "posts" | "events";

/**
 * The growth since `learnt`; `undefined` if it is not worth a run.
 *
 * @param percent  New events or posts that are worth one, of those learnt from.
 * @param posts  Counts the stored posts, called only after many changes.
 */
export async function growthSince(
  learnt: Learnt | undefined,
  now: Extent,
  percent: number,
  posts: () => Promise<number>,
): Promise<Growth | undefined> {
  if (learnt === undefined) return now.changes > 0 ? "first" : undefined;
  const [changes, events] = [now.changes - learnt.changes, now.seq - learnt.seq];
  const room = learnt.posts + spareRows(learnt.posts);
  // An app may send all its posts again with new counts: only new posts take a row.
  if (learnt.posts + changes > room && (await posts()) > room) return "full";
  if (changes > 0 && changes * 100 >= percent * learnt.posts) return "posts";
  return events > 0 && events * 100 >= percent * learnt.seq ? "events" : undefined;
}
