/** Events and posts of benchmark files as a dataset. */
import { UNKNOWN, type Histories } from "../domain/history.ts";
import { signalOf, type SignalName } from "../domain/known-signals.ts";
import type { Dataset } from "../training/dataset.ts";
import type { PostColumns } from "../data/catalogue.ts";

/** One event of a file. */
export type Event = {
  readonly userKey: number;
  readonly postKey: number;
  readonly kind: SignalName;
  /** In the unit of its signal; 1 for signals without a value. */
  readonly value: number;
  /** Unix epoch milliseconds; the position if a file only has an order. */
  readonly atMs: number;
  readonly watchedMs?: number;
  readonly durationMs?: number;
};

/** An event as a preset of `ingest` reads it from a file, whose ids are numbers. */
export function eventOf(row: {
  readonly user: string;
  readonly post: string;
  readonly kind: SignalName;
  readonly value?: number;
  readonly at: number;
  readonly watched_ms?: number;
  readonly duration_ms?: number;
}): Event {
  const { user, post, kind, value = 1, at, watched_ms, duration_ms } = row;
  return {
    userKey: Number(user),
    postKey: Number(post),
    kind,
    value,
    atMs: at,
    ...(watched_ms !== undefined && { watchedMs: watched_ms }),
    ...(duration_ms !== undefined && { durationMs: duration_ms }),
  };
}

/** Events of one kind without those that a later one of the list replaces, as in a store: a post is liked once. */
export function lastOfEach(events: readonly Event[]): Event[] {
  return [...new Map(events.map((it) => [`${it.userKey} ${it.postKey}`, it])).values()];
}

/** Histories of all users, or of `users`, some without events; events of equal time keep their order. */
export function historiesOf(events: readonly Event[], users?: readonly number[]): Histories {
  const groups = Map.groupBy(events, (it) => it.userKey);
  const byUser = [...(users ?? groups.keys())]
    .sort((a, b) => a - b)
    .map((id) => [id, groups.get(id) ?? []] as const);
  const sorted = byUser.flatMap(([, own]) => own.sort((a, b) => a.atMs - b.atMs));
  let end = 0;
  return {
    userKeys: Float64Array.from(byUser, ([id]) => id),
    rowStart: Uint32Array.of(0, ...byUser.map(([, own]) => (end += own.length))),
    postKeys: Float64Array.from(sorted, (it) => it.postKey),
    kinds: Uint8Array.from(sorted, (it) => signalOf(it.kind).code),
    values: Float32Array.from(sorted, (it) => it.value),
    atMs: Float64Array.from(sorted, (it) => it.atMs),
    withdrawn: new Uint8Array(sorted.length),
    watchedMs: Float32Array.from(sorted, (it) => it.watchedMs ?? UNKNOWN),
    durationMs: Float32Array.from(sorted, (it) => it.durationMs ?? UNKNOWN),
    attributed: new Uint8Array(sorted.length),
  };
}

/** Fields of a post that files have. */
type PostFacts = {
  readonly id: number;
  readonly title?: string;
  readonly createdAtMs?: number;
  readonly category?: string;
  readonly creator?: string;
};

/** Post columns in which every post is servable and counters are 0. */
export function postsOf(facts: readonly PostFacts[]): PostColumns {
  const posts = facts.toSorted((a, b) => a.id - b.id);
  const names = [...new Set(posts.flatMap((it) => it.category ?? []))].sort();
  return {
    keys: Float64Array.from(posts, (it) => it.id),
    createdAtMs: Float64Array.from(posts, (it) => it.createdAtMs ?? 0),
    viewCounts: new Float64Array(posts.length),
    exitCounts: new Float64Array(posts.length),
    isLocked: new Uint8Array(posts.length),
    isPublic: new Uint8Array(posts.length).fill(1),
    isWithdrawn: new Uint8Array(posts.length),
    isHidden: new Uint8Array(posts.length),
    expiresAtMs: new Float64Array(posts.length),
    categories: posts.map(({ category }) =>
      category === undefined ? [] : [{ id: names.indexOf(category) + 1, name: category }],
    ),
    topicCodes: posts.map(() => undefined),
    creators: posts.map((it) => it.creator ?? ""),
    links: posts.map(() => ""),
    titles: posts.map((it) => it.title ?? ""),
    summaries: posts.map(() => ""),
    textHashes: posts.map(() => ""),
  };
}

/** A dataset without texts and profiles. */
export function datasetOf(posts: PostColumns, histories: Histories, asOfMs: number): Dataset {
  return {
    asOfMs,
    posts,
    histories,
    profiles: Array.from(histories.userKeys, () => undefined),
    encoder: undefined,
    embeddings: new Float32Array(0),
    embedded: 0,
    texts: {},
  };
}
