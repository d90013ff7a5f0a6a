/** What somebody's likes are about: a few directions among embeddings, not one mean. */
import { dotRows, normalise } from "../math/vector.ts";
import { hasVector } from "../nearest/exact.ts";
import type { Model } from "../snapshot/model.ts";
import type { Person } from "./person.ts";

/** Newest likes and dislikes that are looked at. */
const LIKES = 40;
const DISLIKES = 10;
/** Most interests of one person. */
const INTERESTS = 4;
/** Similarity from which a post belongs to an interest rather than opening a new one. */
const SAME_INTEREST = 0.5;

/** Unit vectors, row by row `[count × d]`. */
export type Interests = {
  readonly liked: Float32Array;
  readonly disliked: Float32Array;
};

/**
 * Group the newest likes, newest first: each joins the nearest interest or opens a new one, and
 * an interest is the unit mean of what joined it, weighted by confidence.
 *
 * @see Pal et al., "PinnerSage" (KDD 2020), for why several: one mean of two tastes is neither.
 */
export function interestsOf(model: Model, person: Person): Interests {
  const d = model.info.encoder?.dimension ?? 0;
  const known = (row: number) => hasVector(model.embeddings, row, d);
  const sums: Float32Array[] = [];
  const units: Float32Array[] = [];
  let likes = 0;
  const dislikes: number[] = [];
  for (let n = person.rows.length - 1; n >= 0; n--) {
    const row = person.rows[n]!;
    if (d === 0 || !known(row)) continue;
    if (person.confidence[n]! < 0) {
      if (dislikes.length < DISLIKES) dislikes.push(row);
      continue;
    }
    if (likes++ >= LIKES) continue;
    const nearest = nearestOf(units, model.embeddings, row, d);
    const joins = nearest.similarity >= SAME_INTEREST || units.length === INTERESTS;
    const at = joins ? nearest.place : units.push(new Float32Array(d)) - 1;
    const sum = (sums[at] ??= new Float32Array(d));
    for (let i = 0; i < d; i++) sum[i]! += person.confidence[n]! * model.embeddings[row * d + i]!;
    units[at]!.set(sum);
    normalise(units[at]!);
  }
  return {
    liked: joined(units, d),
    disliked: joined(
      dislikes.map((row) => rowOf(model, row, d)),
      d,
    ),
  };
}

/** The largest inner product of row `row` of `embeddings` with a row of `vectors`; −1 if none. */
export function bestSimilarity(
  vectors: Float32Array,
  embeddings: Float32Array,
  row: number,
  d: number,
): number {
  let best = -1;
  for (let v = 0; v * d < vectors.length; v++)
    best = Math.max(best, dotRows(vectors, v, embeddings, row, d));
  return best;
}

function nearestOf(
  units: readonly Float32Array[],
  embeddings: Float32Array,
  row: number,
  d: number,
) {
  let [place, similarity] = [-1, -1];
  for (const [n, unit] of units.entries()) {
    const dot = dotRows(unit, 0, embeddings, row, d);
    if (dot > similarity) [place, similarity] = [n, dot];
  }
  return { place, similarity };
}

function joined(rows: readonly Float32Array[], d: number): Float32Array {
  const out = new Float32Array(rows.length * d);
  for (const [n, row] of rows.entries()) out.set(row, n * d);
  return out;
}

function rowOf(model: Model, row: number, d: number): Float32Array {
  return model.embeddings.subarray(row * d, row * d + d);
}
