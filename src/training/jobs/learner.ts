/** Client of the learner thread. */
import { SupervisedWorker, type ThreadOptions } from "../../runtime/supervised-worker.ts";
import type { SyncProgress } from "../../ingest/socialverse/scan.ts";
import type { SyncReport } from "../../ingest/socialverse/sync.ts";
import type { EncoderName } from "../dataset.ts";
import type {
  Learned,
  LearnerEvent,
  LearnerRequest,
  LearnOptions,
  OpenRequest,
  Renewed,
} from "./protocol.ts";
import type { Progress } from "../run.ts";

/** A job of the learner failed; `message` says why. */
export class LearnerError extends Error {
  override readonly name = "LearnerError";
}

/** The learner as the service uses it. */
export type Learner = {
  /** @throws LearnerError */
  readonly sync: (
    force: boolean,
    acceptRemovals?: boolean,
    onProgress?: Progress,
  ) => Promise<SyncReport>;
  /** Progress of the running sync; `undefined` if none runs. */
  readonly syncing: () => SyncProgress | undefined;
  /**
   * Trains on the store and writes a snapshot; does nothing if the newest was learnt from the same data.
   *
   * @throws LearnerError
   */
  readonly learn: (options: LearnOptions, onProgress?: Progress) => Promise<Learned | undefined>;
  /**
   * Writes the newest snapshot again with the vectors stored since; does nothing if there are none.
   *
   * @throws LearnerError
   */
  readonly renew: (encoder: EncoderName) => Promise<Renewed | undefined>;
  readonly close: () => Promise<void>;
};

/** Options of {@link openLearner}: the thread's first message, its start and its callbacks. */
export type LearnerOptions = Omit<OpenRequest, "kind"> &
  ThreadOptions & {
    /** Called when upstream has to be asked again, and with `undefined` when the sync ends. */
    readonly onRetry?: (message: string | undefined) => void;
  };

/** Answer to a job. */
type Answer = Extract<LearnerEvent, { kind: "synced" | "learned" | "renewed" }>;

/** Idle time until the thread ends, milliseconds: it holds some 100 MB. */
const IDLE_MS = 10_000;

const unheard: Progress = () => {};

/** Starts the learner thread. */
export function openLearner(options: LearnerOptions): Learner {
  const { spawn, onRetry, onReady, onEnd, pauseMs, ...opening } = options;
  const thread = new SupervisedWorker<LearnerRequest, LearnerEvent, Answer>({
    name: "the learner",
    spawn,
    opening: { kind: "open", ...opening },
    onEvent,
    onEnd,
    failure: (message) => new LearnerError(message),
    idleMs: IDLE_MS,
    pauseMs,
  });

  let syncing: SyncProgress | undefined;
  /** Of the job under way. */
  let onProgress: Progress = unheard;
  function onEvent(event: LearnerEvent): void {
    switch (event.kind) {
      case "ready":
        return onReady?.();
      case "failed":
        return thread.restart(event.message);
      case "syncing":
        syncing = event;
        return onProgress(`sync: ${event.endpoint}, ${event.rows} rows`, event.done, event.total);
      case "retrying":
        return onRetry?.(event.message);
      case "progress":
        return onProgress(event.stage, event.done, event.total);
      case "broke":
        return thread.failed(event.message);
      case "synced":
      case "learned":
      case "renewed":
        return thread.done(event);
      default:
        return event satisfies never;
    }
  }

  return {
    syncing: () => syncing,
    sync: async (force, acceptRemovals = false, report = unheard) => {
      const begins = () => (onProgress = report);
      const job = thread.run({ kind: "sync", force, acceptRemovals }, begins);
      const event = await job.finally(() => ((syncing = undefined), onRetry?.(undefined)));
      if (event.kind !== "synced") throw new LearnerError(`unexpected answer: ${event.kind}`);
      return event.report;
    },
    learn: async (learning, report = unheard) => {
      const event = await thread.run({ kind: "learn", ...learning }, () => (onProgress = report));
      if (event.kind !== "learned") throw new LearnerError(`unexpected answer: ${event.kind}`);
      return event.learned;
    },
    renew: async (encoder) => {
      const event = await thread.run({ kind: "renew", encoder });
      if (event.kind !== "renewed") throw new LearnerError(`unexpected answer: ${event.kind}`);
      return event.renewed;
    },
    close: () => thread.close(),
  };
}
