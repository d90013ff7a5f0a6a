/** THE list of models. To add one, add a folder and a line here. */
import type { Layout } from "../snapshot/columns.ts";
import { heldOutPart } from "../snapshot/held-out.ts";
import type { Recency } from "../snapshot/model.ts";
import { similar } from "./content/model.ts";
import type { ModelSpec } from "./contract.ts";
import { fresh } from "./freshness/model.ts";
import { collaborative } from "./ials/model.ts";
import { neighbours } from "./item-item/model.ts";
import { markov } from "./markov/model.ts";
import { mood } from "./mood/model.ts";
import { sequence } from "./next-item/model.ts";
import { popular } from "./popularity/model.ts";
import { sequenceKnn } from "./sequence-knn/model.ts";
import { trending } from "./trending/model.ts";

/** All models, in the order in which they are trained, prepared, scored and explained. */
export const MODELS: readonly ModelSpec[] = [
  collaborative,
  neighbours,
  sequence,
  markov,
  sequenceKnn,
  similar,
  popular,
  trending,
  fresh,
  mood,
];

/** Names of the models that have a score: the terms of the blend. */
export const TERMS: readonly string[] = MODELS.filter((it) => it.weights).map((it) => it.name);

/** Names of the models whose score depends on a person's history. */
export const PERSONAL: ReadonlySet<string> = new Set(
  MODELS.filter((it) => it.isPersonal).map((it) => it.name),
);

/** Default decay of older events by model; a store with enough held-out cases fits its own. */
export const RECENCY: Recency = Object.fromEntries(
  MODELS.flatMap(({ name, recency }) => (recency === undefined ? [] : [[name, recency]])),
);

/** The columns of a snapshot that this program can serve: of all models, and of the cases that judge them. */
export const LAYOUT: Layout = Object.fromEntries(
  [...MODELS, heldOutPart].map((it) => [it.name, it.columns]),
);

/** The models' own texts, which the encoder encodes. */
export const TEXTS: readonly string[] = MODELS.flatMap((it) => it.texts ?? []);
