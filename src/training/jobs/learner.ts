/** The service's side of the learner thread. */
import { Thread } from "../../runtime/supervised-worker.ts";
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

/** A sync or a learn ended without a result; `message` says why, in the thread's words. */
export class LearnerError extends Error {
  override readonly name = "LearnerError";
}

/** The learner, as the service sees it. */
export type Learner = {
  /** @throws LearnerError */
  readonly sync: (force: boolean, acceptRemovals?: boolean) => Promise<SyncReport>;
  /** How far the running sync is; `undefined` if none runs. */
  readonly syncing: () => SyncProgress | undefined;
  /**
   * Train on what the store holds and write a snapshot, if there is anything new to learn.
   *
   * @throws LearnerError
   */
  readonly learn: (options: LearnOptions) => Promise<Learned | undefined>;
  /**
   * Write the newest snapshot again with the vectors that its texts have by now, if these are more.
   *
   * @throws LearnerError
   */
  readonly renew: (encoder: EncoderName) => Promise<Renewed | undefined>;
  readonly close: () => Promise<void>;
};

/** How to start the thread, and who is told how it is. */
export type LearnerOptions = Omit<OpenRequest, "kind"> & {
  /** Starts worker.ts. */
  readonly spawn: () => Worker;
  readonly onProgress: Progress;
  /** The thread can work; also after a restart. */
  readonly onReady?: () => void;
  /** The thread ended by itself; another starts after the pause. */
  readonly onEnd: (message: string, pauseMs: number) => void;
  /** First of these pauses, milliseconds. */
  readonly pauseMs?: number;
};

/** What the thread answers a job with. */
type Answer = Extract<LearnerEvent, { kind: "synced" | "learned" | "renewed" }>;

/** How long the thread is kept without a job, milliseconds: what it holds is some 100 MB. */
const IDLE_MS = 10_000;

/** Start the learner thread. Jobs run one after the other; one that was cut off is not repeated. */
export function openLearner(options: LearnerOptions): Learner {
  const { spawn, onProgress, onReady, onEnd, pauseMs, ...opening } = options;
  const thread = new Thread<LearnerRequest, LearnerEvent, Answer>({
    name: "the learner",
    spawn,
    opening: { kind: "open", ...opening },
    closing: { kind: "close" },
    onEvent,
    onEnd,
    failure: (message) => new LearnerError(message),
    idleMs: IDLE_MS,
    pauseMs,
  });

  let syncing: SyncProgress | undefined;
  function onEvent(event: LearnerEvent): void {
    switch (event.kind) {
      case "ready":
        return onReady?.();
      case "failed":
        return thread.restart(event.message);
      case "syncing":
        syncing = event;
        return onProgress(`sync: ${event.endpoint}, ${event.rows} rows`, event.done, event.total);
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
    sync: async (force, acceptRemovals = false) => {
      const job = thread.run({ kind: "sync", force, acceptRemovals });
      const event = await job.finally(() => (syncing = undefined));
      if (event.kind !== "synced") throw new LearnerError(`unexpected answer: ${event.kind}`);
      return event.report;
    },
    learn: async (learning) => {
      const event = await thread.run({ kind: "learn", ...learning });
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
