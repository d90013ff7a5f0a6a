/** Makes a snapshot's held-out cases of the backtests that its weights were fitted on. */
import { personAt, type Case } from "../evaluation/cases.ts";
import { topK } from "../linalg/top-k.ts";
import { freshPart } from "../models/freshness/model.ts";
import { TERMS } from "../models/models.ts";
import { weightAt } from "../ranking/blend.ts";
import type { Part } from "../snapshot/columns.ts";
import { heldOutPart } from "../snapshot/held-out.ts";
import type { ModelInfo } from "../snapshot/model.ts";
import type { TrainedBacktest } from "./fit-recency.ts";
import { blend as weightedSum } from "./polish.ts";
import type { ScoredRows } from "./score-cases.ts";

/** Most cases that are kept, 10 kB each: with 600, differences of .005 of nDCG@20 are beyond chance. */
const CASES_MOST = 600;
/**
 * Candidates that are kept of a case: the best by the blend, and by each term alone, so that other weights find what they
 * raise. A diversified page chooses from the first 48.
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
  const kept = cases.filter((_, n) => Math.floor((n + 1) * share) > Math.floor(n * share));
  const columns = { candidates: listColumn(), positives: listColumn(), known: listColumn() };
  const [scores, fresh]: [number[], number[]] = [[], []];
  const [confidence, newer]: [number[], number[]] = [[], []];
  for (const { ranker, it, scores: own } of kept) {
    const keysOf = (rows: Iterable<number>) =>
      Array.from(rows, (row) => ranker.model.postKeys[row]!);
    const places = bestPlaces(own, TERMS.map((term) => weightAt(blend, term, it.length))); // prettier-ignore
    columns.candidates.add(keysOf(places.map((place) => own.rows[place]!)));
    for (const column of own.columns) for (const place of places) scores.push(column[place]!);
    const { freshness } = freshPart.of(ranker.model).columns;
    for (const place of places) fresh.push(freshness[own.rows[place]!]!);
    columns.positives.add(keysOf(it.positives));
    const person = personAt(ranker, it, recency);
    columns.known.add(keysOf(person.rows));
    confidence.push(...person.confidence);
    newer.push(...person.newer);
  }
  return {
    info: { terms: TERMS },
    columns: {
      people: numbersOf(kept, (it) => it.user),
      lengths: numbersOf(kept, (it) => it.length),
      ...{ candidateStarts: columns.candidates.starts(), candidates: columns.candidates.all() },
      scores: Float32Array.from(scores),
      freshness: Float32Array.from(fresh),
      ...{ positiveStarts: columns.positives.starts(), positives: columns.positives.all() },
      ...{ knownStarts: columns.known.starts(), known: columns.known.all() },
      confidence: Float32Array.from(confidence),
      newer: Uint32Array.from(newer),
    },
  } satisfies ReturnType<typeof heldOutPart.of>;
}

const numbersOf = (kept: readonly { readonly it: Case }[], of: (it: Case) => number) =>
  Uint32Array.from(kept, ({ it }) => of(it));

/** Places of the best candidates, ascending, those that were liked among them. */
function bestPlaces({ columns, relevant }: ScoredRows, weights: readonly number[]): number[] {
  const size = columns[0]!.length;
  const places = new Set(topK(weightedSum(columns, weights), BEST.blend));
  for (const column of columns) for (const it of topK(column, BEST.term)) places.add(it);
  for (const it of relevant) if (it < size) places.add(it);
  return [...places].sort((a, b) => a - b);
}

/** A column of lists, and where each begins. */
function listColumn() {
  const [all, starts]: [number[], number[]] = [[], [0]];
  return {
    add: (list: readonly number[]): void => {
      for (const it of list) all.push(it);
      starts.push(all.length);
    },
    all: () => Uint32Array.from(all),
    starts: () => Uint32Array.from(starts),
  };
}
