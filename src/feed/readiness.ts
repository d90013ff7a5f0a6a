/** How the service is, for operators and their monitors. */
import { join, resolve } from "node:path";
import { fromTheFuture } from "../data/sqlite/clock.ts";
import type { Store } from "../data/sqlite/open.ts";
import type { SyncProgress } from "../ingest/socialverse/scan.ts";
import type { Readiness } from "./contract.ts";
import type { SnapshotRegistry } from "./snapshot-registry.ts";

/** What readiness is read from. */
export type ReadinessDeps = {
  readonly registry: SnapshotRegistry;
  readonly store: Pick<Store, "scans" | "posts">;
  /** The sync that runs. */
  readonly syncing: () => SyncProgress | undefined;
  readonly isDemo: boolean;
  readonly backlog: () => number;
  /** What does not work at the moment. */
  readonly troubles: () => readonly string[];
  /** A failure of the store in words. */
  readonly explain: (cause: unknown) => string;
  /** Files are named without these. */
  readonly folders: readonly string[];
  readonly nowMs: () => number;
};

/** Ages are whole seconds by the wall clock: they are for people, not for ranking. Below 0 it is wrong. */
export async function readinessOf(deps: ReadinessDeps): Promise<Readiness> {
  const { registry, store, isDemo, explain, nowMs } = deps;
  const current = registry.current();
  const degraded = new Set([...deps.troubles(), ...registry.refused()]);
  const read = <T>(stored: Promise<T>): Promise<T | undefined> =>
    stored.catch((cause: unknown) => void degraded.add(explain(cause)));
  const lastSync = await read(store.scans.lastRun(nowMs()));
  const heldBack = (await read(store.scans.heldBack())) ?? [];
  const isEmpty = async () => (await read(store.posts.count())) === 0;
  const age = (ms: number) => Math.round((nowMs() - ms) / 1_000);
  for (const it of [
    fromTheFuture("the last sync", (await read(store.scans.newestMs())) ?? 0, nowMs()),
    current && fromTheFuture("the snapshot", current.manifest.writtenAtMs, nowMs()),
  ])
    if (it !== undefined) degraded.add(`clock: ${it}`);
  for (const { endpoint, message } of heldBack) degraded.add(`sync of ${endpoint}: ${message}`);
  if (current && !lastSync && (await isEmpty())) degraded.add(LOST);
  return {
    snapshot: current && {
      id: current.id,
      ageSeconds: age(current.manifest.writtenAtMs),
      asOf: new Date(current.manifest.info.asOfMs).toISOString(),
      posts: current.ranker.model.postKeys.length,
      embedded: current.manifest.info.embedded,
      fitted: current.manifest.info.blend.fitted,
    },
    waitsFor: !current && lastSync && (await isEmpty()) ? EMPTY : undefined,
    unreadable: (await read(store.scans.unreadable())) ?? [],
    degraded: [...degraded].map((it) => deps.folders.reduce(withoutFolder, it)),
    syncAgeSeconds: lastSync ? age(lastSync.completedAtMs) : null,
    sync: syncOf(deps.syncing()),
    heldBackRows: heldBack.reduce((sum, { missing }) => sum + missing, 0),
    encoder: { backlog: deps.backlog() },
    demo: isDemo,
  };
}

function syncOf(running: SyncProgress | undefined): Readiness["sync"] {
  if (running === undefined) return null;
  const { endpoint, pages, rows, sinceMs } = running;
  return { endpoint, page: pages + 1, rows, since: new Date(sinceMs).toISOString() };
}

/** Why there is no snapshot although a sync was complete. */
const EMPTY =
  "upstream has no posts: the last sync was complete and brought none; the next one asks again";

/** A snapshot whose posts are not in the store: that of another time, or a new one. */
const LOST = "the store holds no posts: feeds are empty until a sync is complete";

/** Where a service lies on its disk is nobody's business. */
function withoutFolder(message: string, folder: string): string {
  return message.replaceAll(join(resolve(folder), "/"), "").replaceAll(join(folder, "/"), "");
}
