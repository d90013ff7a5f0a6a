/** Messages between the service and its encoder thread. */

/** The first message to the thread. */
export type OpenRequest = {
  readonly kind: "open";
  /** {@link EncoderOptions} */
  readonly model: string;
  readonly threads: number;
  readonly modelsFolder: string;
  readonly storePath: string;
};

/** A `query` is answered by a `vector` before any text of a `backfill`; after `close` the thread ends. */
export type EncoderRequest =
  | OpenRequest
  | { readonly kind: "query"; readonly id: number; readonly text: string }
  | { readonly kind: "backfill"; readonly extraTexts: readonly string[] }
  | { readonly kind: "close" };

/**
 * The first message is `ready` or `failed`; a thread that failed is of no use. A backfill sends
 * `progress`, then `backfilled` or `backfillFailed`.
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
  | { readonly kind: "backfilled"; readonly encoded: number }
  | { readonly kind: "backfillFailed"; readonly message: string };
