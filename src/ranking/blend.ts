/** The blend: weights of the score terms by the length of a history. */
import { MODELS, TERMS } from "../models/models.ts";
import { KNOTS, type Blend } from "../snapshot/model.ts";
import { raised } from "./sinking.ts";

/**
 * The shipped weights, used until a store has enough held-out cases to fit its own.
 *
 * Chosen by validation on four seeds of the sparse set, and rounded towards facts known of the service's
 * own data (neighbours are as good as factors, text adds a little).
 */
export const SHIPPED_BLEND: Blend = {
  weights: Object.fromEntries(
    MODELS.flatMap(({ name, weights }) => (weights ? [[name, weights]] : [])),
  ),
  fitted: false,
  cases: 0,
  nDcg: {},
};

/** A term's weight for a history of `length` posts: linear between knots, constant outside. */
export function weightAt(blend: Blend, term: string, length: number): number {
  const shares = knotShares(length);
  const weights = blend.weights[term] ?? [];
  return weights.reduce((sum, weight, knot) => sum + weight * shares[knot]!, 0);
}

/** Share of each knot at a history length; the shares add up to 1. */
export function knotShares(length: number): number[] {
  const after = KNOTS.findIndex((knot) => knot >= length);
  const shares = KNOTS.map(() => 0);
  if (after === -1) shares[KNOTS.length - 1] = 1;
  else if (KNOTS[after] === length || after === 0) shares[after] = 1;
  else {
    const [from, to] = [KNOTS[after - 1]!, KNOTS[after]!];
    shares[after] = (length - from) / (to - from);
    shares[after - 1] = 1 - shares[after]!;
  }
  return shares;
}

/** The weights as a matrix `[knots × terms]`, for fitting. */
export function weightRows(blend: Blend): number[][] {
  return KNOTS.map((_, knot) => TERMS.map((term) => blend.weights[term]![knot]!));
}

/**
 * Largest difference of scores that is rounding: the smallest weight is 1e-4, at most four times less
 * between knots, and terms are standardised.
 */
const SCORE_ROUNDING = 1e-5;

/** True if all scores are equal, apart from the sinking of placeholders. */
export function isFlat(scores: Float32Array): boolean {
  const first = raised(scores[0] ?? 0);
  for (let n = 1; n < scores.length; n++)
    if (Math.abs(raised(scores[n]!) - first) > SCORE_ROUNDING) return false;
  return true;
}
