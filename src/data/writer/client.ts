/** Client of the writer thread: the serving thread never waits for the disk. */
import { SupervisedWorker, type ThreadOptions } from "../../runtime/supervised-worker.ts";
import type { Appended, EventLog } from "../contract.ts";
import type { WriterEvent, WriterRequest } from "./protocol.ts";

/** Events could not be stored; `message` says why. It is safe to send those with a client's id again. */
class WriterError extends Error {
  override readonly name = "WriterError";
}

/** The writer as the service uses it. */
export type Writer = Pick<EventLog, "append"> & { readonly close: () => Promise<void> };

/** Idle time until the thread ends, milliseconds. */
const IDLE_MS = 60_000;

/** Starts the writer thread. */
export function openWriter(options: ThreadOptions & { readonly storePath: string }): Writer {
  const { spawn, storePath, onReady, onEnd, pauseMs } = options;
  const pending = new Map<number, PromiseWithResolvers<Appended>>();
  let requests = 0;
  let isClosed = false;

  const thread = new SupervisedWorker<WriterRequest, WriterEvent, never>({
    name: "the writer",
    spawn,
    opening: { kind: "open", storePath },
    closing: { kind: "close" },
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
    for (const it of event.outcomes) {
      const { resolve, reject } = pending.get(it.id)!;
      pending.delete(it.id);
      if ("fault" in it) reject(new WriterError(it.fault));
      else resolve(it.appended);
    }
  }

  function rejectAll(why: string): void {
    for (const { reject } of pending.values())
      reject(new WriterError(`events may not have been stored: ${why}`));
    pending.clear();
  }

  return {
    append: async (batch, receipt) => {
      if (isClosed || thread.isPaused)
        throw new WriterError("events can't be stored now: the writer thread is not running");
      const id = ++requests;
      const answer = Promise.withResolvers<Appended>();
      pending.set(id, answer);
      thread.send({ kind: "append", id, batch, receipt });
      return answer.promise;
    },
    close: async () => {
      isClosed = true;
      await Promise.allSettled([...pending.values()].map(({ promise }) => promise));
      await thread.close();
    },
  };
}
