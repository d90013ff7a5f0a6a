/** Live snapshot: posts that came or changed after the training, in spare rows of the snapshot in memory, and what people did since, in its counts. */
import PQueue from "p-queue";
import type { PostChanges } from "../data/catalogue.ts";
import type { Store } from "../data/contract.ts";
import type { FindNearest } from "../index/contract.ts";
import { hasVector, nearestAmong } from "../index/exact.ts";
import { topK } from "../linalg/top-k.ts";
import { preparedModel } from "../ranking/prepared-model.ts";
import { openRanker, type Ranker } from "../ranking/feed.ts";
import { inSlices, pause } from "../runtime/time-slicing.ts";
import type { Model } from "../snapshot/model.ts";
import { postCount } from "../snapshot/spare.ts";
import { readOwnTexts, vectorsByHash } from "../training/dataset.ts";
import { fillPosts } from "../training/later-posts.ts";
import { liveCounts, type LiveCounts } from "./live-counts.ts";
import type { ServedSnapshot, SnapshotRegistry } from "./snapshot-registry.ts";

/** Changes of posts per read, a few milliseconds of work. */
const BATCH = 200;
/** Most reads per state: a catalogue that grows by more is served in steps. */
const BATCHES = 50;
/** Shortest and longest time from one state to the next, milliseconds. */
const PAUSE_MS = 1_000;
const PAUSE_MAX_MS = 10_000;
/** Largest share of the time that goes into states, where that makes no longer pause. */
const BUSY_SHARE = 0.05;

type LiveStore = Pick<Store, "posts" | "embeddings" | "events">;

/** Dependencies of {@link liveSnapshot}. */
type LiveDeps = {
  readonly registry: SnapshotRegistry;
  readonly store: () => LiveStore;
  /** Monotonic. */
  readonly nowMs?: () => number;
};

/** Progress of a snapshot in following the store. */
type State = {
  readonly id: string;
  readonly nearest: FindNearest;
  readonly counts: LiveCounts;
  /** Rows that differ from the snapshot's files. */
  readonly rows: Set<number>;
  /** Newest change of posts that `model` contains. */
  change: number;
  /** The latest model, some of whose posts no state serves yet where a poll failed: the next one goes on from it. */
  model: Model;
  /** Rows of `model`, and whether its counts, that changed since the state that is served. */
  readonly pending: Set<number>;
  isCounted: boolean;
};

/** Keeps the current snapshot up to date; call `poll` twice a second. */
export function liveSnapshot({ registry, store, nowMs = () => performance.now() }: LiveDeps) {
  let state: State | undefined;
  let againAtMs = -Infinity;
  const polls = new PQueue({ concurrency: 1 });

  async function follow(): Promise<boolean> {
    const current = registry.current();
    if (current === undefined) return false;
    if (state?.id !== current.id) state = startOf(current);
    else if (nowMs() < againAtMs) return false;
    const startMs = nowMs();
    const later = await laterState(current, state, store());
    if (later === undefined) return false;
    registry.update(later);
    state.pending.clear();
    state.isCounted = false;
    const pauseMs = Math.max(PAUSE_MS, (nowMs() - startMs) / BUSY_SHARE);
    againAtMs = startMs + Math.min(PAUSE_MAX_MS, pauseMs);
    return true;
  }

  return {
    /** Takes up what has changed since the last poll; true if anything has. */
    poll: (): Promise<boolean> => polls.add(follow),
  };
}

function startOf(snapshot: ServedSnapshot): State {
  const { id, manifest, nearest } = snapshot;
  const { postChange: change = 0 } = manifest.source.learnt ?? {};
  const { model } = snapshot.ranker;
  const news = { pending: new Set<number>(), isCounted: false };
  return { id, nearest, counts: liveCounts(snapshot), rows: new Set(), change, model, ...news };
}

/** The snapshot with all that came since; `undefined` if that is nothing. */
async function laterState(
  snapshot: ServedSnapshot,
  state: State,
  store: LiveStore,
): Promise<ServedSnapshot | undefined> {
  const { ranker } = snapshot;
  await takeLaterPosts(ranker, state, store);
  if (await state.counts.read(store.events)) state.isCounted = true;
  if (state.pending.size === 0 && !state.isCounted) return undefined;
  const { model } = state;
  const counted = state.isCounted ? await inSlices(state.counts.parts()) : {};
  const later = { ...model, parts: { ...model.parts, ...counted } };
  state.model = later;
  const nearest = nearestWith(state, later);
  const rows = Uint32Array.from(state.pending);
  const opening = openRanker(later, nearest, { ranker, rows });
  const name = `${state.change}.${state.counts.seq()}`;
  return { ...snapshot, ranker: await inSlices(opening), nearest, state: name };
}

/** Fills the posts that came or changed since into the state's model. */
async function takeLaterPosts(ranker: Ranker, state: State, store: LiveStore): Promise<void> {
  const { kernel } = preparedModel(ranker.model).view;
  for (let n = 0; n < BATCHES; n++) {
    const { model } = state;
    const changes = await store.posts.changedAfter(state.change, BATCH);
    if (changes.n === state.change) break;
    const later = { ...changes, ...(await textsOf(store, model, changes)) };
    const filled = fillPosts(model, later, ranker.rowOf, postCount(model));
    for (const row of filled.rows) ranker.rows.add(model.postKeys[row]!, row);
    for (const matrix of filled.written) kernel.refresh(matrix, filled.rows);
    for (const row of filled.rows) for (const it of [state.rows, state.pending]) it.add(row);
    state.model = filled.model;
    state.change = changes.n;
    await pause();
  }
}

/** Vectors of posts, and of the models' own texts. */
async function textsOf(
  store: Pick<Store, "embeddings">,
  { info: { encoder } }: Model,
  { posts }: PostChanges,
) {
  const { vectors } = await vectorsByHash(store, encoder, posts.textHashes);
  return { embeddings: vectors, texts: await readOwnTexts(store, encoder) };
}

/** The snapshot's search, and one among the rows that differ from it. */
function nearestWith({ nearest, rows }: State, model: Model): FindNearest {
  const { embeddings, info } = model;
  const d = info.encoder?.dimension ?? 0;
  const differing = Uint32Array.from(rows).filter((row) => hasVector(embeddings, row, d));
  return (vector, count) => {
    const { texts } = preparedModel(model).view;
    const near = texts.withSome(vector, differing).subarray(0, differing.length);
    const later = topK(near, count).map((place) => differing[place]!);
    const all = new Set([...nearest(vector, count), ...later]);
    return nearestAmong(embeddings, vector, count, Uint32Array.from(all).sort());
  };
}
