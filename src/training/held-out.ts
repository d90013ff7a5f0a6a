/** Makes a snapshot's held-out cases of the backtests that its weights were fitted on. */
import { personAt, type Case } from "../evaluation/cases.ts";
import { topK } from "../linalg/top-k.ts";
import { freshPart } from "../models/freshness/model.ts";
import { TERMS } from "../models/models.ts";
import { weightAt } from "../ranking/blend.ts";
import type { Part } from "../snapshot/columns.ts";
import type { Ranker } from "../ranking/feed.ts";
import { heldOutPart } from "../snapshot/held-out.ts";
import type { ModelInfo } from "../snapshot/model.ts";
import type { TrainedBacktest } from "./fit-recency.ts";
import { blend as weightedSum } from "./scored-case.ts";
import type { ScoredRows } from "./score-cases.ts";

/** Most cases that are kept, 10 kB each: with 600, differences of .005 of nDCG@20 are beyond chance. */
const CASES_MOST = 600;
/**
 * Candidates that are kept of a case: the best by the blend, and by each term alone, so that other weights find what they
 * raise. A diversified page chooses from the first 48. On the demo, with ten sets of factors, nDCG@20 is that of all
 * candidates but for 2 of 6,000 lists.
 */
const BEST = { blend: 150, term: 30 };

/** The cases, evenly chosen of all backtests. */
export function heldOutOf(
  backtests: readonly TrainedBacktest[],
  scored: readonly (readonly ScoredRows[])[],
  { blend, recency }: Pick<ModelInfo, "blend" | "recency">,
): Part {
  const cases = backtests.flatMap(({ ranker, cases }, b) =>
    cases.map((it, n) => ({ ranker, it, scores: scored[b]![n]! })),
  );
  const share = Math.min(1, CASES_MOST / Math.max(1, cases.length));
  const kept = cases
    .filter((_, n) => Math.floor((n + 1) * share) > Math.floor(n * share))
    .map(({ ranker, it, scores }) => keptOf(ranker, it, scores, { blend, recency }));
  type List = Exclude<keyof Kept, "person" | "length">;
  const words = (name: List) => Uint32Array.from(kept.flatMap((it) => it[name]));
  const numbers = (name: List) => Float32Array.from(kept.flatMap((it) => it[name]));
  const starts = (name: List) => {
    let end = 0;
    return Uint32Array.from([0, ...kept.map((it) => (end += it[name].length))]);
  };
  return {
    info: { terms: TERMS },
    columns: {
      people: Uint32Array.from(kept, (it) => it.person),
      lengths: Uint32Array.from(kept, (it) => it.length),
      ...{ candidateStarts: starts("candidates"), candidates: words("candidates") },
      ...{ scores: numbers("scores"), freshness: numbers("freshness") },
      ...{ allStarts: starts("allFreshness"), allFreshness: numbers("allFreshness") },
      ...{ positiveStarts: starts("positives"), positives: words("positives") },
      ...{ knownStarts: starts("known"), known: words("known") },
      ...{ confidence: numbers("confidence"), newer: words("newer") },
    },
  } satisfies ReturnType<typeof heldOutPart.of>;
}

/** Columns of a kept case; see {@link heldOutPart}. */
type Kept = { readonly person: number; readonly length: number } & Readonly<
  Record<
    | "candidates"
    | "scores"
    | "freshness"
    | "allFreshness"
    | "positives"
    | "known"
    | "confidence"
    | "newer",
    readonly number[]
  >
>;

function keptOf(
  ranker: Ranker,
  it: Case,
  { rows, found, columns }: ScoredRows,
  { blend, recency }: Pick<ModelInfo, "blend" | "recency">,
): Kept {
  const { model } = ranker;
  const { freshness } = freshPart.of(model).columns;
  const weights = TERMS.map((term) => weightAt(blend, term, it.length));
  const places = bestPlaces(columns, weights);
  const best = places.map((place) => rows[place]!);
  const keysOf = (some: Iterable<number>) => Array.from(some, (row) => model.postKeys[row]!);
  const known = personAt(ranker, it, recency);
  return {
    ...{ person: it.user, length: it.length },
    candidates: keysOf(best),
    scores: columns.flatMap((column) => places.map((place) => column[place]!)),
    freshness: best.map((row) => freshness[row]!),
    allFreshness: Array.from(found, (row) => freshness[row]!),
    positives: keysOf(it.positives),
    known: keysOf(known.rows),
    confidence: [...known.confidence],
    newer: [...known.newer],
  };
}

/** Places of the best candidates, ascending. Likes have no part in the choice: it would favour other weights. */
function bestPlaces(columns: ScoredRows["columns"], weights: readonly number[]): number[] {
  const places = new Set(topK(weightedSum(columns, weights), BEST.blend));
  for (const column of columns) for (const it of topK(column, BEST.term)) places.add(it);
  return [...places].sort((a, b) => a - b);
}
