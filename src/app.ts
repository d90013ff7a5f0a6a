/** The composition root: the only file that knows every layer. Reads in the order data flows. */
import type { Config } from "./config.ts";
import { vectorsOf } from "./learn/dataset.ts";
import { runCycle, type CycleDeps } from "./learn/cycle.ts";
import type { Progress } from "./learn/run.ts";
import { startSchedule, type Schedule } from "./learn/schedule.ts";
import { placeOf } from "./place.ts";
import type { Service } from "./serve/contract.ts";
import { categoryCounts, similarPosts } from "./serve/service/catalogue.ts";
import { openLive, type Live } from "./serve/service/live.ts";
import { readinessOf } from "./serve/service/readiness.ts";
import { recommender } from "./serve/service/recommend.ts";
import { takeLock, type Held, type Lock } from "./store/lock.ts";
import { openStore, type Store } from "./store/open.ts";
import { again, openThreads } from "./threads.ts";
import { NONSENSE } from "./train/floors.ts";
import { MOODS } from "./train/moods.ts";

/** What a running program tells its operator. */
export type Console = {
  readonly log: (line: string) => void;
  readonly progress: Progress;
};

/** How often a process looks for a newer snapshot, and whether nobody makes them any more. */
const POLL_MS = 2_000;

export type App = ReturnType<typeof openApp>;
type Threads = ReturnType<typeof openThreads>;
type Troubles = ReturnType<typeof openTroubles>;

/** Everything that is open while the program runs. Threads start when first needed. */
export function openApp(config: Config, version: string, out: Console) {
  const place = placeOf(config);
  const store: Store = openStore(place.storePath);
  const live: Live = openLive(place.snapshotsFolder);
  const troubles = openTroubles(out.log);
  const { progress: onProgress } = out;
  const threads = openThreads({ config, place, version, onProgress, onTrouble: troubles.set });
  const cycle = cycleOf(threads, live, out);
  let lock: Lock | undefined;

  function take(who: string): Held | undefined {
    const taken = takeLock(place.lockPath, `${who} (process ${process.pid})`);
    if ("heldBy" in taken) return taken;
    lock = taken;
    return undefined;
  }

  return {
    place,
    store,
    live,
    cycle,
    service: serviceOf({ live, store, threads, troubles, isDemo: place.isDemo }),
    /** Vectors of texts `[texts × d]`, made once and kept; `undefined` if the encoder can't be loaded. */
    embed: async (texts: readonly string[]) => {
      const encoder = await threads.loadedEncoder();
      if (encoder === undefined) return undefined;
      const told = (done: number, total: number) => out.progress("encoding texts", done, total);
      await threads.encoder().backfill(texts, told);
      return { encoder, vectors: await vectorsOf(store, encoder, texts) };
    },
    /** Be the one who syncs and learns; says who is, if that is another process. */
    take,
    /** What is wrong with a part of the program from now on; `undefined`: nothing any more. */
    onTrouble: troubles.set,
    /** Keep the service up to date from now on; stops when called. Without `who`, it learns nothing itself. */
    keepUpToDate: (who: string | undefined) => {
      threads.encoder();
      return follow({
        live,
        take: who === undefined ? undefined : () => (lock ? undefined : take(who)),
        update: () => runCycle(cycle),
        syncAt: config.SYNC_AT,
        troubles,
        log: out.log,
      });
    },
    close: async (): Promise<void> => {
      await threads.close();
      lock?.release();
      store.close();
    },
  };
}

function cycleOf({ learner, encoder, loadedEncoder }: Threads, live: Live, out: Console) {
  const served = <T>(made: Promise<T>) => made.then(async (it) => (await live.poll(), it));
  const cycle: CycleDeps = {
    sync: (...wishes) => learner().sync(...wishes),
    learn: (options) => served(learner().learn(options)),
    renew: (vectors) => served(learner().renew(vectors)),
    backfill: async () => {
      const texts = [...MOODS.map((it) => it.sentence), ...NONSENSE];
      const told = (done: number, total: number) => out.progress("encoding texts", done, total);
      await encoder().backfill(texts, told);
    },
    encoder: loadedEncoder,
    snapshot: () => live.current()?.manifest.info,
    log: out.log,
  };
  return cycle;
}

type Parts = {
  readonly live: Live;
  readonly store: Store;
  readonly threads: Threads;
  readonly troubles: Troubles;
  readonly isDemo: boolean;
};

function serviceOf({ live, store, threads, troubles, isDemo }: Parts): Service {
  const { encoder, learner } = threads;
  return {
    feed: recommender({
      live,
      store,
      encode: async (text, model) =>
        encoder().state().model === model ? encoder().encodeQuery(text) : undefined,
    }),
    similar: (id, limit) => similarPosts(live, store, id, limit),
    categories: () => categoryCounts(live),
    moods: () => MOODS,
    readiness: () =>
      readinessOf({
        live,
        store,
        isDemo,
        backlog: () => encoder().state().backlog,
        syncing: () => learner.made()?.syncing(),
        troubles: troubles.all,
        nowMs: Date.now,
      }),
  };
}

type Follower = {
  readonly live: Live;
  /** Try to be the one who syncs and learns; says who is, if that is another process. */
  readonly take: (() => Held | undefined) | undefined;
  /** The day's work. */
  readonly update: () => Promise<void>;
  readonly syncAt: string;
  readonly troubles: Troubles;
  readonly log: (line: string) => void;
};

/** Serve the newest snapshot; the one process that can take the lock makes them, its heir when it dies. */
function follow({ live, take, update, syncAt, troubles, log }: Follower): () => void {
  let schedule: Schedule | undefined;
  const work = async () => {
    await update();
    troubles.set("update", undefined);
  };
  let holder: string | undefined;
  let isOver = false;
  const look = async (): Promise<void> => {
    const newer = await live.poll();
    if (newer !== undefined) log(`serving snapshot ${newer}`);
    if (schedule !== undefined || take === undefined || isOver) return;
    const held = take();
    if (held) {
      if (holder !== held.heldBy)
        log(`${held.heldBy} syncs and learns here; this process serves, and waits for its turn`);
      holder = held.heldBy;
      return;
    }
    if (holder !== undefined) log(`${holder} is gone: this process syncs and learns from now on`);
    schedule = startSchedule(syncAt, work, (message, pauseMs) =>
      troubles.set("update", again(message, pauseMs)),
    );
  };
  const lookAgain = async (): Promise<void> => {
    try {
      await look();
      troubles.set("files", undefined);
    } catch (cause) {
      troubles.set("files", cause instanceof Error ? cause.message : String(cause));
    }
  };
  void lookAgain();
  const timer = setInterval(lookAgain, POLL_MS);
  return () => ((isOver = true), clearInterval(timer), schedule?.stop());
}

/** What does not work at the moment, by part. */
function openTroubles(log: (line: string) => void) {
  const troubles = new Map<string, string>();
  return {
    all: () => [...troubles].map(([part, message]) => `${part}: ${message}`),
    set: (part: string, message: string | undefined): void => {
      if (message === undefined) return void troubles.delete(part);
      if (troubles.get(part) !== message) log(`${part}: ${message}`);
      troubles.set(part, message);
    },
  };
}
