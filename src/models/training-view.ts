/** Training view: the data that models learn from, made once from a dataset. */
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import type { Csr } from "../linalg/sparse.ts";
import type { Vocabulary } from "../linalg/vocabulary.ts";
import type { Part } from "../snapshot/columns.ts";
import type { Model } from "../snapshot/model.ts";
import type { ProfileFacts } from "./person.ts";
import type { PopularityParams, PostFacts, Entries } from "./popularity/popularity.ts";

/** Settings of training that `vidrec tune` searches, all above 0; kept in the store by these names. */
export type Tuning = {
  readonly lambda: number;
  readonly alpha0: number;
  /** Confidence of a view. */
  readonly view: number;
  /** Age at which a signal has lost half of what recency can take from it, days. */
  readonly halfLifeDays: number;
  /** λ of EASE by the likes of an average post. */
  readonly easeLambda: number;
  /** Half-life of a post's freshness, days. */
  readonly freshHalfLifeDays: number;
};

/** Vectors of texts: the part of the view that a renewal has. */
export type TextView = {
  /** d; 0 if no text has a vector. */
  readonly dimension: number;
  /** Unit vectors of the posts' texts `[posts × d]`, zeros where there is none. */
  readonly embeddings: Float32Array;
  /** Unit vectors of the models' own texts that have one, by text. */
  readonly texts: Readonly<Record<string, Float32Array>>;
};

/** Everything a model may learn from. Equal views give equal parts. */
export type TrainingView = TextView & {
  /** Ages are measured from here, Unix epoch milliseconds. */
  readonly asOfMs: number;
  readonly seed: number;
  readonly kernel: Kernel;
  /** Rows of the catalogue by post key. */
  readonly rows: Vocabulary;
  /** Unix epoch milliseconds, none later than `asOfMs` `[posts]`. */
  readonly createdAtMs: Float64Array;
  readonly posts: PostFacts;
  /** C in units of the mean like. */
  readonly matrix: Csr;
  readonly likes: Csr;
  /** The likes of people whose likes have different times. */
  readonly sequences: Csr;
  /** The entries of C in the units of the signals table, with their times. */
  readonly entries: Entries;
  /** One a row of C; `undefined` for a user without profile. */
  readonly profiles: readonly (ProfileFacts | undefined)[];
  readonly tuning: Tuning;
  /** Parameters of popularity, fitted on backtests. */
  readonly popularity: PopularityParams;
  /** The last run's model, from which training may start. */
  readonly before: Model | undefined;
  /** Parts of the models listed before this one. */
  readonly parts: Readonly<Record<string, Part>>;
  readonly onEpoch: (epoch: number, epochs: number) => void;
};

/** Vectors as the rows of one table `[vectors × d]`. */
export function stacked(vectors: readonly Float32Array[]): Float32Array {
  const d = vectors[0]?.length ?? 0;
  const out = new Float32Array(vectors.length * d);
  for (const [n, vector] of vectors.entries()) out.set(vector, n * d);
  return out;
}
