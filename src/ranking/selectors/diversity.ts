/** Diversity: a page of posts that differ from each other, with few of one category or creator on a screen. */
import { factorOf } from "../../domain/adjustments.ts";
import { MIDDLE } from "../../domain/sliders.ts";
import { blendLength } from "../../models/person.ts";
import type { Selector } from "../stages.ts";
import type { Query } from "../query.ts";
import { categoryCaps, creatorCaps } from "./caps.ts";
import { AHEAD, COMPARED, DEPTH, orderSlate, PAGE } from "./slate.ts";

/**
 * Shipped weight of similarity against relevance, with the slider in its middle. On development data (parts of the
 * training data) it costs most on the demo, .9 % of nDCG@20; see `vidrec evaluate --diversity-curve`.
 */
export const LAMBDA = 0.5;
/**
 * Shipped weight of similarity against relevance for people without a history. All get one list: a single swap in
 * it is a gain or a loss of all, which no fit can foresee. With {@link LAMBDA} one data set's newcomers lose 2.4 % of nDCG@20 (`quality`, home), those of ten others .9 % at most.
 */
const NEWCOMERS_LAMBDA = 0.25;
/** The slider's last position that still counts relevance: at its end λ is 19 times the usual. */
const SLIDER_MAX = 0.95;
/**
 * Posts that a session was shown last, with which its next ones make a page: an app that asks for a few at a time
 * would else get the best of one kind again and again.
 */
const SHOWN = PAGE - 1;
const NOTHING = new Uint32Array(0);
/** Product of a row with itself from which it has a vector: 1, or 0 without. */
const KNOWN_FROM = 0.5;

/** Reorders the list; no post is dropped. */
export const diversity: Selector = {
  name: "diversity",
  select: (query, ranked) => {
    const lambda = lambdaAt(query.sliders?.variety ?? MIDDLE, usualLambda(query));
    return lambda === 0 ? ranked : variations(query, ranked)(lambda);
  },
};

/** λ with the slider in its middle: as fitted for people with a history, times the operator's factor. */
export function usualLambda({
  model,
  person,
  adjustments,
}: Pick<Query, "model" | "person" | "adjustments">): number {
  const fitted = blendLength(person) > 0 ? (model.info.variety ?? LAMBDA) : NEWCOMERS_LAMBDA;
  return factorOf(adjustments, "variety") * fitted;
}

/** The list with its head, `depth` ranks, in the order of the slate, by λ. */
export function variations(
  query: Query,
  ranked: Uint32Array,
  depth = DEPTH,
): (lambda: number) => Uint32Array {
  const shown = (query.served ?? NOTHING).subarray(-SHOWN);
  const head = Uint32Array.of(...shown, ...headOf(query, ranked));
  const slate = {
    size: head.length,
    shown: shown.length,
    depth,
    similarity: similarityOf(query, head.subarray(0, COMPARED)),
    creators: creatorCaps(query, head),
    categories: categoryCaps(query, head),
  };
  return (lambda) => {
    const order = orderSlate({ ...slate, lambda });
    const out = ranked.slice();
    for (let n = shown.length; n < order.length; n++) out[n - shown.length] = head[order[n]!]!;
    return out;
  };
}

/** λ at a place of the slider: 0 at its start, where the list stays as ranked, `usual` in its middle. */
export function lambdaAt(variety: number, usual: number): number {
  const at = Math.min(variety, SLIDER_MAX);
  return (usual * at) / (1 - at);
}

/** The ranks that may change: no placeholder moves above another post. */
function headOf({ model: { placeholders } }: Query, ranked: Uint32Array): Uint32Array {
  const head = ranked.subarray(0, DEPTH + AHEAD);
  const placeholder = head.findIndex((row) => placeholders[row] === 1);
  return placeholder > 0 ? head.subarray(0, placeholder) : head;
}

/** Cosines of some rows with each other. A row without a vector is as similar to others as they are on average. */
function similarityOf({ prepared }: Query, rows: Uint32Array): Float32Array {
  const out = prepared.vectors.among(rows);
  const n = rows.length;
  const stride = out.length / Math.max(1, n);
  const isKnown = (row: number) => out[row * stride + row]! > KNOWN_FROM;
  let [sum, pairs, unknown] = [0, 0, 0];
  for (let a = 0; a < n; a++) unknown += Number(!isKnown(a));
  if (unknown === 0) return out;
  for (let a = 1; a < n; a++)
    for (let b = 0; b < a; b++)
      if (isKnown(a) && isKnown(b)) [sum, pairs] = [sum + out[a * stride + b]!, pairs + 1];
  const usual = sum / Math.max(1, pairs);
  for (let a = 0; a < n; a++) {
    if (isKnown(a)) continue;
    for (let b = 0; b < n; b++) out[a * stride + b] = out[b * stride + a] = usual;
  }
  return out;
}
