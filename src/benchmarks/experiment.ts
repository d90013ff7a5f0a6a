/** What a protocol is: where its data comes from, what is held out, and how the past is cut again. */
import type { Cut, Split } from "../evaluation/split.ts";
import type { Dataset, EncoderName } from "../training/dataset.ts";

/** A question put to a recommender, complete with what it may learn from. */
export type Trial = {
  /** One sentence for the report. */
  readonly protocol: string;
  /** What may be learnt from: only what lies before the cut. */
  readonly data: Dataset;
  /** `before` is the same as `data.histories`; both parts have the same users. */
  readonly split: Split;
  /** How learning cuts the past once more, to fit itself. */
  readonly inner: Cut;
  /** The only posts that are recommended and count; all of them if absent. */
  readonly only?: ReadonlySet<number>;
};

/** Vectors of texts, in their order, `[texts × d]`. */
export type Embedded = { readonly encoder: EncoderName; readonly vectors: Float32Array };

/** Gives texts vectors; `undefined` if the encoder can't be loaded. */
export type Embed = (texts: readonly string[]) => Promise<Embedded | undefined>;

/** What reading a protocol's data needs. */
export type Source = {
  /** The folder that holds one folder a data set. */
  readonly folder: string;
  readonly embed: Embed;
  readonly seed: number;
};

/** A data folder that is not as its protocol needs it. */
export class DataError extends Error {
  override readonly name = "DataError";
}
