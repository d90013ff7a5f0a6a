/** Live snapshot: posts that came or changed after the training, served from the spare rows of the snapshot in memory. */
import PQueue from "p-queue";
import type { PostChanges } from "../data/catalogue.ts";
import type { Store } from "../data/contract.ts";
import type { FindNearest } from "../index/contract.ts";
import { hasVector, nearestAmong } from "../index/exact.ts";
import { preparedModel } from "../ranking/prepared-model.ts";
import { openRanker } from "../ranking/feed.ts";
import { inSlices, pause } from "../runtime/time-slicing.ts";
import type { Model } from "../snapshot/model.ts";
import { postCount } from "../snapshot/spare.ts";
import { readOwnTexts, vectorsByHash } from "../training/dataset.ts";
import { fillPosts } from "../training/later-posts.ts";
import type { ServedSnapshot, SnapshotRegistry } from "./snapshot-registry.ts";

/** Changes of posts per read, a few milliseconds of work. */
const BATCH = 200;
/** Most reads per state: a catalogue that grows by more is served in steps. */
const BATCHES = 50;
/** Largest share of the time that goes into new states. */
const BUSY_SHARE = 0.05;

/** Dependencies of {@link liveSnapshot}. */
type LiveDeps = {
  readonly registry: SnapshotRegistry;
  readonly store: () => Pick<Store, "posts" | "embeddings">;
  /** Monotonic. */
  readonly nowMs?: () => number;
};

/** How far a snapshot has followed the store. */
type State = {
  readonly id: string;
  readonly nearest: FindNearest;
  /** Rows that differ from the snapshot's files. */
  readonly rows: Set<number>;
  /** Newest change of posts that it contains. */
  change: number;
};

/** Keeps the current snapshot up to date; call `poll` twice a second. */
export function liveSnapshot({ registry, store, nowMs = () => performance.now() }: LiveDeps) {
  let state: State | undefined;
  let againAtMs = -Infinity;
  const polls = new PQueue({ concurrency: 1 });

  async function follow(): Promise<boolean> {
    const current = registry.current();
    if (current === undefined || nowMs() < againAtMs) return false;
    if (state?.id !== current.id) state = startOf(current);
    const startMs = nowMs();
    const later = await withLaterPosts(current, state, store());
    if (later === undefined) return false;
    registry.update(later);
    againAtMs = nowMs() + (nowMs() - startMs) / BUSY_SHARE;
    return true;
  }

  return {
    /** Takes up what has changed since the last poll; true if anything has. */
    poll: (): Promise<boolean> => polls.add(follow),
  };
}

function startOf({ id, manifest, nearest }: ServedSnapshot): State {
  const { postChange = 0 } = manifest.source.learnt ?? {};
  return { id, nearest, rows: new Set(), change: postChange };
}

/** The snapshot with the posts that came or changed since; `undefined` if there are none. */
async function withLaterPosts(
  snapshot: ServedSnapshot,
  state: State,
  store: Pick<Store, "posts" | "embeddings">,
): Promise<ServedSnapshot | undefined> {
  const { ranker } = snapshot;
  const { kernel } = preparedModel(ranker.model).view;
  const changed = new Set<number>();
  let { model } = ranker;
  for (let n = 0; n < BATCHES; n++) {
    const changes = await store.posts.changedAfter(state.change, BATCH);
    if (changes.n === state.change) break;
    const later = { ...changes, ...(await textsOf(store, model, changes)) };
    const filled = fillPosts(model, later, ranker.rowOf, postCount(model));
    for (const row of filled.rows) ranker.rows.add(model.postKeys[row]!, row);
    for (const matrix of filled.written) kernel.refresh(matrix, filled.rows);
    for (const row of filled.rows) changed.add(row);
    model = filled.model;
    state.change = changes.n;
    await pause();
  }
  if (changed.size === 0) return undefined;
  for (const row of changed) state.rows.add(row);
  const nearest = nearestWith(state, model);
  const rows = Uint32Array.from(changed);
  return {
    ...snapshot,
    ranker: await inSlices(openRanker(model, nearest, { ranker, rows })),
    nearest,
  };
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

/** The snapshot's search, and an exact one among the rows that differ from it. */
function nearestWith({ nearest, rows }: State, { embeddings, info }: Model): FindNearest {
  const d = info.encoder?.dimension ?? 0;
  const differing = Array.from(rows).filter((row) => hasVector(embeddings, row, d));
  return (vector, count) => {
    const all = new Set([...nearest(vector, count), ...differing]);
    return nearestAmong(embeddings, vector, count, Uint32Array.from(all).sort());
  };
}
