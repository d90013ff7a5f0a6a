/** Judges a snapshot's lists on its held-out cases: nDCG@20 under other factors, selectors included. */
import { factorOf, NEUTRAL, type Adjustments } from "../domain/adjustments.ts";
import { addWeighted } from "../linalg/vector-ops.ts";
import { topK } from "../linalg/top-k.ts";
import { fresh } from "../models/freshness/model.ts";
import { RECENCY } from "../models/models.ts";
import type { Person } from "../models/person.ts";
import type { Ranker } from "../ranking/feed.ts";
import { ANYTHING, type Query } from "../ranking/query.ts";
import { placeholder } from "../ranking/sinking.ts";
import type { Steps } from "../runtime/time-slicing.ts";
import { heldOutPart } from "../snapshot/held-out.ts";
import type { Model } from "../snapshot/model.ts";
import { LIMIT } from "./evaluate.ts";
import { withHalfLife, type CandidateFreshness } from "./half-life.ts";
import { nDcg } from "./metrics.ts";
import { DEPTH } from "./systems.ts";

/** The number of each case's person; empty where nothing was held out. */
export const heldOutPeople = (model: Model): Uint32Array => heldOutPart.of(model).columns.people;

/**
 * nDCG@20 of each case. Its candidates were scored by models of the past that knew nothing of what is to be found;
 * weights, variety and the order of the page are the snapshot's, times the factors.
 */
export function* heldOutQualities(
  ranker: Ranker,
  adjustments: Adjustments | undefined,
): Steps<Float64Array> {
  const qualities = new Float64Array(heldOutPeople(ranker.model).length);
  for (let n = 0; n < qualities.length; n++) {
    const it = caseAt(ranker, n);
    const { person, positives } = it;
    const inputs = { ...ANYTHING, person, adjustments, limit: LIMIT };
    qualities[n] = ranker.asked(inputs, (query) => {
      const list = listOf(ranker, query, it);
      return nDcg(list.subarray(0, DEPTH), positives, DEPTH);
    });
    yield;
  }
  return qualities;
}

/** One case in rows of the snapshot, which has every post that its backtests had. */
type RankedCase = {
  readonly person: Person;
  readonly candidates: Uint32Array;
  /** A column a term, by its name. */
  readonly scores: ReadonlyMap<string, Float32Array>;
  readonly freshness: CandidateFreshness;
  readonly positives: ReadonlySet<number>;
};

function caseAt({ model, rowOf }: Ranker, n: number): RankedCase {
  const { info, columns } = heldOutPart.of(model);
  const span = (starts: Uint32Array) => [starts[n]!, starts[n + 1]!] as const;
  const rowsOf = (keys: Uint32Array) => Uint32Array.from(keys, (key) => rowOf(key)!);
  const [from, to] = span(columns.candidateStarts);
  const terms = info.terms ?? [];
  const known = span(columns.knownStarts);
  return {
    // As far as weights and selectors read a person.
    person: {
      length: columns.lengths[n]!,
      rows: rowsOf(columns.known.subarray(...known)),
      confidence: columns.confidence.subarray(...known),
      newer: columns.newer.subarray(...known),
      ...{ seen: NOTHING, disliked: NOTHING, profile: undefined, recency: RECENCY },
    },
    candidates: rowsOf(columns.candidates.subarray(from, to)),
    scores: new Map(
      terms.map((term, t) => {
        const start = terms.length * from + t * (to - from);
        return [term, columns.scores.subarray(start, start + to - from)];
      }),
    ),
    freshness: {
      some: columns.freshness.subarray(from, to),
      all: columns.allFreshness.subarray(...span(columns.allStarts)),
    },
    positives: new Set(rowsOf(columns.positives.subarray(...span(columns.positiveStarts)))),
  };
}

const NOTHING = new Uint32Array(0);

/** The candidates as a feed would have them. */
function listOf(
  { pipeline }: Ranker,
  query: Query,
  { candidates, scores, freshness }: RankedCase,
): Uint32Array {
  const total = query.arrays.floats(candidates.length).fill(0);
  for (const { name, weight } of pipeline.scorers) {
    const factor = name === fresh.name ? factorOf(query.adjustments, "half_life") : NEUTRAL;
    const column = scores.get(name)?.slice(); // it is weighed in place
    if (column) addWeighted(total, withHalfLife(column, freshness, factor), weight(query));
  }
  const sunk = placeholder.boost(query, candidates);
  if (sunk) addWeighted(total, sunk, 1);
  const ranked = topK(total, total.length).map((place) => candidates[place]!);
  return pipeline.selectors.reduce<Uint32Array>((list, { select }) => select(query, list), ranked);
}
