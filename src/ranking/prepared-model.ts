/** Prepared model: everything that requests read of a snapshot, computed once. */
import { openRankKernel, plainRankKernel, type RankKernel } from "../linalg/rank-wasm/kernel.ts";
import { plainProducts, type Products } from "../linalg/rank-wasm/products.ts";
import { atOnce, type Steps } from "../runtime/time-slicing.ts";
import { hasVector } from "../index/exact.ts";
import type { ModelSpec, Served, ServingView } from "../models/contract.ts";
import { MODELS } from "../models/models.ts";
import type { Model } from "../snapshot/model.ts";
import { catalogueEligibility, type Eligibility } from "./eligibility.ts";
import { placeholdersLast } from "./sinking.ts";
import { ordered, standingOf, type Standing } from "./standing.ts";

/** A snapshot ready for requests. */
export type PreparedModel = {
  readonly view: ServingView;
  /** The eligibility that all requests share; each completes a copy. */
  readonly eligibility: Eligibility;
  readonly standing: Standing;
  /** The models in the order of their list. */
  readonly served: readonly (ModelSpec & Served)[];
};

/** Fewest posts for the WASM kernel, which copies matrices. */
const POSTS_MIN = 256;
/** Largest size of the embeddings, in numbers, that is copied in 16 bits: 250,000 posts × 384, 192 MB. */
const COPIED_MAX = 96_000_000;

const prepared = new WeakMap<Model, PreparedModel>();

/** The prepared model of a snapshot; prepared at the first call. */
export function preparedModel(model: Model): PreparedModel {
  return prepared.get(model) ?? atOnce(preparing(model));
}

/**
 * {@link preparedModel} in time slices.
 *
 * @param openKernel  Opens the kernel of a catalogue that is large enough for one.
 */
export function* preparing(model: Model, openKernel = openRankKernel): Steps<PreparedModel> {
  const known = prepared.get(model);
  if (known !== undefined) return known;
  const eligibility = catalogueEligibility(model);
  const standing = yield* standingOf(model);
  const view = yield* viewOf(model, eligibility.eligible, standing, openKernel);
  const served: (ModelSpec & Served)[] = [];
  for (const spec of MODELS) served.push({ ...spec, ...(yield* spec.serve(view)) });
  const made = { view, eligibility, standing, served };
  prepared.set(model, made);
  return made;
}

function* viewOf(
  model: Model,
  servable: Uint8Array,
  { order }: Standing,
  openKernel: typeof openRankKernel,
): Steps<ServingView> {
  const { embeddings, createdAtMs, placeholders, postKeys, info } = model;
  const d = info.encoder?.dimension ?? 0;
  const kernel = postKeys.length >= POSTS_MIN ? openKernel() : plainRankKernel;
  const byPopularity = order.filter((row) => servable[row] === 1);
  yield;
  const byAge = ordered(byPopularity, (row) => createdAtMs[row]! - info.asOfMs);
  yield;
  return {
    model,
    kernel,
    hasVector: Uint8Array.from(postKeys, (_, row) => Number(hasVector(embeddings, row, d))),
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
