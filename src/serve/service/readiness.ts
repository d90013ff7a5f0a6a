/** How the service is, for operators and their monitors. */
import type { Store } from "../../store/open.ts";
import type { Readiness } from "../contract.ts";
import type { Live } from "./live.ts";

/** What readiness is read from. */
export type ReadinessDeps = {
  readonly live: Live;
  readonly store: Pick<Store, "scans">;
  readonly isDemo: boolean;
  readonly backlog: () => number;
  /** What does not work at the moment. */
  readonly troubles: () => readonly string[];
  readonly nowMs: () => number;
};

/** Ages are whole seconds by the wall clock: they are for people, not for ranking. */
export async function readinessOf(deps: ReadinessDeps): Promise<Readiness> {
  const { live, store, isDemo, nowMs } = deps;
  const current = live.current();
  const lastSync = await store.scans.lastRun();
  const age = (ms: number) => Math.max(0, Math.round((nowMs() - ms) / 1_000));
  return {
    snapshot: current && {
      id: current.id,
      ageSeconds: age(current.manifest.writtenAtMs),
      asOf: new Date(current.manifest.info.asOfMs).toISOString(),
      posts: current.ranker.model.postIds.length,
    },
    degraded: [...deps.troubles(), ...live.refused()],
    unreadable: await store.scans.unreadable(),
    syncAgeSeconds: lastSync ? age(lastSync.completedAtMs) : null,
    encoder: { backlog: deps.backlog() },
    demo: isDemo,
  };
}
