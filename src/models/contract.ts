/** What a model is: one value that says what it keeps, learns, finds, scores and explains. */
import type { ColumnSpecs, Part } from "../snapshot/columns.ts";
import type { Model } from "../snapshot/model.ts";
import type { TextView, TrainingView } from "./training-view.ts";

/** One model; `models.ts` lists them all. */
export type ModelSpec = {
  /** Names its part of a snapshot, its source, and its term of the score. */
  readonly name: string;
  readonly columns: ColumnSpecs;
  /** Learn the part; a model may read the parts of those listed before it. */
  readonly train: (view: TrainingView) => Part | Promise<Part>;
  /** Texts of its own that the encoder is to give vectors. */
  readonly texts?: readonly string[];
  /** The part with vectors that have been made since `before` was learnt; absent: it reads none. */
  readonly renew?: (before: Model, view: TextView) => Part;
};
