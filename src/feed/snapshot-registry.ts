/** Registry of snapshots in memory: the newest good one, and older ones that sessions were ranked from. */
import { LRUCache } from "lru-cache";
import PQueue from "p-queue";
import type { FindNearest } from "../index/contract.ts";
import { openNearest } from "../index/open.ts";
import { LAYOUT } from "../models/models.ts";
import { openRanker, type Ranker } from "../ranking/feed.ts";
import { atOnce, inSlices, type Steps } from "../runtime/time-slicing.ts";
import type { StoreMark } from "../domain/event.ts";
import { checkStore, MADE_AGAIN, type Manifest } from "../snapshot/manifest.ts";
import {
  currentId,
  isThere,
  openingNewest,
  openSnapshot,
  type Snapshot,
} from "../snapshot/open.ts";
import { repairPointer } from "../snapshot/write.ts";
import { pauseAfter } from "../runtime/supervised-worker.ts";
import { SESSION_MS } from "./session-cache.ts";

/** A snapshot that is prepared for ranking. */
export type ServedSnapshot = {
  readonly id: string;
  readonly manifest: Manifest;
  readonly ranker: Ranker;
  readonly nearest: FindNearest;
  /**
   * Progress of posts and counts since the snapshot; "" for the snapshot itself. In equal states equal
   * requests get equal lists.
   */
  readonly state: string;
};

/** The snapshots that are served from. */
export type SnapshotRegistry = {
  /** `undefined` before the first snapshot. */
  readonly current: () => ServedSnapshot | undefined;
  /** A snapshot that may be older than the current one; `undefined` if it is gone or damaged. */
  readonly byId: (id: string) => Promise<ServedSnapshot | undefined>;
  /** Serves a later state of the current snapshot: the same rows, with posts and counts that came since. */
  readonly update: (later: ServedSnapshot) => void;
  /** Reasons why snapshots were refused, could not be prepared, or are gone. */
  readonly refused: () => readonly string[];
  /**
   * Switches to a newer snapshot, if there is one, once it is checked and prepared; until then the old
   * one serves. Returns its id at the switch, else `undefined`. A refused snapshot is tried again after
   * growing pauses: memory or rights may have been missing.
   */
  readonly poll: () => Promise<string | undefined>;
};

/** Snapshots kept open beside the current one, for as long as sessions may be from them. */
const OLDER = 2;

type RegistryOptions = {
  /** Mark of the store; snapshots of another store are refused. `undefined` while none can be read. */
  readonly store?: StoreMark | undefined;
  /** The store's present mark. */
  readonly storeNow?: () => Promise<StoreMark | undefined>;
  /** Tests replace these two. */
  readonly prepare?: (snapshot: Snapshot) => Steps<ServedSnapshot>;
  readonly nowMs?: () => number;
};

/** Opens the registry of the snapshots under `folder`, which may not exist yet. */
export function openRegistry(folder: string, options: RegistryOptions = {}): SnapshotRegistry {
  const {
    storeNow = async () => undefined,
    prepare = preparing,
    nowMs = () => performance.now(),
  } = options;
  let { store } = options;
  let current: ServedSnapshot | undefined;
  let refused: readonly string[] = [];
  let polled: string | undefined | null = null;
  let tries = 0;
  let againAtMs = Infinity;
  const polls = new PQueue({ concurrency: 1 });
  const older = new LRUCache<string, ServedSnapshot>({
    max: OLDER,
    ttl: SESSION_MS,
    ttlAutopurge: true,
    fetchMethod: (id) => inSlices(opening(folder, id)),
    ignoreFetchAbort: true,
  });

  function* opening(folder: string, id: string): Steps<ServedSnapshot> {
    if (id === current?.id) return current;
    return yield* prepare(yield* openSnapshot(folder, id, LAYOUT, store));
  }

  function* newer(): Steps<string | undefined> {
    if (current && !belongs(current.manifest, store)) [current, polled] = [undefined, null];
    const pointer = currentId(folder);
    const isNews = pointer !== polled || (pointer === undefined && refused.length === 0);
    if (!isNews && nowMs() < againAtMs) return undefined;
    if (pointer !== polled) tries = 0;
    const newest = yield* openingNewest(folder, opening);
    refused = newest.refused;
    againAtMs = refused.length > 0 ? nowMs() + pauseAfter(++tries) : Infinity;
    const { snapshot } = newest;
    // While a newer one is damaged the pointer stays, so that every process names it.
    const isNewest = refused.length <= Number(pointer !== undefined);
    if (snapshot !== undefined && isNewest) repairPointer(folder, snapshot.id);
    polled = pointer;
    if (snapshot === undefined || snapshot === current) return undefined;
    if (current) older.set(current.id, current);
    current = snapshot;
    return current.id;
  }

  const poll = () =>
    polls.add(async () => {
      store = await storeNow();
      return inSlices(newer());
    });
  // A session from a snapshot that can't be opened is ranked anew, with "list_expired".
  const byId = async (id: string) =>
    id === current?.id ? current : older.fetch(id).catch(() => undefined);

  atOnce(newer());
  const lost = () =>
    current === undefined || isThere(folder, current.id)
      ? []
      : [`snapshot ${current.id} is gone from the disk and serves from memory: ${MADE_AGAIN}`];
  const update = (later: ServedSnapshot) => {
    if (later.id === current?.id) current = later;
  };
  return { current: () => current, byId, update, refused: () => [...refused, ...lost()], poll };
}

function* preparing(snapshot: Snapshot): Steps<ServedSnapshot> {
  const { id, manifest, model, indexPath, release } = snapshot;
  const d = model.info.encoder?.dimension ?? 0;
  const nearest = yield* openNearest(model.embeddings, d, indexPath);
  const ranker = yield* openRanker(model, nearest);
  release(); // most columns were copied into the arena
  return { id, manifest, ranker, nearest, state: "" };
}

function belongs(manifest: Manifest, store: StoreMark | undefined): boolean {
  try {
    checkStore(manifest, store);
    return true;
  } catch {
    return false;
  }
}
