/** What can be worked out for a whole catalogue at once, prepared once for a model. */
import { combinationsOf } from "../math/kernel/combinations.ts";
import { productsWith, unitProductsWith, type Products } from "../math/kernel/products.ts";
import { rowsWithVector } from "../nearest/exact.ts";
import type { Model } from "../snapshot/model.ts";
import type { Interests } from "./interests.ts";

/** Inner products with all posts. */
export type Dense = {
  /** 1 for posts whose text has a vector `[posts]`. */
  readonly hasVector: Uint8Array;
  /** Of a person's factors. */
  readonly factors: Products;
  /**
   * Of every interest, likes first `[interests × posts]`; `undefined` above {@link NUMBERS_MAX}:
   * there an index finds what is near.
   */
  readonly interests: ((interests: Interests) => Float32Array) | undefined;
  /** Of vectors of texts; `undefined` there too. */
  readonly texts: Products | undefined;
};

/**
 * Numbers of the embeddings up to which looking at all is sooner than asking an index for each
 * interest: 87,000 posts × 384, 64 MB in 16 bits. Of 10,000 six interests take .5 ms.
 */
const NUMBERS_MAX = 1 << 25;
/** Posts up to which products of all with each other are kept: 64 MB. */
const POSTS_MAX = 4_096;
/** Posts from which that is worth it. */
const POSTS_MIN = 256;

const prepared = new WeakMap<Model, Dense>();

/** The same for the same model: its matrices are copied to where SIMD reads them. */
export function denseOf(model: Model): Dense {
  const before = prepared.get(model);
  if (before !== undefined) return before;
  const factors = productsWith(model.postFactors, model.info.k);
  const d = model.info.encoder?.dimension ?? 0;
  const hasVector = new Uint8Array(model.postIds.length);
  for (const row of rowsWithVector(model.embeddings, d)) hasVector[row] = 1;
  const texts = textProducts(model);
  const dense = { hasVector, factors, texts, interests: texts && interestProducts(model, texts) };
  prepared.set(model, dense);
  return dense;
}

function textProducts({ embeddings, postIds, info }: Model): Products | undefined {
  if (info.encoder === undefined || embeddings.length > NUMBERS_MAX) return undefined;
  const products = postIds.length > POSTS_MAX ? unitProductsWith : productsWith;
  return products(embeddings, info.encoder.dimension);
}

function interestProducts({ embeddings, postIds }: Model, texts: Products): Dense["interests"] {
  const posts = postIds.length;
  const d = embeddings.length / posts;
  const combinations =
    posts >= POSTS_MIN && posts <= POSTS_MAX
      ? combinationsOf(posts, texts, (row) => embeddings.subarray(row * d, row * d + d))
      : undefined;
  return combinations ? ({ combined }) => combinations(combined) : ({ all }) => texts(all);
}
