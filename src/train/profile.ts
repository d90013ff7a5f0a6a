/** What a person's profile says before they have done anything. */
import { priorMeans, type Features } from "./priors.ts";

/** A profile as learning and folding in read it. */
export type ProfileFacts = {
  /** Raw counts, always the same ones in the same order. */
  readonly counters: readonly number[];
  /** Embedding of bio, role and user type `[d]`; `undefined` if there is none. */
  readonly vector: Float32Array | undefined;
};

/** How far a count reaches on the log scale before it is as large as a unit vector's whole length. */
const COUNTER_SCALE = 10;

/**
 * One row of features: 1, the counters on a log scale, the embedding.
 *
 * @param dimension  d; 0 if no text has a vector.
 */
export function profileFeatures({ counters, vector }: ProfileFacts, dimension: number) {
  const scaled = counters.map((it) => Math.log1p(Math.max(0, it)) / COUNTER_SCALE);
  const text = vector?.length === dimension ? vector : new Float32Array(dimension);
  return Float32Array.of(1, ...scaled, ...text);
}

/** Features of many people; `undefined` is somebody without a profile. */
export function profileTable(
  profiles: readonly (ProfileFacts | undefined)[],
  dimension: number,
): Features {
  const rows = profiles.map((it) => it && profileFeatures(it, dimension));
  const width = rows.find((it) => it !== undefined)?.length ?? 1;
  const values = new Float32Array(rows.length * width);
  for (const [n, row] of rows.entries()) if (row) values.set(row, n * width);
  return { values, width, known: Uint8Array.from(rows, (it) => Number(it !== undefined)) };
}

/**
 * μ of one person.
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
  return priorMeans({ values: features, width: features.length, known }, map, k);
}
