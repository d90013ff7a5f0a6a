/** What can be worked out for a whole catalogue at once, prepared once for a model. */
import type { Weighted } from "../linalg/rank-wasm/columns.ts";
import { openRankKernel, plainRankKernel, type RankKernel } from "../linalg/rank-wasm/kernel.ts";
import { mipsOf, type Mips } from "../linalg/rank-wasm/mips.ts";
import { plainProducts, type Products } from "../linalg/rank-wasm/products.ts";
import { atOnce, type Steps } from "../runtime/time-slicing.ts";
import { hasVector } from "../index/exact.ts";
import type { Model } from "../snapshot/model.ts";
import { catalogueEligibility, type Eligibility } from "./eligibility.ts";
import { freshPart } from "../models/freshness/model.ts";
import { collaborativePart } from "../models/ials/model.ts";
import { neighboursPart } from "../models/item-item/model.ts";
import { sequencePart } from "../models/next-item/model.ts";
import { popularPart } from "../models/popularity/model.ts";
import { tableIn } from "../models/top-tables.ts";
import { trendingPart } from "../models/trending/model.ts";
import type { Interests } from "./interests.ts";
import { standingOf, type Standing } from "./standing.ts";

/** A model's matrices, where they are soon read, and what they say of all posts. */
export type Dense = {
  readonly kernel: RankKernel;
  /** Of every request alike: what each adds is worked out from a copy. */
  readonly eligibility: Eligibility;
  /** 1 for posts whose text has a vector `[posts]`. */
  readonly hasVector: Uint8Array;
  readonly popularity: Float32Array;
  readonly trending: Float32Array;
  readonly freshness: Float32Array;
  readonly standing: Standing;
  /** Inner products with a person's factors; where they are many, see {@link mips}. */
  readonly factors: Products;
  /** Finds the largest of these without looking at all; `undefined` up to {@link FACTORS_MAX}. */
  readonly mips: Mips | undefined;
  /** Row sums of the models' tables. */
  readonly neighbours: (weighted: Weighted) => Float32Array;
  readonly successors: (weighted: Weighted) => Float32Array;
  /**
   * Inner products of every interest with all posts, likes first; `undefined` above
   * {@link NUMBERS_MAX}: there an index finds what is near.
   */
  readonly interests: ((interests: Interests) => Float32Array) | undefined;
  /** Inner products with vectors of texts. */
  readonly texts: Products;
};

/** Numbers of the factors from which copying everything for SIMD is worth it. */
const NUMBERS_MIN = 1 << 14;
/**
 * Numbers of the embeddings up to which looking at all is sooner than asking an index for each
 * interest: 87,000 posts × 384, 64 MB in 16 bits. Of 10,000 six interests take .5 ms.
 */
const NUMBERS_MAX = 1 << 25;
/** Numbers of the factors up to which looking at all takes a millisecond or less: 65,000 posts × 128. */
const FACTORS_MAX = 1 << 23;
/** Numbers of the embeddings of which a copy in 16 bits is worth its memory: 250,000 posts × 384, 192 MB. */
const KEPT_MAX = 96_000_000;
/** Posts up to which products of all with each other are kept: 64 MB. */
const POSTS_MAX = 4_096;

const prepared = new WeakMap<Model, Dense>();

/** Prepares a model at most once. */
export function denseOf(model: Model): Dense {
  return prepared.get(model) ?? atOnce(preparing(model));
}

/** {@link denseOf} in time slices. */
export function* preparing(model: Model, open = openRankKernel): Steps<Dense> {
  const dense = prepared.get(model) ?? (yield* denseFrom(model, open));
  prepared.set(model, dense);
  return dense;
}

function* denseFrom(model: Model, open: () => RankKernel): Steps<Dense> {
  const { embeddings, postKeys, info } = model;
  const { info: { k }, columns: { postFactors } } = collaborativePart.of(model); // prettier-ignore
  const posts = postKeys.length;
  const d = info.encoder?.dimension ?? 0;
  const kernel = postFactors.length >= NUMBERS_MIN ? open() : plainRankKernel;
  const factors = yield* kernel.products(postFactors, k);
  const isLarge = postFactors.length > FACTORS_MAX;
  return {
    kernel,
    eligibility: catalogueEligibility(model),
    hasVector: Uint8Array.from(postKeys, (_, row) => Number(hasVector(embeddings, row, d))),
    popularity: popularPart.of(model).columns.popularity,
    trending: trendingPart.of(model).columns.trending,
    freshness: freshPart.of(model).columns.freshness,
    standing: yield* standingOf(model),
    factors,
    mips: isLarge ? mipsOf(kernel.arrays, postFactors, k, factors) : undefined,
    neighbours: yield* kernel.rowSum(tableIn(neighboursPart.of(model)), posts),
    successors: yield* kernel.rowSum(tableIn(sequencePart.of(model)), posts),
    ...(yield* textProducts(kernel, model)),
  };
}

function* textProducts(
  kernel: RankKernel,
  { embeddings, postKeys, info }: Model,
): Steps<Pick<Dense, "texts" | "interests">> {
  const d = info.encoder?.dimension ?? 0;
  const texts =
    embeddings.length <= KEPT_MAX
      ? yield* kernel.products(embeddings, d)
      : plainProducts(kernel.arrays, embeddings, d);
  if (embeddings.length > NUMBERS_MAX) return { texts, interests: undefined };
  if (postKeys.length > POSTS_MAX || d === 0)
    return { texts, interests: ({ units }) => texts.withAll(units()) };
  const combinations = kernel.combinations(embeddings, d, texts);
  return { texts, interests: ({ combined }) => combinations(combined) };
}
