/** The snapshots in memory: the newest good one, and the one before for lists ranked from it. */
import { LRUCache } from "lru-cache";
import type { FindNearest } from "../../nearest/contract.ts";
import { openNearest } from "../../nearest/open.ts";
import { openRanker, type Ranker } from "../../rank/feed.ts";
import type { Manifest } from "../../snapshot/manifest.ts";
import { currentId, openNewest, openSnapshot, type Snapshot } from "../../snapshot/open.ts";

/** A snapshot ready to rank with. */
export type LiveSnapshot = {
  readonly id: string;
  readonly manifest: Manifest;
  readonly ranker: Ranker;
  readonly nearest: FindNearest;
};

/** The snapshots that serve. */
export type Live = {
  /** `undefined` before the first snapshot. */
  readonly current: () => LiveSnapshot | undefined;
  /** A snapshot that may be older than the current one; `undefined` if it is gone or damaged. */
  readonly byId: (id: string) => LiveSnapshot | undefined;
  /** What is wrong with snapshots that were refused. */
  readonly refused: () => readonly string[];
  /** Look whether there is a newer snapshot; returns its id if there is. */
  readonly poll: () => string | undefined;
};

/** Snapshots kept open beside the current one. */
const OLDER = 2;

/** Serve from the snapshots under `folder`, which may not exist yet. */
export function openLive(folder: string): Live {
  let current: LiveSnapshot | undefined;
  let refused: readonly string[] = [];
  let polled: string | undefined;
  const older = new LRUCache<string, LiveSnapshot>({ max: OLDER });

  const poll = () => {
    const pointer = currentId(folder);
    if (pointer === polled) return undefined;
    polled = pointer;
    const newest = openNewest(folder);
    refused = newest.refused;
    if (newest.snapshot === undefined || newest.snapshot.id === current?.id) return undefined;
    if (current) older.set(current.id, current);
    current = prepared(newest.snapshot);
    return current.id;
  };

  const byId = (id: string) => {
    if (id === current?.id) return current;
    const open = older.get(id);
    if (open !== undefined) return open;
    try {
      const opened = prepared(openSnapshot(folder, id));
      older.set(id, opened);
      return opened;
    } catch {
      return undefined; // a list from it is ranked anew, and says so
    }
  };

  poll();
  return { current: () => current, byId, refused: () => refused, poll };
}

function prepared({ id, manifest, model, indexPath }: Snapshot): LiveSnapshot {
  const nearest = openNearest(model.embeddings, model.info.encoder?.dimension ?? 0, indexPath);
  return { id, manifest, ranker: openRanker(model, nearest), nearest };
}
