/** The composition root: opens, wires and closes every layer, in the order data flows. */
import type { Config } from "../config/settings.ts";
import { weightsIn } from "../config/values.ts";
import { vectorsOf } from "../training/dataset.ts";
import { encodeTexts, openLearning } from "./learning.ts";
import { follow, openTroubles, type Troubles } from "./follow.ts";
import type { Progress } from "../training/run.ts";
import type { PostId } from "../domain/ids.ts";
import { pathsOf, type Paths } from "./paths.ts";
import type { Service } from "../feed/contract.ts";
import { chartOf, type ChartRequest } from "../feed/charts.ts";
import { storeCounts } from "../feed/about.ts";
import { categoryCounts, similarPosts } from "../feed/catalogue.ts";
import { openGorse } from "../ingest/gorse/gorse.ts";
import { openPush } from "../ingest/push/push.ts";
import { openFaults, type Faults } from "../feed/faults.ts";
import type { Failure } from "../ranking/attempt.ts";
import { openRegistry, type SnapshotRegistry } from "../feed/snapshot-registry.ts";
import { readinessOf, type Runs } from "../feed/readiness.ts";
import { recommender } from "../feed/recommend.ts";
import type { Held, HeldBy, Store } from "../data/contract.ts";
import { checkStoreFile, openLease, openServed } from "../data/sqlite/open.ts";
import { storeTrouble } from "../data/trouble.ts";
import { openThreads } from "./worker-threads.ts";
import { MOODS } from "../models/mood/moods.ts";

/** Output for the operator. */
export type Console = {
  readonly log: (line: string) => void;
  readonly progress: Progress;
};

/** A running program: its store, service and daily cycle. */
export type App = ReturnType<typeof openApp>;
type Threads = ReturnType<typeof openThreads>;

/** Opens the program. Threads start when first needed. */
export function openApp(config: Config, version: string, out: Console) {
  const { log, progress: onProgress } = out;
  const paths = pathsOf(config);
  const troubles = openTroubles(log);
  const explain = ({ stage, cause }: Failure) => storeTrouble(cause, paths.storePath, stage);
  const faults = openFaults(explain, log);
  const threads = openThreads({ config, paths, version, onProgress, onTrouble: troubles.set });
  const folders = [paths.folder, config.DATA_DIR];
  const parts = { config, paths, threads, troubles, faults, folders, ...out };
  const runs = { sinceMs: () => learning.runningSinceMs(), nextMs: () => learning.nextMs() };
  const serving = openServing({ ...parts, runs });
  const { registry, store } = serving;
  const learning = openLearning({ ...parts, registry, store, onTrouble: troubles.set });
  const lease = openLease(paths.leasePath);
  let held: Held | undefined;

  async function takeLease(owner: string): Promise<HeldBy | undefined> {
    const taken = await lease.take(`${owner} (process ${process.pid})`);
    if ("heldBy" in taken) return taken;
    held = taken;
    return undefined;
  }

  return {
    paths,
    get store() {
      return serving.store();
    },
    registry,
    cycle: learning.cycle,
    service: serving.service,
    /** Encodes texts into vectors `[texts × d]`, stored for reuse; `undefined` if the encoder can't be loaded. */
    embed: async (texts: readonly string[]) => {
      const encoder = await threads.loadedEncoder();
      if (encoder === undefined) return undefined;
      await encodeTexts(threads, texts, out);
      return { encoder, vectors: await vectorsOf(serving.store(), encoder, texts) };
    },
    /** Takes the lease for syncing and learning; returns its holder if another process has it. */
    takeLease,
    /** Reports a trouble of one part; `undefined` clears it. */
    onTrouble: troubles.set,
    /** Keeps the service up to date until the returned function is called. Without an owner of the lease it only serves. */
    keepUpToDate: (owner: string | undefined) => {
      threads.encoder();
      return follow({
        registry,
        reopenIfReplaced: () => {
          if (!serving.reopenIfReplaced()) return false;
          void held?.release();
          held = undefined;
          return true;
        },
        faults,
        takeLease:
          owner === undefined ? undefined : async () => (held ? undefined : takeLease(owner)),
        learning,
        troubles,
        log,
      });
    },
    /** Ends the threads and gives the lease back. */
    async [Symbol.asyncDispose](): Promise<void> {
      await threads.close();
      await held?.release();
      serving.store().close();
    },
  };
}

type Parts = {
  readonly threads: Threads;
  readonly troubles: Troubles;
  readonly faults: Faults;
  readonly paths: Paths;
  readonly runs: Runs;
  readonly config: Config;
  /** Folders that are cut from messages to clients. */
  readonly folders: readonly string[];
} & Console;

/** The service on the store's file, which may be replaced while it runs. */
function openServing(parts: Parts) {
  const { config, paths, threads, troubles, log } = parts;
  const [signals, folder] = [weightsIn(config.SIGNALS), paths.snapshotsFolder];
  const mayOnlyRead = () => openRegistry(folder).current() !== undefined;
  let store = openServed(paths.storePath, mayOnlyRead, signals);
  const registry = openRegistry(folder, { store: store.openedAt, storeNow: () => store.mark() });
  let service = serviceOf(parts, registry, store);
  const writing = { store: () => store, writer: threads.writer, nowMs: Date.now };
  return {
    registry,
    store: () => store,
    service: {
      feed: (request) => service.feed(request),
      recommend: (request) => service.recommend(request),
      why: (request) => service.why(request),
      similar: (...request) => service.similar(...request),
      chart: (request) => service.chart(request),
      categories: () => service.categories(),
      moods: () => service.moods(),
      readiness: () => service.readiness(),
      about: () => service.about(),
      push: openPush(writing),
      gorse: openGorse(writing),
      learn: () => service.learn(),
    } satisfies Service,
    /** Reopens the store if its file was replaced; true if it was. */
    reopenIfReplaced: (): boolean => {
      const { trouble, next } = checkStoreFile(store, paths.storePath, signals);
      troubles.set("store", trouble);
      if (next === undefined) return false;
      // The old store closes when it is garbage: requests may still read from it.
      [store, service] = [next, serviceOf(parts, registry, next)];
      log(`${paths.storePath} is opened anew`);
      return true;
    },
  };
}

function serviceOf(parts: Parts, registry: SnapshotRegistry, store: Store) {
  const { threads, troubles, faults, paths, folders } = parts;
  const { encoder, learner } = threads;
  const counts = storeCounts(store, performance.now.bind(performance));
  const { feed, recommend, why } = recommender({
    registry,
    store,
    encode: async (text, model) =>
      encoder().state().model === model ? encoder().encodeQuery(text) : undefined,
  });
  return {
    feed: faults.watched("feed", feed, (page) => page?.faults ?? []),
    recommend: faults.watched("recommendations", recommend, (page) => page?.faults ?? []),
    why: faults.watched("why", why),
    similar: faults.watched("similar", (id: PostId, limit: number, category?: string) =>
      similarPosts(registry, store, id, limit, Date.now(), category),
    ),
    categories: faults.watched("categories", async () => categoryCounts(registry, Date.now())),
    chart: faults.watched("chart", (it: ChartRequest) => chartOf(registry, store, it, Date.now())),
    moods: () => MOODS,
    about: faults.watched("about", async () => ({
      ...(await counts()),
      catalogue: paths.catalogue,
    })),
    learn: () => threads.writer().write("askToLearn", Date.now()),
    readiness: () =>
      readinessOf({
        registry,
        store,
        catalogue: paths.catalogue,
        backlog: () => encoder().state().backlog,
        syncing: () => learner.made()?.syncing(),
        runs: parts.runs,
        troubles: () => [...troubles.all(), ...faults.all()],
        explain: (cause) => storeTrouble(cause, paths.storePath),
        folders,
        nowMs: Date.now,
      }),
  } satisfies Omit<Service, "push" | "gorse">;
}
