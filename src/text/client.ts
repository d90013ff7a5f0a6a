/** Client of the encoder thread. */
import type { Progress } from "./backfill.ts";
import { EncoderError } from "./encoder.ts";
import type { EncoderEvent, EncoderRequest, OpenRequest } from "./protocol.ts";
import { Queries } from "./queries.ts";
import { SupervisedWorker, type ThreadOptions } from "../runtime/supervised-worker.ts";

/** State of the encoder. */
type EncoderState = {
  /** Identity of the model and length of its vectors; `undefined` until it is loaded. */
  readonly model: string | undefined;
  readonly dimension: number | undefined;
  /** Texts that the running backfill has yet to encode. */
  readonly backlog: number;
};

/** The encoder as the service uses it. */
export type EncoderThread = {
  /** Unit vector of a text; `undefined` for an empty text, or if it is not ready within `timeoutMs`. */
  readonly encodeQuery: (text: string, timeoutMs?: number) => Promise<Float32Array | undefined>;
  /**
   * Encodes `extraTexts` and every stored text without a vector; returns their number. Backfills run
   * one after the other.
   *
   * @throws EncoderError if the thread ends first; vectors that it has written are kept.
   */
  readonly backfill: (extraTexts: readonly string[], onProgress: Progress) => Promise<number>;
  readonly state: () => EncoderState;
  readonly close: () => Promise<void>;
};

/** Options of {@link openEncoderThread}: the thread's first message, its start and its callbacks. */
export type EncoderThreadOptions = Omit<OpenRequest, "kind"> &
  ThreadOptions & {
    /** Idle time until the thread ends, milliseconds. */
    readonly idleMs?: number;
  };

const LOADING: EncoderState = { model: undefined, dimension: undefined, backlog: 0 };

/** Idle time until the model is unloaded, milliseconds: it takes some 100 MB. */
const IDLE_MS = 5 * 60_000;
/** Longest wait for a query's vector, milliseconds. */
const QUERY_MS = 500;
/** Longest wait if the model has to be loaded first, milliseconds. */
const LOAD_MS = 1_500;

/** Starts the encoder thread, and restarts it whenever it ends, after growing pauses. */
export function openEncoderThread(options: EncoderThreadOptions): EncoderThread {
  const { spawn, onReady, onEnd, pauseMs, idleMs = IDLE_MS, ...opening } = options;
  let state = LOADING;
  let onProgress: Progress = () => {};
  const queries = new Queries((id, text) => thread.send({ kind: "query", id, text }));
  const thread = new SupervisedWorker<EncoderRequest, EncoderEvent, number>({
    name: "the encoder",
    spawn,
    opening: { kind: "open", ...opening },
    onEvent,
    onEnd: (message, pause) => (lose(), onEnd(message, pause)),
    failure: (message) => new EncoderError(message),
    hasPending: () => queries.isBusy,
    idleMs,
    pauseMs,
  });

  function lose(): void {
    state = LOADING;
    queries.clear();
  }

  function onEvent(event: EncoderEvent): void {
    switch (event.kind) {
      case "ready":
        state = { ...state, model: event.model, dimension: event.dimension };
        return onReady?.();
      case "failed":
        return thread.restart(event.message);
      case "vector":
        thread.didWork();
        return queries.answer(event.id, event.vector);
      case "progress":
        if (event.done > 0) thread.didWork();
        state = { ...state, backlog: event.total - event.done };
        return onProgress(event.done, event.total);
      case "backfilled":
        state = { ...state, backlog: 0 };
        return thread.done(event.encoded);
      case "backfillFailed":
        return thread.failed(event.message);
      default:
        return event satisfies never;
    }
  }

  return {
    encodeQuery: async (text, timeoutMs = thread.isReady ? QUERY_MS : LOAD_MS) =>
      thread.isPaused || text.trim() === "" ? undefined : queries.ask(text, timeoutMs),
    backfill: (extraTexts, report) =>
      thread.run({ kind: "backfill", extraTexts }, () => (onProgress = report)),
    state: () => state,
    close: async () => {
      await thread.close();
      lose();
    },
  };
}
