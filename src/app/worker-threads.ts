/**
 * Worker threads beside the serving one: encoder, learner, evaluator and writer, each started when it is first needed.
 *
 * Workers start here and nowhere else: a worker's path depends on whether the program is compiled.
 */
import { join } from "node:path";
import pTimeout from "p-timeout";
import type { Config } from "../config/settings.ts";
import { openEncoderThread } from "../text/client.ts";
import type { EncoderName } from "../training/dataset.ts";
import { openEvaluator } from "../benchmarks/own/evaluator.ts";
import { openWriter } from "../data/writer/client.ts";
import { openLearner } from "../training/jobs/learner.ts";
import type { Paths } from "./paths.ts";

declare const COMPILED: boolean | undefined;
/** `src/`. In the compiled program main.ts, bundled with this file, lies at its top. */
const SRC = new URL(typeof COMPILED === "undefined" ? "../" : "./", import.meta.url);

/** Options of the configured encoder's thread. */
export const encoderOf = (config: Config) => ({
  spawn: () => new Worker(new URL("text/worker.ts", SRC)),
  model: config.ENCODER_MODEL,
  threads: config.ENCODER_THREADS,
  modelsFolder: join(config.DATA_DIR, "models"),
});
/** Starts a thread of the training kernel, for training outside the learner. */
export const kernelThread = () => new Worker(new URL("linalg/train-wasm/worker.ts", SRC));
/** Starts a thread of the writer. */
export const writerThread = () => new Worker(new URL("data/writer/worker.ts", SRC));
const learnerThread = () => new Worker(new URL("training/jobs/worker.ts", SRC));

const evaluatorOf = ({ SEED, LEARN_THREADS }: Config, { storePath }: Paths) =>
  openEvaluator({
    spawn: () => new Worker(new URL("benchmarks/own/worker.ts", SRC)),
    storePath,
    seed: SEED,
    threads: LEARN_THREADS,
    onEnd: () => {}, // the run's record says so
  });

/** Longest wait of training for the encoder to load, milliseconds. */
const ENCODER_MS = 60_000;

/** Inputs of the threads, and callbacks for their progress and trouble. */
type ThreadsOptions = {
  readonly config: Config;
  readonly paths: Paths;
  readonly version: string;
  /** Reports a trouble of one part; `undefined` clears it. */
  readonly onTrouble: (part: string, message: string | undefined) => void;
};

/** Opens the threads; each starts when it is first needed. */
export function openThreads({ config, paths, version, onTrouble }: ThreadsOptions) {
  const encoder = once(() => {
    const { promise: loaded, resolve } = Promise.withResolvers<void>();
    const thread = openEncoderThread({
      ...encoderOf(config),
      storePath: paths.storePath,
      onReady: () => (onTrouble("encoder", undefined), resolve()),
      onEnd: (message, pauseMs) => (onTrouble("encoder", withNextTry(message, pauseMs)), resolve()),
    });
    return { thread, loaded };
  });

  const learner = once(() =>
    openLearner({
      spawn: learnerThread,
      storePath: paths.storePath,
      snapshotsFolder: paths.snapshotsFolder,
      upstream: paths.upstream,
      seed: config.SEED,
      threads: config.LEARN_THREADS,
      version,
      onRetry: (message) => onTrouble("upstream", message),
      onReady: () => onTrouble("learner", undefined),
      onEnd: (message, pauseMs) => onTrouble("learner", withNextTry(message, pauseMs)),
    }),
  );

  const evaluator = once(() => evaluatorOf(config, paths));

  const writer = once(() =>
    openWriter({
      spawn: writerThread,
      storePath: paths.storePath,
      onReady: () => onTrouble("writer", undefined),
      onFault: (message) => onTrouble("writer", message),
      onEnd: (message, pauseMs) => onTrouble("writer", withNextTry(message, pauseMs)),
    }),
  );

  const checkpointer = once(() => new Worker(new URL("data/sqlite/served/worker.ts", SRC), { ref: false })); // prettier-ignore

  return {
    /** Asks a thread to copy the write-ahead log of the served log at `path` into its file. */
    checkpoint: (path: string): void => checkpointer().postMessage(path),
    encoder: () => encoder().thread,
    /** The loaded model, waiting up to a minute while it loads. */
    loadedEncoder: async (): Promise<EncoderName | undefined> => {
      const { thread, loaded } = encoder();
      await pTimeout(loaded, { milliseconds: ENCODER_MS, message: false });
      const { model, dimension } = thread.state();
      return model !== undefined && dimension !== undefined ? { model, dimension } : undefined;
    },
    learner,
    evaluator,
    writer,
    close: async (): Promise<void> => {
      checkpointer.made()?.terminate();
      const made = [encoder.made()?.thread, learner.made(), evaluator.made(), writer.made()];
      await Promise.all(made.map((it) => it?.close()));
    },
  };
}

/** The message of a failure that is followed by another try. */
export function withNextTry(message: string, pauseMs: number): string {
  return `${message} (again in ${Math.round(pauseMs / 1_000)} s)`;
}

/** A value that is made at the first call; `made` returns it without making it. */
function once<T>(make: () => T): (() => T) & { made: () => T | undefined } {
  let value: { readonly it: T } | undefined;
  return Object.assign(() => (value ??= { it: make() }).it, { made: () => value?.it });
}
