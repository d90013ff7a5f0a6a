/** The blend: what makes one number of all that scorers and boosters say of a candidate. */
import type { Attempt } from "./attempt.ts";
import { isFlat } from "./blend.ts";
import type { Booster, Candidates, Pipeline, Scored, Scorer } from "./pipeline.ts";
import type { Query } from "./query.ts";

/** Standardised terms times their weights, added up, and what boosters add. */
export function score(
  { scorers, boosters }: Pick<Pipeline, "scorers" | "boosters">,
  query: Query,
  candidates: Candidates,
  attempt: Attempt,
): Scored {
  const { rows } = candidates;
  const none = () => query.columns.floats(rows.length).fill(0);
  const total = none();
  const terms = scorers.map((it) => {
    const run = () => weighted(it, query, rows, total);
    return attempt(`term:${it.name}`, run, none) ?? none();
  });
  if (isFlat(total)) total.fill(0); // what terms that cancel out leave is rounding, and no order
  const boosts = boosters.map((it) => {
    const run = () => boosted(it, query, rows, total);
    return attempt(`term:${it.name}`, run, none) ?? none();
  });
  return { ...candidates, terms: [...terms, ...boosts], score: total };
}

/** One term, added to the total; `undefined` if its weight is 0. */
function weighted(
  scorer: Scorer,
  query: Query,
  rows: Uint32Array,
  total: Float32Array,
): Float32Array | undefined {
  const weight = scorer.weight(query);
  if (weight === 0) return undefined;
  const column = query.columns.standardise(scorer.score(query, rows));
  // A single number that is not finite has made all of them NaN.
  if (!Number.isFinite(weight * (column[0] ?? 0))) throw notFinite(scorer.name);
  query.columns.addWeighted(total, column, weight);
  return column;
}

/** What a booster adds to the total; `undefined` if that is nothing. */
function boosted(
  booster: Booster,
  query: Query,
  rows: Uint32Array,
  total: Float32Array,
): Float32Array | undefined {
  const column = booster.boost(query, rows, total);
  if (column === undefined) return undefined;
  if (!isFinite(column)) throw notFinite(booster.name);
  query.columns.addWeighted(total, column, 1);
  return column;
}

/** In a loop: with a callback it takes thirty times as long. */
function isFinite(column: Float32Array): boolean {
  for (let n = 0; n < column.length; n++) if (!Number.isFinite(column[n]!)) return false;
  return true;
}

function notFinite(name: string): RangeError {
  return new RangeError(`${name} gives numbers that are not finite`);
}
