/** Counts of the store, for the page at `/`. */
import type { Store } from "../data/contract.ts";
import { pause } from "../runtime/time-slicing.ts";

/** Numbers of what is stored. */
export type StoreCounts = {
  readonly posts: number;
  /** Those that only events name, too. */
  readonly people: number;
  /** Those about posts: steering and erasures are none. */
  readonly events: number;
};

/** Counting takes at most this part of the time, however often it is asked for: a million rows take 10 ms. */
const SHARE_OF_TIME = 0.01;
/** Entries of the log counted between two pauses: a millisecond. */
const ENTRIES_A_STEP = 20_000;

type Counted = {
  readonly posts: Pick<Store["posts"], "count">;
  readonly users: Pick<Store["users"], "count">;
  readonly events: Pick<Store["events"], "count" | "lastSeq" | "lastErasure">;
};

/**
 * Opens the counter of posts, people and events.
 *
 * @param nowMs  A clock that only runs forwards.
 */
export function storeCounts(
  { posts, users, events }: Counted,
  nowMs: () => number,
): () => Promise<StoreCounts> {
  let counts: StoreCounts | undefined;
  let againAtMs = 0;
  const countEvents = eventCounter(events);
  return async () => {
    const startMs = nowMs();
    if (counts !== undefined && startMs < againAtMs) return counts;
    counts = {
      posts: await posts.count(),
      people: await users.count(),
      events: await countEvents(),
    };
    const endMs = nowMs();
    againAtMs = endMs + (endMs - startMs) / SHARE_OF_TIME;
    return counts;
  };
}

/** Counts each entry of the log once, and all of them anew after an erasure. */
function eventCounter(events: Counted["events"]): () => Promise<number> {
  let known = { erasure: 0, seq: 0, count: 0 };
  return async () => {
    const erasure = await events.lastErasure();
    const last = await events.lastSeq();
    let { seq, count } = known.erasure === erasure ? known : { seq: 0, count: 0 };
    for (; seq < last; seq = Math.min(last, seq + ENTRIES_A_STEP)) {
      count += await events.count(seq, Math.min(last, seq + ENTRIES_A_STEP));
      await pause();
    }
    known = { erasure, seq, count };
    return count;
  };
}
