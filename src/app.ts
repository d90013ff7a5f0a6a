/** The composition root: the only file that knows every layer. Reads in the order data flows. */
import { join } from "node:path";
import type { Config } from "./config.ts";
import { openEncoderThread } from "./encode/client.ts";
import { runCycle, type CycleDeps, type SnapshotFacts } from "./learn/cycle.ts";
import type { EncoderName } from "./learn/dataset.ts";
import { openLearner } from "./learn/learner.ts";
import type { Upstream } from "./learn/protocol.ts";
import type { Progress } from "./learn/run.ts";
import { startSchedule } from "./learn/schedule.ts";
import type { Service } from "./serve/contract.ts";
import { categoryCounts, similarPosts } from "./serve/service/catalogue.ts";
import { openLive, type Live } from "./serve/service/live.ts";
import { readinessOf } from "./serve/service/readiness.ts";
import { recommender } from "./serve/service/recommend.ts";
import { takeLock, type Held, type Lock } from "./store/lock.ts";
import { openStore, type Store } from "./store/open.ts";
import { MOODS } from "./train/moods.ts";

/** What a running program tells its operator. */
export type Console = {
  readonly log: (line: string) => void;
  readonly progress: Progress;
};

/** Folders and files of one catalogue: the demo's never mix with real ones. */
export type Place = {
  readonly isDemo: boolean;
  readonly folder: string;
  readonly storePath: string;
  readonly snapshotsFolder: string;
  readonly lockPath: string;
  readonly upstream: Upstream;
};

/** Where the configured catalogue lives. Without a token it is the demo. */
export function placeOf(config: Config): Place {
  const isDemo = config.FLIC_TOKEN === "";
  const folder = isDemo ? join(config.DATA_DIR, "demo") : config.DATA_DIR;
  return {
    isDemo,
    folder,
    storePath: join(folder, "store.db"),
    snapshotsFolder: join(folder, "snapshots"),
    lockPath: join(folder, "lock.db"),
    upstream: isDemo
      ? { kind: "demo" }
      : {
          kind: "api",
          baseUrl: config.API_BASE_URL,
          token: config.FLIC_TOKEN,
          resonanceAlgorithm: config.RESONANCE_ALGORITHM,
        },
  };
}

/** How often a process that does not learn itself looks for a newer snapshot, milliseconds. */
const POLL_MS = 2_000;
/** How long `learn` waits for the encoder to load before it goes on without. */
const ENCODER_MS = 60_000;

/** Workers start here and nowhere else: only a path from the top of src/ survives `--compile`. */
export const encoderThread = () => new Worker(new URL("./encode/worker.ts", import.meta.url));
const learnerThread = () => new Worker(new URL("./learn/worker.ts", import.meta.url));

export type App = ReturnType<typeof openApp>;

/** Everything that is open while the program runs. Threads start when first needed. */
export function openApp(config: Config, version: string, out: Console) {
  const place = placeOf(config);
  const store: Store = openStore(place.storePath);
  const live: Live = openLive(place.snapshotsFolder);
  const troubles = new Map<string, string>();
  let lock: Lock | undefined;

  const encoder = once(() => {
    const loaded = Promise.withResolvers<void>();
    const thread = openEncoderThread({
      spawn: encoderThread,
      model: config.ENCODER_MODEL,
      threads: config.ENCODER_THREADS,
      modelsFolder: join(config.DATA_DIR, "models"),
      storePath: place.storePath,
      onReady: () => (troubles.delete("encoder"), loaded.resolve()),
      onEnd: (message, pauseMs) => {
        trouble("encoder", `${message} (again in ${seconds(pauseMs)})`);
        loaded.resolve();
      },
    });
    return { thread, loaded: loaded.promise };
  });

  const learner = once(() =>
    openLearner({
      spawn: learnerThread,
      storePath: place.storePath,
      snapshotsFolder: place.snapshotsFolder,
      upstream: place.upstream,
      seed: config.SEED,
      version,
      onProgress: out.progress,
      onEnd: (message, pauseMs) => trouble("learner", `${message} (again in ${seconds(pauseMs)})`),
    }),
  );

  function trouble(part: string, message: string): void {
    troubles.set(part, message);
    out.log(`${part}: ${message}`);
  }

  const loadedEncoder = async (): Promise<EncoderName | undefined> => {
    const { thread, loaded } = encoder();
    await Promise.race([loaded, Bun.sleep(ENCODER_MS)]);
    const { model, dimension } = thread.state();
    return model !== undefined && dimension !== undefined ? { model, dimension } : undefined;
  };

  const cycle: CycleDeps = {
    sync: (force) => learner().sync(force),
    learn: async (name, isQuick) => {
      const learned = await learner().learn(name, isQuick);
      live.poll();
      return learned;
    },
    backfill: async () => {
      const texts = MOODS.map((it) => it.sentence);
      const told = (done: number, total: number) => out.progress("encoding texts", done, total);
      await encoder().thread.backfill(texts, told);
    },
    encoder: loadedEncoder,
    snapshot: () => factsOf(live),
    lastSyncAtMs: async () => (await store.scans.lastRun())?.completedAtMs ?? 0,
    embeddedPosts: store.texts.embeddedPosts,
    log: out.log,
  };

  const service: Service = {
    feed: recommender({
      live,
      store,
      encode: async (text, model) => {
        const { thread } = encoder();
        return thread.state().model === model ? thread.encodeQuery(text) : undefined;
      },
    }),
    similar: (id, limit) => similarPosts(live, store, id, limit),
    categories: () => categoryCounts(live),
    moods: () => MOODS,
    readiness: () =>
      readinessOf({
        live,
        store,
        isDemo: place.isDemo,
        backlog: () => encoder().thread.state().backlog,
        troubles: () => [...troubles.values()],
        nowMs: Date.now,
      }),
  };

  return {
    place,
    store,
    live,
    service,
    cycle,
    /** Be the one who syncs and learns; says who is, if that is another process. */
    take: (who: string): Held | undefined => {
      const taken = takeLock(place.lockPath, `${who} (process ${process.pid})`);
      if ("heldBy" in taken) return taken;
      lock = taken;
      return undefined;
    },
    /** Keep the service up to date from now on; without the lock, follow whoever has it. */
    keepUpToDate: () => {
      encoder();
      const timer = setInterval(() => {
        const newer = live.poll();
        if (newer !== undefined) out.log(`serving snapshot ${newer}`);
      }, POLL_MS);
      const work = async () => {
        await runCycle(cycle);
        troubles.delete("update");
      };
      const schedule = lock
        ? startSchedule(config.SYNC_AT, work, (message, pauseMs) =>
            trouble("update", `${message} (again in ${seconds(pauseMs)})`),
          )
        : undefined;
      return () => (clearInterval(timer), schedule?.stop());
    },
    close: async () => {
      await Promise.all([encoder.made()?.thread.close(), learner.made()?.close()]);
      lock?.release();
      store.close();
    },
  };
}

function factsOf(live: Live): SnapshotFacts | undefined {
  const current = live.current();
  if (current === undefined) return undefined;
  const { writtenAtMs, info } = current.manifest;
  return { writtenAtMs, encoder: info.encoder?.model, embedded: info.embedded };
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}

/** Make something when first asked for it; `made` tells without making it. */
function once<T>(make: () => T): (() => T) & { made: () => T | undefined } {
  let value: { readonly it: T } | undefined;
  return Object.assign(() => (value ??= { it: make() }).it, { made: () => value?.it });
}
