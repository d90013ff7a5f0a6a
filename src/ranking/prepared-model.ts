/** Prepared model: everything that requests read of a snapshot, computed once. */
import { openRankKernel, plainRankKernel, type RankKernel } from "../linalg/rank-wasm/kernel.ts";
import { sharedCopies, type SharedKernel } from "../linalg/rank-wasm/shared-copies.ts";
import { plainProducts, type Products } from "../linalg/rank-wasm/products.ts";
import { atOnce, type Steps } from "../runtime/time-slicing.ts";
import { hasVector } from "../index/exact.ts";
import { normalise } from "../linalg/vector.ts";
import { collaborativePart } from "../models/ials/model.ts";
import type { ModelSpec, Served, ServingView } from "../models/contract.ts";
import { MODELS } from "../models/models.ts";
import type { Model } from "../snapshot/model.ts";
import { postCount } from "../snapshot/spare.ts";
import { catalogueEligibility, type Eligibility } from "./eligibility.ts";
import { placeholdersLast } from "./sinking.ts";
import { ordered, standingOf, type Standing } from "./standing.ts";

/** A snapshot ready for requests. */
export type PreparedModel = {
  readonly view: ServingView & { readonly kernel: SharedKernel };
  /** The eligibility that all requests share; each completes a copy. */
  readonly eligibility: Eligibility;
  readonly standing: Standing;
  /** Products of unit vectors of the posts: of their texts, or of their factors where most have no text. */
  readonly vectors: Products;
  /** The models in the order of their list. */
  readonly served: readonly (ModelSpec & Served)[];
};

/** Fewest posts for the WASM kernel, which copies matrices. */
const POSTS_MIN = 256;
/** Largest size of the embeddings, in numbers, that is copied in 16 bits: 250,000 posts × 384, 192 MB. */
const COPIED_MAX = 96_000_000;
const ROWS_A_STEP = 4_096;

const prepared = new WeakMap<Model, PreparedModel>();

/** The prepared model of a snapshot; prepared at the first call. */
export function preparedModel(model: Model): PreparedModel {
  return prepared.get(model) ?? atOnce(preparing(model));
}

/** An earlier state of a model in the same arrays, and the rows whose vectors were filled since. */
export type Before = { readonly prepared: PreparedModel; readonly rows: Uint32Array };

/**
 * {@link preparedModel} in time slices.
 *
 * @param before  Its copies of matrices are used on.
 * @param openKernel  Opens the kernel of a catalogue that is large enough for one.
 */
export function* preparing(
  model: Model,
  before?: Before,
  openKernel = openRankKernel,
): Steps<PreparedModel> {
  const known = prepared.get(model);
  if (known !== undefined) return known;
  const eligibility = catalogueEligibility(model);
  yield;
  const standing = yield* standingOf(model);
  const view = yield* viewOf(model, eligibility.eligible, standing, before, openKernel);
  const served: (ModelSpec & Served)[] = [];
  for (const spec of MODELS) served.push({ ...spec, ...(yield* spec.serve(view)) });
  const vectors = isTextual(model)
    ? view.texts
    : (before?.prepared.vectors ?? (yield* factorProducts(view)));
  const made = { view, eligibility, standing, vectors, served };
  prepared.set(model, made);
  return made;
}

function* viewOf(
  model: Model,
  servable: Uint8Array,
  { order }: Standing,
  before: Before | undefined,
  openKernel: typeof openRankKernel,
): Steps<PreparedModel["view"]> {
  const { embeddings, createdAtMs, placeholders, postKeys, info } = model;
  const d = info.encoder?.dimension ?? 0;
  const opened = () => (postKeys.length >= POSTS_MIN ? openKernel() : plainRankKernel);
  const kernel = before?.prepared.view.kernel ?? sharedCopies(opened());
  const vectored = before?.prepared.view.hasVector.slice() ?? new Uint8Array(postKeys.length);
  for (const row of before?.rows ?? postKeys.keys())
    vectored[row] = Number(hasVector(embeddings, row, d));
  const byPopularity = order.filter((row) => servable[row] === 1);
  yield;
  const byAge = ordered(byPopularity, (row) => createdAtMs[row]! - info.asOfMs);
  yield;
  return {
    model,
    kernel,
    hasVector: vectored,
    texts: yield* textProducts(kernel, model),
    byPopularity,
    byNewness: placeholdersLast(byAge, placeholders),
  };
}

function* textProducts(kernel: RankKernel, { embeddings, info }: Model): Steps<Products> {
  const d = info.encoder?.dimension ?? 0;
  return embeddings.length <= COPIED_MAX
    ? yield* kernel.products(embeddings, d)
    : plainProducts(kernel.arrays, embeddings, d);
}

/** True if most posts have a text, so that they are compared by it. */
export const isTextual = (model: Model) => 2 * model.info.embedded > postCount(model);

function* factorProducts({ kernel, model }: ServingView): Steps<Products> {
  const { info, columns } = collaborativePart.of(model);
  const units = columns.postFactors.slice();
  for (let row = 0; row * info.k < units.length; row++) {
    normalise(units.subarray(row * info.k, (row + 1) * info.k));
    if (row % ROWS_A_STEP === 0) yield;
  }
  return yield* kernel.products(units, info.k);
}
