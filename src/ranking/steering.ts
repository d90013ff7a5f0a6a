/** Steering: finds and raises what a person asked for more of, and lowers what they asked for less of. */
import { deviationOf, dotRows, meanOf } from "../linalg/vector.ts";
import { similarPart } from "../models/content/model.ts";
import type { Pull, RankInputs, Request } from "../models/contract.ts";
import type { Model } from "../snapshot/model.ts";
import { preparedModel } from "./prepared-model.ts";
import type { Booster, Source } from "./stages.ts";

/** Most posts that each request for more brings to the candidates: two pages of the longest. */
export const FOUND = 200;
/** Score that a request of full strength adds to a post that it is about, in standard deviations of the blend. */
const RAISED = 2;
/** Nearness to a vector from which on a post is wholly about it, in standard deviations above the candidates' mean. */
const NEAR = 2;
/** The most that several requests say of one post together, in requests of full strength. */
const SUM_MAX = 1.5;

const NONE = new Uint32Array(0);

/** Finds posts that somebody asked for more of: of a vector the nearest, of others those of the best standing. */
export const steeringSource = {
  name: "steering",
  retrieve: (request) => {
    const wanted = request.steering?.pulls.filter((it) => it.strength > 0) ?? [];
    return Uint32Array.from(wanted.flatMap((it) => [...found(request, it)]));
  },
} satisfies Source;

/** True for a request about rows. */
const isOfRows = ({ about }: Pull): boolean => about instanceof Uint32Array;

function found(request: Request, { about, near }: Pull): Uint32Array {
  const { order } = preparedModel(request.model).standing;
  const { eligible } = request.eligibility();
  if (!(about instanceof Uint32Array)) return near?.filter((row) => eligible[row] === 1) ?? NONE;
  const isAbout = request.arrays.bytes(order.length).fill(0);
  for (let n = 0; n < about.length; n++) isAbout[about[n]!] = eligible[about[n]!]!;
  const rows: number[] = [];
  for (let place = 0; place < order.length && rows.length < FOUND; place++)
    if (isAbout[order[place]!] === 1) rows.push(order[place]!);
  return Uint32Array.from(rows);
}

/** Raises and lowers candidates by what somebody asked for, on the scale of the blend. It excludes none. */
export const steeringBooster = {
  name: "steering",
  boost: (request, rows, total) => {
    const { pulls = [] } = request.steering ?? {};
    if (pulls.length === 0) return undefined;
    const sums = sumsOf(request, pulls, rows);
    const deviation = deviationOf(total) || 1;
    for (let n = 0; n < sums.length; n++)
      sums[n] = RAISED * deviation * Math.max(-SUM_MAX, Math.min(sums[n]!, SUM_MAX));
    return sums;
  },
} satisfies Booster;

/** The strengths of all requests that are about each of `rows`, added up. */
function sumsOf(request: Request, pulls: readonly Pull[], rows: Uint32Array): Float32Array {
  const { arrays, model } = request;
  const sums = arrays.floats(rows.length);
  const byRow = arrays.floats(model.postKeys.length).fill(0);
  for (const { strength, about } of pulls)
    if (about instanceof Uint32Array)
      for (let n = 0; n < about.length; n++) byRow[about[n]!]! += strength;
  for (let n = 0; n < rows.length; n++) sums[n] = byRow[rows[n]!]!;
  addNearness(request, pulls.filter((it) => !isOfRows(it)), rows, sums); // prettier-ignore
  return sums;
}

/** Adds the strengths of requests about vectors, the more the nearer a row is. */
function addNearness(
  { arrays, model }: Request,
  pulls: readonly Pull[],
  rows: Uint32Array,
  sums: Float32Array,
): void {
  if (pulls.length === 0 || rows.length === 0) return;
  const { texts, hasVector } = preparedModel(model).view;
  const d = pulls[0]!.about.length;
  const vectors = arrays.floats(pulls.length * d);
  for (const [n, { about }] of pulls.entries()) vectors.set(about, n * d);
  const products = texts.withSome(vectors, rows);
  const stride = products.length / pulls.length;
  for (const [p, { strength }] of pulls.entries()) {
    const nearness = products.subarray(p * stride, p * stride + rows.length);
    const [mean, near] = [meanOf(nearness), NEAR * deviationOf(nearness) || 1];
    for (let n = 0; n < rows.length; n++)
      if (hasVector[rows[n]!] === 1)
        sums[n]! += strength * Math.max(0, Math.min((nearness[n]! - mean) / near, 1));
  }
}

/** The requests that are about a post. */
export function pullsOn(
  model: Model,
  { steering }: Pick<RankInputs, "steering">,
  row: number,
): Pull[] {
  const { floors } = similarPart.of(model).columns;
  return (steering?.pulls ?? []).filter(({ about }) =>
    about instanceof Uint32Array
      ? about.includes(row)
      : dotRows(about, 0, model.embeddings, row, about.length) > floors[row]!,
  );
}
