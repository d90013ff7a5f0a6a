/** Features of profiles, and the prior factors of their owners. */
import type { ProfileFacts } from "../person.ts";
import { featureTable, priorMeans } from "./priors.ts";

/** Divisor of log counts: a count of e^10 has the length of a whole embedding. */
const COUNTER_SCALE = 10;

/**
 * The features of a profile: 1, the counters on a log scale, the embedding.
 *
 * @param dimension  d; 0 if no text has a vector.
 */
export function profileFeatures({ counters, vector }: ProfileFacts, dimension: number) {
  const scaled = counters.map((it) => Math.log1p(Math.max(0, it)) / COUNTER_SCALE);
  const features = new Float32Array(1 + scaled.length + dimension);
  features[0] = 1;
  features.set(scaled, 1);
  if (vector?.length === dimension) features.set(vector, 1 + scaled.length);
  return features;
}

/** Features of many people; `undefined` for a person without a profile. */
export function profileTable(profiles: readonly (ProfileFacts | undefined)[], dimension: number) {
  const some = profiles.find((it) => it !== undefined);
  const width = some ? profileFeatures(some, dimension).length : 1;
  const values = new Float32Array(profiles.length * width);
  for (const [n, it] of profiles.entries())
    if (it) values.set(profileFeatures(it, dimension), n * width);
  const known = Uint8Array.from(profiles, (it) => Number(it !== undefined));
  return featureTable(values, width, known);
}

/**
 * The prior mean μ of one person.
 *
 * @param map  W `[width × k]`; empty if none was learnt.
 * @returns `[k]`, or `undefined` without profile or map.
 */
export function profilePrior(
  facts: ProfileFacts | undefined,
  map: Float32Array,
  k: number,
  dimension: number,
): Float32Array | undefined {
  if (facts === undefined || map.length === 0) return undefined;
  const features = profileFeatures(facts, dimension);
  if (features.length * k !== map.length) return undefined;
  const known = Uint8Array.of(1);
  return priorMeans(featureTable(features, features.length, known), map, k);
}
