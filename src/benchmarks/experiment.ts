/** An experiment: data to train on, and held-out data to predict. */
import type { Cut, Split } from "../evaluation/split.ts";
import type { Dataset, EncoderName } from "../training/dataset.ts";

/** Training data and held-out data. */
export type Experiment = {
  /** One sentence for the report: the data, and what of it is held out. */
  readonly protocol: string;
  /** Training data, all of it from before the cut. */
  readonly data: Dataset;
  /** `before` is `data.histories`, or has more events: those that are only in the queries. */
  readonly split: Split;
  /** The cut by which training splits its data once more, to fit the blend. */
  readonly inner: Cut;
  /** The only posts that may be recommended and count as relevant; all posts if absent. */
  readonly only?: ReadonlySet<number>;
};

/** Vectors of texts in the order of the texts, `[texts × d]`. */
type Embedded = { readonly encoder: EncoderName; readonly vectors: Float32Array };

/** Inputs of a benchmark's reader. */
export type BenchmarkInput = {
  /** Folder with one subfolder a data set. */
  readonly folder: string;
  /** Encodes texts; `undefined` if the encoder can't be loaded. */
  readonly embed: (texts: readonly string[]) => Promise<Embedded | undefined>;
  readonly seed: number;
};

/** A data set that is missing or malformed. */
export class DataError extends Error {
  override readonly name = "DataError";
}
