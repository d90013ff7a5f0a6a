/** The composition root: opens, wires and closes every layer, in the order data flows. */
import type { Config } from "../config/settings.ts";
import { vectorsOf } from "../training/dataset.ts";
import { encodeTexts, openLearning } from "./learning.ts";
import { follow, openTroubles } from "./follow.ts";
import type { Progress } from "../training/run.ts";
import { pathsOf } from "./paths.ts";
import { openFaults } from "../feed/faults.ts";
import type { Failure } from "../ranking/attempt.ts";
import type { Held, HeldBy } from "../data/contract.ts";
import { openLease } from "../data/sqlite/open.ts";
import { storeTrouble } from "../data/trouble.ts";
import { openServing } from "./serving.ts";
import { openThreads } from "./worker-threads.ts";

/** Output for the operator. */
export type Console = {
  readonly log: (line: string) => void;
  readonly progress: Progress;
};

/** Surroundings of a program: where it writes lines, and its wall clock. */
export type Surroundings = Console & {
  /** Unix epoch milliseconds; by default the system's. A simulation has its own. */
  readonly nowMs?: () => number;
};

/** A running program: its store, service and daily cycle. */
export type App = ReturnType<typeof openApp>;

/** Opens the program. Threads start when first needed. */
export function openApp(config: Config, version: string, out: Surroundings) {
  const { log, progress: onProgress, nowMs = Date.now } = out;
  const paths = pathsOf(config);
  const troubles = openTroubles(log);
  const explain = ({ stage, cause }: Failure) => storeTrouble(cause, paths.storePath, stage);
  const faults = openFaults(explain, log);
  const threads = openThreads({ config, paths, version, onProgress, onTrouble: troubles.set });
  const folders = [paths.folder, config.DATA_DIR];
  const parts = { config, paths, threads, troubles, faults, folders, ...out, nowMs };
  const runs = { sinceMs: () => learning.runningSinceMs(), nextMs: () => learning.nextMs() };
  const serving = openServing({ ...parts, runs });
  const { registry, store } = serving;
  const learning = openLearning({ ...parts, registry, store, onTrouble: troubles.set });
  const lease = openLease(paths.leasePath);
  let held: Held | undefined;

  async function takeLease(owner: string): Promise<HeldBy | undefined> {
    const taken = await lease.take(`${owner} (process ${process.pid})`);
    if ("heldBy" in taken) return taken;
    return void (held = taken);
  }

  return {
    paths,
    get store() {
      return serving.store();
    },
    registry,
    live: serving.live,
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
        live: serving.live,
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
      serving.close();
    },
  };
}
