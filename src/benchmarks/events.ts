/** What somebody did, read from a file, as the columns a store would hold. */

import type { Histories } from "../domain/history.ts";
import { SIGNALS, type SignalName } from "../domain/signals.ts";
import type { Dataset } from "../training/dataset.ts";
import type { PostColumns } from "../data/sqlite/posts.ts";

/** One interaction of a file. */
export type Event = {
  readonly userKey: number;
  readonly postKey: number;
  readonly kind: SignalName;
  /** In the unit of its kind; 1 without one. */
  readonly value: number;
  /** Unix epoch milliseconds; where a file only tells the order, so many after another. */
  readonly atMs: number;
};

/** Every user's events, oldest first; equal times in the order given. */
export function historiesOf(events: readonly Event[]): Histories {
  const byUser = [...Map.groupBy(events, (it) => it.userKey)].sort(([a], [b]) => a - b);
  const sorted = byUser.flatMap(([, own]) => own.sort((a, b) => a.atMs - b.atMs));
  let end = 0;
  return {
    userKeys: Float64Array.from(byUser, ([id]) => id),
    rowStart: Uint32Array.of(0, ...byUser.map(([, own]) => (end += own.length))),
    postKeys: Float64Array.from(sorted, (it) => it.postKey),
    kinds: Uint8Array.from(sorted, (it) => SIGNALS[it.kind].code),
    values: Float32Array.from(sorted, (it) => it.value),
    atMs: Float64Array.from(sorted, (it) => it.atMs),
    withdrawn: new Uint8Array(sorted.length),
  };
}

/** What a file tells of a post. */
export type PostFacts = {
  readonly id: number;
  readonly title?: string;
  readonly createdAtMs?: number;
  readonly category?: string;
};

/** A catalogue of which little is known: every post may be served, no counters. */
export function postsOf(facts: readonly PostFacts[]): PostColumns {
  const posts = facts.toSorted((a, b) => a.id - b.id);
  const names = [...new Set(posts.flatMap((it) => it.category ?? []))].sort();
  return {
    ids: Float64Array.from(posts, (it) => it.id),
    createdAtMs: Float64Array.from(posts, (it) => it.createdAtMs ?? 0),
    viewCounts: new Float64Array(posts.length),
    exitCounts: new Float64Array(posts.length),
    isLocked: new Uint8Array(posts.length),
    isPublic: new Uint8Array(posts.length).fill(1),
    isWithdrawn: new Uint8Array(posts.length),
    categories: posts.map(({ category }) =>
      category === undefined ? undefined : { id: names.indexOf(category) + 1, name: category },
    ),
    topicCodes: posts.map(() => undefined),
    titles: posts.map((it) => it.title ?? ""),
    summaries: posts.map(() => ""),
    textHashes: posts.map(() => ""),
  };
}

/** A dataset without texts. */
export function datasetOf(posts: PostColumns, histories: Histories, asOfMs: number): Dataset {
  return {
    asOfMs,
    posts,
    histories,
    profiles: Array.from(histories.userKeys, () => undefined),
    encoder: undefined,
    embeddings: new Float32Array(0),
    embedded: 0,
    moodVectors: new Float32Array(0),
  };
}
