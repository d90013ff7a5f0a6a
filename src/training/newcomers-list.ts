/** The list of newcomers in a look-back: candidates, their scores, and its quality. */
import { nDcg } from "../evaluation/metrics.ts";
import { ranking, type Ranking } from "../evaluation/ranking.ts";
import { DEPTH } from "../evaluation/systems.ts";
import { plainStandardise } from "../linalg/rank-wasm/columns.ts";
import { topK } from "../linalg/top-k.ts";
import { valuesAt } from "../linalg/vector.ts";
import { freshness, NEWEST } from "../models/freshness/model.ts";
import { popularity, type PopularityParams } from "../models/popularity/popularity.ts";
import type { Dataset } from "./dataset.ts";
import type { LookBack } from "./look-backs.ts";
import { blend } from "./scored-case.ts";
import { TUNING } from "./tuning.ts";

/** Candidates and their standardised columns: popularity and freshness. */
type Scored = { readonly rows: Uint32Array; readonly columns: readonly Float32Array[] };

/** Posts that compete for a place in the list, as in a feed. */
const CANDIDATES = 1_000;

/** No counters of posts: known ones are of today. */
export const noFacts = (posts: number) => ({
  viewCounts: new Float64Array(posts),
  exitCounts: new Float64Array(posts),
});

/** Makes the function that scores a look-back's candidates, given how popularity is counted. */
export function scorerOf(
  { entries, isEligible, asOfMs }: LookBack,
  { posts, tuning = TUNING }: Dataset,
): (params: PopularityParams, prior?: Float32Array) => Scored {
  const facts = noFacts(isEligible.length);
  const newness = freshness(posts.createdAtMs, asOfMs, tuning.freshHalfLifeDays);
  const newest = topK(newness, NEWEST, isEligible);
  return (params, prior) => {
    const liked = popularity(entries, facts, asOfMs, params, prior);
    const rows = Uint32Array.from(new Set([...topK(liked, CANDIDATES, isEligible), ...newest]));
    return { rows, columns: [liked, newness].map((it) => plainStandardise(valuesAt(it, rows))) };
  };
}

/** The mean nDCG@20 of a look-back's people with a list, given the weights of its columns. */
export function qualityOf(
  { rows, columns }: Scored,
  weights: readonly number[],
  people: LookBack["people"],
): number {
  const mostSeen = people.reduce((most, { seen }) => Math.max(most, seen.size), 0);
  const order = ranking(blend(columns, weights), mostSeen + DEPTH, rows);
  const total = people.reduce((sum, { seen, positives }) => {
    const list = unseen(seen, order);
    return sum + nDcg(list.rows, positives, DEPTH, list.scores);
  }, 0);
  return total / people.length;
}

/** The first {@link DEPTH} unseen posts of a ranking, and the posts that tie with the last of them. */
function unseen(seen: ReadonlySet<number>, { rows, scores }: Required<Ranking>): Required<Ranking> {
  if (seen.size === 0) return { rows, scores };
  const left: number[] = [];
  for (let n = 0; n < rows.length; n++) {
    if (left.length >= DEPTH && scores[n] !== scores[left.at(-1)!]) break;
    if (!seen.has(rows[n]!)) left.push(n);
  }
  return {
    rows: Uint32Array.from(left, (n) => rows[n]!),
    scores: valuesAt(scores, left),
  };
}
