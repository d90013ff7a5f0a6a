/** Learning of one catalogue: the steps of a run, which run is under way, and the watch between the daily ones. */
import PQueue from "p-queue";
import type { Config } from "../config/settings.ts";
import type { Store } from "../data/contract.ts";
import type { SnapshotRegistry } from "../feed/snapshot-registry.ts";
import { TEXTS } from "../models/models.ts";
import { learnNow, renewNow, runCycle, type CycleDeps } from "../training/jobs/cycle.ts";
import type { Learnt } from "../training/jobs/growth.ts";
import type { Progress } from "../training/run.ts";
import { RENEWAL_GROWTH } from "../training/renew.ts";
import { vectorsOf, type EncoderName } from "../training/dataset.ts";
import { nextDaily } from "../training/jobs/schedule.ts";
import { storeWatch, type Watched } from "../training/jobs/watch.ts";
import { askedRuns, askedToLearn } from "./asked-runs.ts";
import type { Paths } from "./paths.ts";
import type { Recorder } from "./run-recorder.ts";
import { encodeResult, evaluateResult, learnResult, renewResult, syncResult } from "./run-results.ts"; // prettier-ignore
import type { openThreads } from "./worker-threads.ts";

type Threads = ReturnType<typeof openThreads>;

type LearningDeps = {
  readonly config: Config;
  readonly paths: Paths;
  readonly threads: Threads;
  readonly registry: SnapshotRegistry;
  /** The store, which may be replaced while it is served. */
  readonly store: () => Store;
  readonly onTrouble: (part: string, message: string | undefined) => void;
  readonly recorder: Recorder;
  readonly nowMs: () => number;
};

/** Time between two looks of the watch, milliseconds. */
const TICK_MS = 500;

/** Opens the learning; nothing runs yet. */
export function openLearning(deps: LearningDeps) {
  const { config, paths, registry, store, onTrouble, nowMs } = deps;
  const cycle = cycleOf(deps);
  const runs = new PQueue({ concurrency: 1 });
  let sinceMs: number | undefined;
  const inTurn = (work: () => Promise<unknown>): Promise<void> =>
    runs.add(async () => {
      sinceMs = nowMs();
      await work().finally(() => (sinceMs = undefined));
    });
  const run = (syncs: boolean) => inTurn(() => runCycle(cycle, { syncs }));
  let isWatching = false;
  const hasUpstream = paths.upstream.kind !== "none";
  const encoder = () => cycle.snapshot()?.encoder;
  const watch = storeWatch({
    state: () => stateOf(store()).catch(() => undefined),
    posts: () => store().posts.count(),
    learnt: () => learntOf(registry),
    isRunning: () => sinceMs !== undefined,
    run: () => run(false),
    learnQuickly: () =>
      learnNow(cycle, { encoder: encoder(), isQuick: true, ifSynced: hasUpstream }),
    encode: cycle.backfill,
    renew: async () => {
      const it = await cycle.encoder();
      if (it && isRenewalDue(registry, it)) await renewNow(cycle, it);
    },
    percent: config.LEARN_GROWTH_PERCENT,
    pauseMs: config.LEARN_PAUSE_MINUTES * 60_000,
    onTrouble: (message) => isWatching && onTrouble("learning", message),
    nowMs,
  });
  const dailyAt = hasUpstream ? config.SYNC_AT : config.LEARN_AT;
  return {
    cycle,
    /** The daily run. */
    update: () => run(true),
    /** Time of the start of this process's run, milliseconds; `undefined` if none is under way. */
    runningSinceMs: () => sinceMs,
    /** Due time of the next run, milliseconds; `undefined` if another process learns. */
    nextMs: () =>
      isWatching ? Math.min(watch.dueAtMs() ?? Infinity, nextDaily(dailyAt, nowMs())) : undefined,
    /** Time of day of the daily run. */
    dailyAt,
    /** Learns and encodes what arrives, until the returned function is called. */
    watch: (): (() => void) => {
      isWatching = true;
      const answerAsked = askedRuns(() => store().runs, {
        sync: () => inTurn(() => cycle.sync(true)),
        evaluate: () => inTurn(() => evaluate(deps, cycle)),
      });
      const timer = setInterval(() => {
        void watch.tick();
        void answerAsked().catch(() => {}); // the store can't be read: the watch says so
      }, TICK_MS);
      return () => {
        isWatching = false;
        clearInterval(timer);
      };
    },
  };
}

/** Encodes texts into vectors `[texts × d]`, stored for reuse; `undefined` if the encoder can't be loaded. */
export async function embed(
  threads: Threads,
  store: Store,
  texts: readonly string[],
  progress: Progress,
) {
  const encoder = await threads.loadedEncoder();
  if (encoder === undefined) return undefined;
  await encodeTexts(threads, texts, progress);
  return { encoder, vectors: await vectorsOf(store, encoder, texts) };
}

/** Encodes `texts` and every stored text without a vector; returns their number. */
function encodeTexts({ encoder }: Threads, texts: readonly string[], progress: Progress) {
  return encoder().backfill(texts, (done, total) => progress("encoding texts", done, total));
}

function evaluate({ threads, recorder }: LearningDeps, { encoder }: CycleDeps): Promise<unknown> {
  const work = async (progress: Progress) =>
    threads.evaluator().evaluate(await encoder(), progress);
  return recorder.recorded("evaluate", work, evaluateResult, true);
}

function cycleOf({ threads, registry, recorder }: LearningDeps): CycleDeps {
  const { learner, loadedEncoder } = threads;
  const { recorded } = recorder;
  const manifestOf = (id: string | undefined) => {
    const current = registry.current();
    return current?.id === id ? current?.manifest : undefined;
  };
  const thenServe = <T>(made: Promise<T>) => made.then(async (it) => (await registry.poll(), it));
  return {
    sync: (force, acceptRemovals) =>
      recorded("sync", (progress) => learner().sync(force, acceptRemovals, progress), syncResult, force), // prettier-ignore
    learn: (options) =>
      recorded(
        "learn",
        (progress) => thenServe(learner().learn(options, progress)),
        (it) => learnResult(it, options, manifestOf(it?.snapshot)),
        options.isQuick !== true, // a better one follows, and is the answer
      ),
    renew: (encoder) =>
      recorded("renew", () => thenServe(learner().renew(encoder)), renewResult, false),
    backfill: async () => {
      const work = (progress: Progress) => encodeTexts(threads, TEXTS, progress);
      await recorded("encode", work, encodeResult, false);
    },
    encoder: loadedEncoder,
    snapshot: () => registry.current()?.manifest.info,
    log: recorder.log,
  };
}

/** True if the snapshot is of another encoder, or most posts with a vector got it since: single ones are taken up in memory. */
function isRenewalDue(registry: SnapshotRegistry, { model, dimension }: EncoderName): boolean {
  const current = registry.current();
  if (current === undefined) return false;
  const { encoder, embedded } = current.manifest.info;
  const isSame = encoder?.model === model && encoder.dimension === dimension;
  return !isSame || current.ranker.model.info.embedded >= RENEWAL_GROWTH * embedded;
}

async function stateOf({ events, meta, texts, runs }: Store): Promise<Watched> {
  return {
    seq: await events.lastSeq(),
    changes: await meta.postChanges(),
    askedRun: await askedToLearn(runs),
    hasNewTexts: [...(await texts.postsToHash(1)), ...(await texts.usersToHash(1))].length > 0,
  };
}

function learntOf(registry: SnapshotRegistry): Learnt | undefined {
  const current = registry.current();
  if (current === undefined) return undefined;
  const { source, writtenAtMs } = current.manifest;
  const { atMs = writtenAtMs, changes = 0, posts = 0, isQuick = false } = source.learnt ?? {};
  return { seq: source.store?.seq ?? 0, changes, posts, atMs, isQuick };
}
