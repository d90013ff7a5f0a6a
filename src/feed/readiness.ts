/** Readiness of the service, for operators and monitors. */
import { postCount } from "../snapshot/spare.ts";
import { join, resolve } from "node:path";
import { fromTheFuture } from "../data/clock.ts";
import type { Store } from "../data/contract.ts";
import type { Unreadable } from "../data/scans.ts";
import type { CatalogueName } from "../config/settings.ts";
import type { SyncProgress } from "../ingest/socialverse/scan.ts";
import type { SnapshotRegistry } from "./snapshot-registry.ts";

/** State of the service, for `/health/ready` and `/metrics`. */
export type Readiness = {
  /** `undefined` before the first snapshot. */
  readonly snapshot:
    | {
        readonly id: string;
        readonly ageSeconds: number;
        readonly asOf: string;
        readonly posts: number;
        /** Number of posts with a text vector: only these can match a mood or words. */
        readonly embedded: number;
        /** True if the blend was fitted on held-out events of this store, false if it is the shipped one. */
        readonly fitted: boolean;
      }
    | undefined;
  /** Reason why there is no snapshot, unless the first one is being made. */
  readonly waitsFor?: string | undefined;
  /** Current faults in plain words, without secrets; feeds are still served. */
  readonly degraded: readonly string[];
  /** Rows of each endpoint's last sync that could not be read, or only in part. */
  readonly unreadable: readonly Unreadable[];
  /** Seconds since the last complete sync; `null` if there was none. */
  readonly syncAgeSeconds: number | null;
  /** Progress of this process's running sync, `since` the start of the endpoint; `null` if none runs. */
  readonly sync: {
    readonly endpoint: string;
    readonly page: number;
    readonly rows: number;
    readonly since: string;
  } | null;
  /**
   * Time of reading the served snapshot's data, start of the run under way in this process, and due time of its next
   * one, ISO 8601.
   */
  readonly learning: {
    readonly last: string | null;
    readonly runningSince: string | null;
    readonly nextAt: string | null;
  };
  /** Number of stored rows that upstream stopped sending, kept because they are too many to believe. */
  readonly heldBackRows: number;
  readonly encoder: { readonly backlog: number };
  /** True while the built-in demo catalogue is served. */
  readonly demo: boolean;
};

/** This process's runs of learning, in milliseconds. */
export type RunTimes = {
  /** Start of the run under way. */
  readonly sinceMs: () => number | undefined;
  /** Due time of the next one; `undefined` if another process learns. */
  readonly nextMs: () => number | undefined;
};

/** Inputs of {@link readinessOf}. */
type ReadinessDeps = {
  readonly registry: SnapshotRegistry;
  readonly store: Pick<Store, "scans" | "posts">;
  /** Progress of the running sync; `undefined` if none runs. */
  readonly syncing: () => SyncProgress | undefined;
  readonly runs: RunTimes;
  readonly catalogue: CatalogueName;
  readonly backlog: () => number;
  /** Current faults. */
  readonly troubles: () => readonly string[];
  /** Words a failure of the store. */
  readonly explain: (cause: unknown) => string;
  /** Folders that are cut from messages. */
  readonly folders: readonly string[];
  readonly nowMs: () => number;
};

/** Reads the readiness. Ages are whole seconds by the wall clock; a negative one shows that the clock is wrong. */
export async function readinessOf(deps: ReadinessDeps): Promise<Readiness> {
  const { registry, store, catalogue, explain, nowMs } = deps;
  const current = registry.current();
  const degraded = new Set([...deps.troubles(), ...registry.refused()]);
  const read = <T>(stored: Promise<T>): Promise<T | undefined> =>
    stored.catch((cause: unknown) => void degraded.add(explain(cause)));
  const lastSync = await read(store.scans.lastRun(nowMs()));
  const heldBack = (await read(store.scans.heldBack())) ?? [];
  const emptiness = async () => {
    const why = catalogue === "own" ? NO_POST : lastSync && NO_UPSTREAM_POST;
    return why !== undefined && (await read(store.posts.count())) === 0 ? why : undefined;
  };
  const age = (ms: number) => Math.round((nowMs() - ms) / 1_000);
  for (const it of [
    fromTheFuture("the last sync", (await read(store.scans.newestMs())) ?? 0, nowMs()),
    current && fromTheFuture("the snapshot", current.manifest.writtenAtMs, nowMs()),
  ])
    if (it !== undefined) degraded.add(`clock: ${it}`);
  for (const { endpoint, message } of heldBack) degraded.add(`sync of ${endpoint}: ${message}`);
  return {
    snapshot: current && {
      id: current.id,
      ageSeconds: age(current.manifest.writtenAtMs),
      asOf: new Date(current.manifest.info.asOfMs).toISOString(),
      posts: postCount(current.ranker.model),
      embedded: current.ranker.model.info.embedded,
      fitted: current.manifest.info.blend.fitted,
    },
    waitsFor: current ? undefined : ((await emptiness()) ?? remade(registry)),
    unreadable: (await read(store.scans.unreadable())) ?? [],
    degraded: [...degraded].map((it) => deps.folders.reduce(withoutFolder, it)),
    syncAgeSeconds: lastSync ? age(lastSync.completedAtMs) : null,
    sync: syncOf(deps.syncing()),
    learning: {
      last: isoTime(
        current && (current.manifest.source.learnt?.atMs ?? current.manifest.writtenAtMs),
      ),
      runningSince: isoTime(deps.runs.sinceMs()),
      nextAt: isoTime(deps.runs.nextMs()),
    },
    heldBackRows: heldBack.reduce((sum, { missing }) => sum + missing, 0),
    encoder: { backlog: deps.backlog() },
    demo: catalogue === "demo",
  };
}

const isoTime = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());

function syncOf(running: SyncProgress | undefined): Readiness["sync"] {
  if (running === undefined) return null;
  const { endpoint, pages, rows, sinceMs } = running;
  return { endpoint, page: pages + 1, rows, since: new Date(sinceMs).toISOString() };
}

/** Reason for having no snapshot after a complete sync. */
const NO_UPSTREAM_POST =
  "upstream has no posts: the last sync was complete and brought none; the next one asks again";

/** Reason for having no snapshot of an own catalogue. */
const NO_POST = "no post yet: send some to POST /posts, or run `vidrec import posts FILE`";

/** Reason for having no snapshot where there are only such as this program refuses. */
function remade(registry: SnapshotRegistry): string | undefined {
  if (registry.refused().length === 0) return undefined;
  return "the snapshot is being made again from the store, as after an upgrade: the readiness says under `degraded` why the one before is refused; try again";
}

/** A message without the path of a folder. */
function withoutFolder(message: string, folder: string): string {
  return message.replaceAll(join(resolve(folder), "/"), "").replaceAll(join(folder, "/"), "");
}
