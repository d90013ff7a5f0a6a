/** What the service and its encoder thread say to each other. */

/** What the thread needs to begin; the first message, sent once. */
export type OpenRequest = {
  readonly kind: "open";
  /** {@link EncoderOptions} */
  readonly model: string;
  readonly threads: number;
  readonly modelsFolder: string;
  readonly storePath: string;
};

/** `query` is answered by `vector`, before any text of a `backfill`; `close` by the thread's end. */
export type EncoderRequest =
  | OpenRequest
  | { readonly kind: "query"; readonly id: number; readonly text: string }
  | { readonly kind: "backfill"; readonly extraTexts: readonly string[] }
  | { readonly kind: "close" };

/**
 * First `ready` or `failed`, after which the thread is of no use. A backfill tells `progress`, then
 * exactly one of `filled` or `unfilled`.
 */
export type EncoderEvent =
  | { readonly kind: "ready"; readonly model: string; readonly dimension: number }
  | { readonly kind: "failed"; readonly message: string }
  | {
      readonly kind: "vector";
      readonly id: number;
      /** `undefined` if the text cannot be encoded. */
      readonly vector: Float32Array | undefined;
    }
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "filled"; readonly encoded: number }
  | { readonly kind: "unfilled"; readonly message: string };
