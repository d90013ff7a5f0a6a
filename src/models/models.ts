/** THE list of models. Adding one is a folder and a line here. */
import type { Layout } from "../snapshot/columns.ts";
import { similar } from "./content/model.ts";
import type { ModelSpec } from "./contract.ts";
import { fresh } from "./freshness/model.ts";
import { collaborative } from "./ials/model.ts";
import { neighbours } from "./item-item/model.ts";
import { mood } from "./mood/model.ts";
import { sequence } from "./next-item/model.ts";
import { popular } from "./popularity/model.ts";
import { sequenceKnn } from "./sequence-knn/model.ts";
import { trending } from "./trending/model.ts";

/** Trained, asked and explained in this order. */
export const MODELS: readonly ModelSpec[] = [
  collaborative,
  neighbours,
  sequence,
  sequenceKnn,
  similar,
  popular,
  trending,
  fresh,
  mood,
];

/** The columns of a snapshot that this program can serve. */
export const LAYOUT: Layout = Object.fromEntries(MODELS.map((it) => [it.name, it.columns]));

/** Texts that the models want vectors of. */
export const TEXTS: readonly string[] = MODELS.flatMap((it) => it.texts ?? []);
