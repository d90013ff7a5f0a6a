/** The composition root: opens, wires and closes every layer, in the order data flows. */
import { shownSettings } from "../config/parse.ts";
import type { Config } from "../config/settings.ts";
import { embed, openLearning } from "./learning.ts";
import { follow, openTroubles } from "./follow.ts";
import type { Progress } from "../training/run.ts";
import { openHolding } from "./holding.ts";
import { pathsOf } from "./paths.ts";
import { openRecorder } from "./run-recorder.ts";
import { openFaults } from "../feed/faults.ts";
import type { Failure } from "../ranking/attempt.ts";
import { storeTrouble } from "../data/trouble.ts";
import { openServing } from "./serving.ts";
import { openThreads } from "./worker-threads.ts";

/** Output for the operator. */
export type Console = {
  readonly log: (line: string) => void;
  readonly progress: Progress;
};

/** Surroundings of a program: where it writes lines, and its wall clock. */
type Surroundings = Console & {
  /** Unix epoch milliseconds; by default the system's. A simulation has its own. */
  readonly nowMs?: () => number;
};

/** A running program: its store, service and daily cycle. */
export type App = ReturnType<typeof openApp>;

/** Opens the program. Threads start when first needed. */
export function openApp(config: Config, version: string, out: Surroundings) {
  const { nowMs = Date.now } = out;
  const paths = pathsOf(config);
  const settings = { version, ...shownSettings(config) };
  const recorder = openRecorder({ ...out, writer: () => threads.writer(), settings, nowMs });
  const { log } = recorder;
  const troubles = openTroubles(log);
  const explain = ({ stage, cause }: Failure) => storeTrouble(cause, paths.storePath, stage);
  const faults = openFaults(explain, log);
  const threads = openThreads({ config, paths, version, onTrouble: troubles.set });
  const folders = [paths.folder, config.DATA_DIR];
  const parts = { config, paths, threads, troubles, faults, folders, log, nowMs };
  const runs = { sinceMs: () => learning.runningSinceMs(), nextMs: () => learning.nextMs() };
  const holding = openHolding(paths.leasePath, () =>
    recorder.interruptOthers(serving.store().runs),
  );
  let isReplica = false; // then the process that it serves with holds the lease
  const otherHolder = async () => (isReplica ? undefined : holding.otherHolder());
  const serving = openServing({ ...parts, runs, otherHolder });
  const { registry, store } = serving;
  const learning = openLearning({ ...parts, recorder, registry, store, onTrouble: troubles.set });

  return {
    paths,
    get store() {
      return serving.store();
    },
    registry,
    live: serving.live,
    cycle: learning.cycle,
    service: serving.service,
    embed: (texts: readonly string[]) => embed(threads, serving.store(), texts, out.progress),
    /** Takes the lease for syncing and learning; returns its holder if another process has it. */
    takeLease: holding.take,
    /** Reports a trouble of one part; `undefined` clears it. */
    onTrouble: troubles.set,
    /** Keeps the service up to date until the returned function is called. Without an owner of the lease it only serves. */
    keepUpToDate: (owner: string | undefined) => {
      threads.encoder();
      isReplica = owner === undefined;
      return follow({
        registry,
        live: serving.live,
        reopenIfReplaced: () => {
          if (!serving.reopenIfReplaced()) return false;
          void holding.release();
          return true;
        },
        faults,
        takeLease:
          owner === undefined
            ? undefined
            : async () => (holding.isHeld() ? undefined : holding.take(owner)),
        learning,
        troubles,
        log,
      });
    },
    /** Ends the threads and gives the lease back. */
    async [Symbol.asyncDispose](): Promise<void> {
      await threads.close();
      await holding.release();
      serving.close();
    },
  };
}
