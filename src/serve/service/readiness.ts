/** How the service is, for operators and their monitors. */
import { fromTheFuture } from "../../store/clock.ts";
import type { Store } from "../../store/open.ts";
import type { SyncProgress } from "../../upstream/scan.ts";
import type { Readiness } from "../contract.ts";
import type { Live } from "./live.ts";

/** What readiness is read from. */
export type ReadinessDeps = {
  readonly live: Live;
  readonly store: Pick<Store, "scans">;
  /** The sync that runs. */
  readonly syncing: () => SyncProgress | undefined;
  readonly isDemo: boolean;
  readonly backlog: () => number;
  /** What does not work at the moment. */
  readonly troubles: () => readonly string[];
  readonly nowMs: () => number;
};

/** Ages are whole seconds by the wall clock: they are for people, not for ranking. Below 0 it is wrong. */
export async function readinessOf(deps: ReadinessDeps): Promise<Readiness> {
  const { live, store, isDemo, nowMs } = deps;
  const current = live.current();
  const lastSync = await store.scans.lastRun(nowMs());
  const heldBack = await store.scans.heldBack();
  const age = (ms: number) => Math.round((nowMs() - ms) / 1_000);
  const disbelieved = [
    fromTheFuture("the last sync", await store.scans.newestMs(), nowMs()),
    current && fromTheFuture("the snapshot", current.manifest.writtenAtMs, nowMs()),
  ].filter((it) => it !== undefined);
  return {
    snapshot: current && {
      id: current.id,
      ageSeconds: age(current.manifest.writtenAtMs),
      asOf: new Date(current.manifest.info.asOfMs).toISOString(),
      posts: current.ranker.model.postIds.length,
      embedded: current.manifest.info.embedded,
      fitted: current.manifest.info.blend.fitted,
    },
    degraded: [
      ...deps.troubles(),
      ...live.refused(),
      ...disbelieved.map((it) => `clock: ${it}`),
      ...heldBack.map(({ endpoint, message }) => `sync of ${endpoint}: ${message}`),
    ],
    unreadable: await store.scans.unreadable(),
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
