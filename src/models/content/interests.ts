/** Interests: a few directions among embeddings that sum up a person's likes and dislikes. */
import type { Combinations } from "../../linalg/rank-wasm/combinations.ts";
import { dotRows, normalise } from "../../linalg/vector.ts";
import { hasVector } from "../../index/exact.ts";
import type { Model } from "../../snapshot/model.ts";
import { spread, type Person } from "../person.ts";
import { stacked } from "../training-view.ts";

/** Number of newest likes that are read, and most directions of them. */
const LIKES = { newest: 40, directions: 4 };
/** Number of newest dislikes that are read, and most directions of them. */
const DISLIKES = { newest: 10, directions: 2 };
/** Similarity from which a post belongs to a direction rather than opening a new one. */
const SAME_INTEREST = 0.5;

/** Directions of a user's likes, then of their dislikes. */
export type Interests = {
  /** Number of all directions, and of those of likes. */
  readonly count: number;
  readonly likes: number;
  /** The directions as combinations of posts' vectors. */
  readonly combined: Combinations;
  /** The directions as unit vectors `[count × d]`; made at the first call, since small catalogues need none. */
  readonly units: () => Float32Array;
};

/** Directions, and the weighted posts that each sums up. */
type Directions = {
  readonly units: readonly Float32Array[];
  readonly parts: readonly { readonly rows: number[]; readonly weights: number[] }[];
};

/** The interests of a person. */
export function interestsOf(model: Model, person: Person): Interests {
  const likes = directions(model, person, 1, LIKES);
  const dislikes = directions(model, person, -1, DISLIKES);
  const parts = [...likes.parts, ...dislikes.parts];
  const ends = parts.map(() => 0);
  for (let v = 0; v < parts.length; v++) ends[v] = (ends[v - 1] ?? 0) + parts[v]!.rows.length;
  let units: Float32Array | undefined;
  return {
    count: parts.length,
    likes: likes.parts.length,
    units: () => (units ??= unitsOf(model, person)),
    combined: {
      starts: Uint32Array.of(0, ...ends),
      rows: Uint32Array.from(parts.flatMap((it) => it.rows)),
      weights: Float32Array.from(parts.flatMap((it) => it.weights)),
    },
  };
}

/**
 * By how much a row's similarity to its nearest interest would be lower without each post of the history. The
 * interest is a unit vector u = Σ w e; without one of its posts it is (u − w e) / |u − w e|.
 */
export function pullsOf(
  { info, embeddings }: Model,
  person: Person,
  { likes, combined, units }: Interests,
  row: number,
): Float32Array {
  const d = info.encoder?.dimension ?? 0;
  const near = Array.from({ length: likes }, (_, v) => dotRows(units(), v, embeddings, row, d));
  const nearest = near.indexOf(Math.max(...near));
  const [from, to] = [combined.starts[nearest] ?? 0, combined.starts[nearest + 1] ?? 0];
  const rows = combined.rows.subarray(from, to);
  const losses = Float32Array.from(rows, (other, n) => {
    if (rows.length === 1) return near[nearest]!;
    const w = combined.weights[from + n]!;
    const along = w * dotRows(units(), nearest, embeddings, other, d);
    const length = Math.sqrt(Math.max(0, 1 - 2 * along + w * w));
    return near[nearest]! - (near[nearest]! - w * dotRows(embeddings, other, embeddings, row, d)) / length; // prettier-ignore
  });
  return spread(person, rows, losses);
}

function unitsOf(model: Model, person: Person): Float32Array {
  const likes = directions(model, person, 1, LIKES);
  const dislikes = directions(model, person, -1, DISLIKES);
  return stacked([...likes.units, ...dislikes.units]);
}

/**
 * Clusters the newest posts of one sign, newest first: each joins the nearest direction or opens a new
 * one. A direction is the unit mean of its posts, weighted by confidence.
 *
 * @see Pal et al., "PinnerSage" (KDD 2020): the mean of two interests represents neither.
 */
function directions(
  { info, embeddings }: Model,
  { rows, confidence }: Person,
  sign: 1 | -1,
  most: { readonly newest: number; readonly directions: number },
): Directions {
  const d = info.encoder?.dimension ?? 0;
  const sums: Float32Array[] = [];
  const units: Float32Array[] = [];
  const parts: { rows: number[]; weights: number[] }[] = [];
  for (let n = rows.length - 1, left = most.newest; n >= 0 && left > 0; n--) {
    const row = rows[n]!;
    const weight = sign * confidence[n]!;
    if (weight <= 0 || !hasVector(embeddings, row, d)) continue;
    left--;
    const nearest = nearestDirection(units, embeddings, row, d);
    const joins = nearest.similarity >= SAME_INTEREST || units.length === most.directions;
    const at = joins ? nearest.place : units.push(new Float32Array(d)) - 1;
    const sum = (sums[at] ??= new Float32Array(d));
    for (let i = 0; i < d; i++) sum[i]! += weight * embeddings[row * d + i]!;
    units[at]!.set(sum);
    normalise(units[at]!);
    const part = (parts[at] ??= { rows: [], weights: [] });
    part.rows.push(row);
    part.weights.push(weight);
  }
  for (const [at, { weights }] of parts.entries()) {
    const length = Math.sqrt(dotRows(sums[at]!, 0, sums[at]!, 0, d));
    for (let n = 0; n < weights.length; n++) weights[n]! /= length || 1;
  }
  return { units, parts };
}

function nearestDirection(
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
