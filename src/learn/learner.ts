/** The service's side of the learner thread. */
import { Thread } from "../thread.ts";
import type { SyncReport } from "../upstream/sync.ts";
import type {
  Learned,
  LearnerEvent,
  LearnerRequest,
  LearnOptions,
  OpenRequest,
} from "./protocol.ts";
import type { Progress } from "./run.ts";

/** A sync or a learn ended without a result; `message` says why, in the thread's words. */
export class LearnerError extends Error {
  override readonly name = "LearnerError";
}

export type Learner = {
  /** @throws LearnerError */
  readonly sync: (force: boolean) => Promise<SyncReport>;
  /**
   * Train on what the store holds and write a snapshot, if there is anything new to learn.
   *
   * @throws LearnerError
   */
  readonly learn: (options: LearnOptions) => Promise<Learned | undefined>;
  readonly close: () => Promise<void>;
};

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

const CLOSED = "the learner is closed";

type Job = {
  readonly resolve: (event: LearnerEvent) => void;
  readonly reject: (cause: LearnerError) => void;
};

/** Start the learner thread. Jobs run one after the other; one that was cut off is not repeated. */
export function openLearner(options: LearnerOptions): Learner {
  const { spawn, onProgress, onReady, onEnd, pauseMs, ...opening } = options;
  let job: Job | undefined;
  let jobs: Promise<unknown> = Promise.resolve();
  let ready = Promise.withResolvers<void>();
  const thread = new Thread<LearnerRequest, LearnerEvent>({
    spawn,
    opening: { kind: "open", ...opening },
    closing: { kind: "close" },
    onEvent,
    onEnd: (message, pause) => {
      fail(message);
      onEnd(message, pause);
    },
    ...(pauseMs !== undefined && { pauseMs }),
  });

  function fail(message: string): void {
    const error = new LearnerError(message);
    ready.promise.catch(() => {});
    ready.reject(error);
    ready = Promise.withResolvers<void>();
    job?.reject(error);
    job = undefined;
  }

  function onEvent(event: LearnerEvent): void {
    switch (event.kind) {
      case "ready":
        ready.resolve();
        return onReady?.();
      case "failed":
        return thread.restart(event.message);
      case "progress":
        return onProgress(event.stage, event.done, event.total);
      case "broke":
        return job?.reject(new LearnerError(event.message));
      case "synced":
      case "learned":
        thread.didWork();
        return job?.resolve(event);
      default:
        return event satisfies never;
    }
  }

  /** Send a request once the thread is ready and the jobs before it are done. */
  function run(request: LearnerRequest): Promise<LearnerEvent> {
    const mine = jobs.then(async () => {
      await ready.promise;
      const { promise, resolve, reject } = Promise.withResolvers<LearnerEvent>();
      job = { resolve, reject };
      thread.send(request);
      return promise;
    });
    jobs = mine.catch(() => {});
    return mine;
  }

  return {
    sync: async (force) => {
      const event = await run({ kind: "sync", force });
      if (event.kind !== "synced") throw new LearnerError(`unexpected answer: ${event.kind}`);
      return event.report;
    },
    learn: async (learning) => {
      const event = await run({ kind: "learn", ...learning });
      if (event.kind !== "learned") throw new LearnerError(`unexpected answer: ${event.kind}`);
      return event.learned;
    },
    close: async () => {
      await thread.close();
      fail(CLOSED);
      ready.promise.catch(() => {});
      ready.reject(new LearnerError(CLOSED)); // for whoever asks from now on
    },
  };
}
