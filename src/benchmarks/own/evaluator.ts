/** Client of the evaluator thread. */
import { SupervisedWorker, type ThreadOptions } from "../../runtime/supervised-worker.ts";
import type { EncoderName } from "../../training/dataset.ts";
import type { Progress } from "../../training/run.ts";
import type { Evaluated, EvaluatorEvent, EvaluatorRequest } from "./protocol.ts";

/** The store could not be evaluated; `message` says why. */
class EvaluatorError extends Error {
  override readonly name = "EvaluatorError";
}

/** The evaluator as the service uses it. */
type Evaluator = {
  /** Evaluates the store's ranking. @throws EvaluatorError */
  readonly evaluate: (encoder: EncoderName | undefined, onProgress: Progress) => Promise<Evaluated>;
  readonly close: () => Promise<void>;
};

/** Idle time until the thread ends, milliseconds: it holds as much as a training run. */
const IDLE_MS = 1_000;

/** Starts the evaluator thread. */
export function openEvaluator({
  spawn,
  onReady,
  onEnd,
  pauseMs,
  ...opening
}: Omit<Extract<EvaluatorRequest, { kind: "open" }>, "kind"> & ThreadOptions): Evaluator {
  let progress: Progress = () => {};
  const thread = new SupervisedWorker<EvaluatorRequest, EvaluatorEvent, Evaluated>({
    name: "the evaluator",
    spawn,
    opening: { kind: "open", ...opening },
    onEvent,
    onEnd,
    failure: (message) => new EvaluatorError(message),
    idleMs: IDLE_MS,
    pauseMs,
  });
  function onEvent(event: EvaluatorEvent): void {
    switch (event.kind) {
      case "ready":
        return onReady?.();
      case "progress":
        return progress(event.stage, event.done, event.total);
      case "evaluated":
        return thread.done(event.evaluated);
      case "broke":
        return thread.failed(event.message);
      default:
        return event satisfies never;
    }
  }
  return {
    evaluate: (encoder, onProgress) =>
      thread.run({ kind: "evaluate", encoder }, () => (progress = onProgress)),
    close: () => thread.close(),
  };
}
