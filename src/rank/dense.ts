/** What can be worked out for a whole catalogue at once, prepared once for a model. */
import { productsWith, type Products } from "../math/kernel/products.ts";
import type { Model } from "../snapshot/model.ts";

/** Products with all posts. */
export type Dense = {
  readonly factors: Products;
  /** `undefined` from {@link NUMBERS_MAX} on: there an index finds what is near. */
  readonly embeddings: Products | undefined;
};

/**
 * Numbers of the embeddings up to which looking at all is sooner than asking an index for each
 * interest: 20,000 posts × 384, of which six interests take 4 ms.
 */
const NUMBERS_MAX = 1 << 23;

const prepared = new WeakMap<Model, Dense>();

/** The same for the same model: its matrices are copied to where SIMD reads them. */
export function denseOf(model: Model): Dense {
  const known = prepared.get(model);
  if (known !== undefined) return known;
  const { postFactors, embeddings, info } = model;
  const isSmall = embeddings.length <= NUMBERS_MAX && info.encoder !== undefined;
  const dense = {
    factors: productsWith(postFactors, info.k),
    embeddings: isSmall ? productsWith(embeddings, info.encoder.dimension) : undefined,
  };
  prepared.set(model, dense);
  return dense;
}
