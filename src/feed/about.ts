/** Counts of the store, for the page at `/`. */
import type { Store } from "../data/contract.ts";

/** Numbers of what is stored. */
export type Counts = {
  readonly posts: number;
  /** Those that only events name, too. */
  readonly people: number;
  /** Entries of the log. */
  readonly events: number;
};

/** Counting takes at most this part of the time, however often it is asked for: a million rows take 10 ms. */
const SHARE_OF_TIME = 0.01;

type Counted = {
  readonly posts: Pick<Store["posts"], "count">;
  readonly users: Pick<Store["users"], "count">;
  readonly events: Pick<Store["events"], "lastSeq">;
};

/**
 * Opens the counter of posts, people and events.
 *
 * @param nowMs  A clock that only runs forwards.
 */
export function storeCounts(
  { posts, users, events }: Counted,
  nowMs: () => number,
): () => Promise<Counts> {
  let counts: Counts | undefined;
  let againAtMs = 0;
  return async () => {
    const startMs = nowMs();
    if (counts !== undefined && startMs < againAtMs) return counts;
    counts = {
      posts: await posts.count(),
      people: await users.count(),
      events: await events.lastSeq(),
    };
    const endMs = nowMs();
    againAtMs = endMs + (endMs - startMs) / SHARE_OF_TIME;
    return counts;
  };
}
