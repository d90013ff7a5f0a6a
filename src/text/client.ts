/** Client of the encoder thread. */
import type { Progress } from "./backfill.ts";
import { EncoderError } from "./encoder.ts";
import type { EncoderEvent, EncoderRequest, OpenRequest } from "./protocol.ts";
import { Queries } from "./queries.ts";
import { SupervisedWorker } from "../runtime/supervised-worker.ts";

/** State of the encoder. */
type EncoderState = {
  /** Identity of the model and length of its vectors; `undefined` until it is loaded. */
  readonly model: string | undefined;
  readonly dimension: number | undefined;
  /** Texts that the running backfill has yet to encode. */
  readonly backlog: number;
  /** Why there is no encoder now; "" while one is loaded, loading or idle. */
  readonly failure: string;
};

/** The encoder as the service uses it. */
export type EncoderThread = {
  /** Unit vector of a text; `undefined` if it does not come in time, or the text is empty. */
  readonly encodeQuery: (text: string, timeoutMs?: number) => Promise<Float32Array | undefined>;
  /**
   * Encode `extraTexts` and every stored text without a vector; returns their number. Backfills run
   * one after the other.
   *
   * @throws EncoderError if the thread ends before; what it wrote is kept.
   */
  readonly backfill: (extraTexts: readonly string[], onProgress: Progress) => Promise<number>;
  readonly state: () => EncoderState;
  readonly close: () => Promise<void>;
};

/** How to start the thread, and whom to tell about it. */
export type EncoderThreadOptions = Omit<OpenRequest, "kind"> & {
  /** Starts worker.ts. */
  readonly spawn: () => Worker;
  /** The model is loaded, for the first time or again. */
  readonly onReady?: (model: string, dimension: number) => void;
  /** The thread ended, or could not load the model; another starts after the pause. */
  readonly onEnd?: (message: string, pauseMs: number) => void;
  /** First of these pauses, milliseconds. */
  readonly pauseMs?: number;
  /** How long an idle thread is kept, milliseconds. */
  readonly idleMs?: number;
};

const LOADING: EncoderState = { model: undefined, dimension: undefined, backlog: 0, failure: "" };

/** How long the model is kept loaded without a text, milliseconds: it takes some 100 MB. */
const IDLE_MS = 5 * 60_000;
/** How long a query waits for its vector, and where the model is to be loaded first. */
const QUERY_MS = 500;
const LOAD_MS = 1_500;

/** Start the encoder thread, and again whenever it ends, with growing pauses. */
export function openEncoderThread(options: EncoderThreadOptions): EncoderThread {
  const { spawn, onReady, onEnd, pauseMs, idleMs = IDLE_MS, ...opening } = options;
  let state = LOADING;
  let onProgress: Progress = () => {};
  const queries = new Queries((id, text) => thread.send({ kind: "query", id, text }));
  const thread = new SupervisedWorker<EncoderRequest, EncoderEvent, number>({
    name: "the encoder",
    spawn,
    opening: { kind: "open", ...opening },
    closing: { kind: "close" },
    onEvent,
    onEnd: (message, pause) => (lose(message), onEnd?.(message, pause)),
    failure: (message) => new EncoderError(message),
    owes: () => queries.isBusy,
    idleMs,
    pauseMs,
  });

  function lose(message: string): void {
    state = { ...LOADING, failure: message };
    queries.clear();
  }

  function onEvent(event: EncoderEvent): void {
    switch (event.kind) {
      case "ready":
        state = { ...state, model: event.model, dimension: event.dimension, failure: "" };
        return onReady?.(event.model, event.dimension);
      case "failed":
        return thread.restart(event.message);
      case "vector":
        thread.didWork();
        return queries.answer(event.id, event.vector);
      case "progress":
        if (event.done > 0) thread.didWork();
        state = { ...state, backlog: event.total - event.done };
        return onProgress(event.done, event.total);
      case "filled":
        state = { ...state, backlog: 0 };
        return thread.done(event.encoded);
      case "unfilled":
        return thread.failed(event.message);
      default:
        return event satisfies never;
    }
  }

  return {
    encodeQuery: async (text, timeoutMs = thread.isReady ? QUERY_MS : LOAD_MS) =>
      thread.isPaused || text.trim() === "" ? undefined : queries.ask(text, timeoutMs),
    backfill: (extraTexts, tell) =>
      thread.run({ kind: "backfill", extraTexts }, () => (onProgress = tell)),
    state: () => state,
    close: async () => {
      await thread.close();
      lose("the encoder is closed");
    },
  };
}
