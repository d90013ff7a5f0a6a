/** Client of the writer thread: the serving thread never waits for the disk. */
import { SupervisedWorker, type ThreadOptions } from "../../runtime/supervised-worker.ts";
import type { Changed, ChangeName, Changes, Write } from "../changes.ts";
import type { WriterEvent, WriterRequest } from "./protocol.ts";

/** A change may not have been stored; `message` says why. It is safe to send it again. */
export class WriterError extends Error {
  override readonly name = "WriterError";
}

/** The writer as the service uses it. */
export type Writer = {
  /** Makes a change; resolves when it is durable. @throws WriterError */
  readonly write: <N extends ChangeName>(
    change: N,
    ...args: Parameters<Changes[N]>
  ) => Promise<Changed<N>>;
  readonly close: () => Promise<void>;
};

/** Idle time until the thread ends, milliseconds. */
const IDLE_MS = 60_000;
/** Most rows that wait for the thread, some 100 MB: where the disk is slower than its senders, they have to wait. */
const WAITING_ROWS_MAX = 200_000;

/** The thread, the store's path, and a callback for changes that could not be made. */
type WriterOptions = ThreadOptions & {
  readonly storePath: string;
  /** A commit had a change that could not be made; `undefined` once one is without. */
  readonly onFault?: (message: string | undefined) => void;
};

/** Starts the writer thread. */
export function openWriter(options: WriterOptions): Writer {
  const { spawn, storePath, onReady, onEnd, onFault, pauseMs } = options;
  const pending = new Map<number, PromiseWithResolvers<Changed>>();
  let waitingRows = 0;
  let requests = 0;
  let isClosed = false;

  const thread = new SupervisedWorker<WriterRequest, WriterEvent, never>({
    name: "the writer",
    spawn,
    opening: { kind: "open", storePath },
    onEvent,
    onEnd: (message, ms) => {
      rejectAll(message);
      onEnd(message, ms);
    },
    failure: (message) => new WriterError(message),
    hasPending: () => pending.size > 0,
    idleMs: IDLE_MS,
    pauseMs,
  });

  function onEvent(event: WriterEvent): void {
    if (event.kind === "ready") return onReady?.();
    thread.didWork();
    onFault?.(event.outcomes.map((it) => ("fault" in it ? it.fault : undefined)).find(Boolean));
    for (const it of event.outcomes) {
      const { resolve, reject } = pending.get(it.id)!;
      pending.delete(it.id);
      if ("fault" in it) reject(new WriterError(it.fault));
      else resolve(it.changed);
    }
  }

  function rejectAll(why: string): void {
    for (const { reject } of pending.values())
      reject(new WriterError(`it may not have been stored: ${why}`));
    pending.clear();
  }

  return {
    write: async <N extends ChangeName>(change: N, ...args: Parameters<Changes[N]>) => {
      if (isClosed || thread.isPaused)
        throw new WriterError("nothing can be stored now: the writer thread is not running");
      if (waitingRows > WAITING_ROWS_MAX)
        throw new WriterError("more is sent than the disk can store: send it again later");
      const id = ++requests;
      const answer = Promise.withResolvers<Changed>();
      const rows = Array.isArray(args[0]) ? args[0].length : 1;
      pending.set(id, answer);
      waitingRows += rows;
      try {
        thread.send({ kind: "write", id, write: { change, args } as Write });
      } catch (cause) {
        pending.delete(id);
        answer.reject(new WriterError(`it can't be stored: ${String(cause)}`));
      }
      return answer.promise.finally(() => (waitingRows -= rows)) as Promise<Changed<N>>;
    },
    close: async () => {
      isClosed = true;
      await Promise.allSettled([...pending.values()].map(({ promise }) => promise));
      await thread.close();
    },
  };
}
