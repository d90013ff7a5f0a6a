/** Messages between the service and its evaluator thread. */
import type { RunQuality } from "../../domain/run.ts";
import type { EncoderName } from "../../training/dataset.ts";

/** First message to the thread. */
type OpenRequest = {
  readonly kind: "open";
  readonly storePath: string;
  readonly seed: number;
  /** Threads that train; 0: one a core. */
  readonly threads: number;
};

/** To the thread. */
export type EvaluatorRequest =
  | OpenRequest
  /** The encoder whose vectors are used; without one, only events are learnt from. */
  | { readonly kind: "evaluate"; readonly encoder: EncoderName | undefined }
  | { readonly kind: "close" };

/** From the thread: `ready` first; a job sends `progress`, then `evaluated` or `broke`. */
export type EvaluatorEvent =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly stage: string; readonly done: number; readonly total: number } // prettier-ignore
  | { readonly kind: "evaluated"; readonly evaluated: Evaluated }
  | { readonly kind: "broke"; readonly message: string };

/** Result of an evaluation. */
export type Evaluated = RunQuality & {
  /** One sentence: the data, and what of it was held out. */
  readonly protocol: string;
  /** Posts that could be recommended. */
  readonly posts: number;
};
