/**
 * Worker threads beside the serving one: encoder and learner, each started when first needed.
 *
 * Workers start here and nowhere else: a worker's path depends on whether the program is compiled.
 */
import { join } from "node:path";
import pTimeout from "p-timeout";
import type { Config } from "../config/settings.ts";
import { openEncoderThread } from "../text/client.ts";
import type { EncoderName } from "../training/dataset.ts";
import { openLearner } from "../training/jobs/learner.ts";
import type { Progress } from "../training/run.ts";
import type { Paths } from "./paths.ts";

declare const COMPILED: boolean | undefined;
/** `src/`. In the compiled program main.ts, bundled with this file, lies at its top. */
const SRC = new URL(typeof COMPILED === "undefined" ? "../" : "./", import.meta.url);

/** Starts the encoder's thread; its client asks for it. */
export const encoderThread = () => new Worker(new URL("text/worker.ts", SRC));
/** Starts a thread of the kernel, for whoever learns in this one. */
export const kernelThread = () => new Worker(new URL("linalg/train-wasm/worker.ts", SRC));
const learnerThread = () => new Worker(new URL("training/jobs/worker.ts", SRC));

/** How long learning waits for the encoder to load before it goes on without. */
const ENCODER_MS = 60_000;

/** What the threads work on, and who is told how they are. */
export type ThreadsOptions = {
  readonly config: Config;
  readonly paths: Paths;
  readonly version: string;
  readonly onProgress: Progress;
  /** What is wrong with a part from now on; `undefined`: nothing any more. */
  readonly onTrouble: (part: string, message: string | undefined) => void;
};

/** Both threads, asleep. */
export function openThreads({ config, paths, version, onProgress, onTrouble }: ThreadsOptions) {
  const encoder = once(() => {
    const { promise: loaded, resolve } = Promise.withResolvers<void>();
    const thread = openEncoderThread({
      spawn: encoderThread,
      model: config.ENCODER_MODEL,
      threads: config.ENCODER_THREADS,
      modelsFolder: join(config.DATA_DIR, "models"),
      storePath: paths.storePath,
      onReady: () => (onTrouble("encoder", undefined), resolve()),
      onEnd: (message, pauseMs) => (onTrouble("encoder", again(message, pauseMs)), resolve()),
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
      onProgress,
      onReady: () => onTrouble("learner", undefined),
      onEnd: (message, pauseMs) => onTrouble("learner", again(message, pauseMs)),
    }),
  );

  return {
    encoder: () => encoder().thread,
    /** The model that is loaded; waits while it is loading, but not for ever. */
    loadedEncoder: async (): Promise<EncoderName | undefined> => {
      const { thread, loaded } = encoder();
      await pTimeout(loaded, { milliseconds: ENCODER_MS, message: false });
      const { model, dimension } = thread.state();
      return model !== undefined && dimension !== undefined ? { model, dimension } : undefined;
    },
    learner,
    close: async (): Promise<void> => {
      await Promise.all([encoder.made()?.thread.close(), learner.made()?.close()]);
    },
  };
}

/** A failure that is followed by another try. */
export function again(message: string, pauseMs: number): string {
  return `${message} (again in ${Math.round(pauseMs / 1_000)} s)`;
}

/** Make something when first asked for it; `made` tells without making it. */
function once<T>(make: () => T): (() => T) & { made: () => T | undefined } {
  let value: { readonly it: T } | undefined;
  return Object.assign(() => (value ??= { it: make() }).it, { made: () => value?.it });
}
