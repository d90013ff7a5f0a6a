/**
 * Text prior: the mass of likes that a post's text leads to expect, a ridge regression over all posts.
 *
 * @see Agarwal & Chen, "Regression-based Latent Factor Models" (KDD 2009): the prior mean of a post is a map of
 *   its features, and its own events shrink it away.
 */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import type { Model } from "../../snapshot/model.ts";
import { ridgeMap, textFeatures, textMeans } from "../ials/priors.ts";

/**
 * Ridge of the map, in posts: with 1, 5, 20 and 80, P5's newcomers on three inner splits of its training part have a
 * recall@20 of .226, .245, .203 and .164, with a half-life of 14 days .143, .167, .168 and .182.
 */
const RIDGE = 10;
/** Most posts of the regression; of more, an even sample: 385 unknowns do not need more. */
const SAMPLE_POSTS = 1 << 15;

/** A fitted prior. */
type TextPrior = {
  /** w `[d + 1]`: log(1 + expected mass) = w · (1, text vector). */
  readonly map: Float32Array;
  /** Expected mass of each post, ≥ 0; 0 for one without a text vector `[posts]`. */
  readonly prior: Float32Array;
};

/** Fits the prior to the mass of each post `[posts]`. */
type FitTextPrior = (masses: Float64Array) => Promise<TextPrior>;

/** Runs `job` with fits of one catalogue, which share what does not depend on masses. */
export function withTextPrior<T>(
  kernel: Kernel,
  embeddings: Float32Array,
  posts: number,
  job: (fit: FitTextPrior) => Promise<T>,
): Promise<T> {
  return kernel.scratch(async () => {
    const all = new Float32Array(posts).fill(1);
    const features = textFeatures(embeddings, posts);
    const { map, means, fit } = await ridgeMap(kernel, features, all, RIDGE, 1, SAMPLE_POSTS);
    return await job(async (masses) => {
      await fit(Float32Array.from(masses, Math.log1p));
      return { map: map.slice(), prior: means?.map(massOf) ?? new Float32Array(posts) };
    });
  });
}

/** Expected masses of some posts of a snapshot; `undefined` if the map is that of another encoder. */
export function priorOf(model: Model, rows: Uint32Array, map: Float32Array) {
  return textMeans(model, rows, map, 1)?.map(massOf);
}

const massOf = (logarithm: number) => Math.max(0, Math.expm1(logarithm));
