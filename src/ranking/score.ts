/** Scoring: adds up the weighted terms of the scorers and the boosts of each candidate. */
import { addWeighted } from "../linalg/vector-ops.ts";
import type { Attempt } from "./attempt.ts";
import { isFlat } from "./blend.ts";
import type { Booster, Candidates, Pipeline, Scored, Scorer } from "./stages.ts";
import type { Query } from "./query.ts";

/** Scores candidates. A term that throws is left out. */
export function score(
  { scorers, boosters }: Pick<Pipeline, "scorers" | "boosters">,
  query: Query,
  candidates: Candidates,
  attempt: Attempt,
): Scored {
  const { rows } = candidates;
  const none = () => query.arrays.floats(rows.length).fill(0);
  const total = none();
  const terms = scorers.map((it) => {
    const run = () => weighted(it, query, rows, total);
    return attempt(`term:${it.name}`, run, none) ?? none();
  });
  if (isFlat(total)) total.fill(0); // terms that cancel out leave only rounding
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
  const column = query.prepared.view.kernel.standardise(scorer.score(query, rows));
  // A number that is not finite makes the whole standardised column NaN.
  if (!Number.isFinite(weight * (column[0] ?? 0))) throw notFinite(scorer.name);
  addWeighted(total, column, weight);
  return column;
}

/** One boost, added to the total; `undefined` if there is none. */
function boosted(
  booster: Booster,
  query: Query,
  rows: Uint32Array,
  total: Float32Array,
): Float32Array | undefined {
  const column = booster.boost(query, rows, total);
  if (column === undefined) return undefined;
  if (!isFinite(column)) throw notFinite(booster.name);
  addWeighted(total, column, 1);
  return column;
}

/** True if all numbers are finite. A loop, since `every` takes thirty times as long. */
function isFinite(column: Float32Array): boolean {
  for (let n = 0; n < column.length; n++) if (!Number.isFinite(column[n]!)) return false;
  return true;
}

function notFinite(name: string): RangeError {
  return new RangeError(`${name} returns numbers that are not finite`);
}
