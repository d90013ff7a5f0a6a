/** THE feed: the pipeline of its stages, and the ranker that runs it for one model. */
import { vocabulary, type Vocabulary } from "../linalg/vocabulary.ts";
import type { FindNearest } from "../index/contract.ts";
import { atOnce, type Steps } from "../runtime/time-slicing.ts";
import type { Model } from "../snapshot/model.ts";
import type { Failure } from "./attempt.ts";
import { isFlat } from "./blend.ts";
import { mood as moodBooster } from "./boosters/mood.ts";
import { preparing } from "./prepared-model.ts";
import { isServable, type Eligibility } from "./eligibility.ts";
import { runPipeline, type Lap, type Pipeline, type Ranked, type Scored } from "./pipeline.ts";
import { queryOf, type Asked, type Query } from "./query.ts";
import * as scorer from "./scorers/columns.ts";
import { similar as similarScorer } from "./scorers/similar.ts";
import { placeholder, placeholdersLast } from "./sinking.ts";
import { diversity } from "./selectors/diversity.ts";
import { collaborative } from "./sources/collaborative.ts";
import { fresh } from "./sources/fresh.ts";
import { mood } from "./sources/mood.ts";
import { neighbours } from "./sources/item-item.ts";
import { popular } from "./sources/popular.ts";
import { sequence } from "./sources/next-item.ts";
import { similar } from "./sources/similar.ts";
import { stretches } from "./sources/sequence-knn.ts";
import { ordered } from "./standing.ts";
import { filled, onlyTiers, type Filled } from "./tiers.ts";
import { traceOf, type Trace } from "./trace.ts";

/** A ranked list. */
export type Feed = Filled & {
  /** Stages that threw and were left out. */
  readonly failures: readonly Failure[];
};

/** Everything that a feed was ranked with, so that it can be explained. */
export type Workings = {
  readonly asked: RankAsked;
  readonly scored: Ranked["scored"];
  readonly orders: Ranked["orders"];
  /** Of {@link Eligibility} `[posts]`. */
  readonly reasons: Eligibility["reasons"];
  readonly trace: Trace;
};

/** A ranked list with its workings. */
export type ScoredFeed = Feed & Workings;

/** A request for a feed. */
export type RankAsked = Omit<Asked, "model" | "nearest">;

/** Ranks feeds from one model. */
export type Ranker = {
  readonly model: Model;
  readonly rowOf: Vocabulary["rowOf"];
  readonly pipeline: Pipeline;
  readonly rank: (asked: RankAsked, lap?: Lap) => Feed;
  readonly rankWithScores: (asked: RankAsked, lap?: Lap) => ScoredFeed;
};

/** Opens a ranker at once. */
export function openRanker(model: Model, nearest: FindNearest): Ranker {
  return atOnce(openingRanker(model, nearest));
}

/** Opens a ranker in time slices: prepares the model and orders its posts. */
export function* openingRanker(model: Model, nearest: FindNearest): Steps<Ranker> {
  const { kernel, standing } = yield* preparing(model);
  const byPopularity = standing.order.filter((row) => isServable(model, row));
  yield;
  const byNewness = placeholdersLast(
    ordered(byPopularity, (row) => model.createdAtMs[row]! - model.info.asOfMs),
    model.placeholders,
  );
  yield;
  const pipeline: Pipeline = {
    sources: [
      collaborative,
      neighbours,
      sequence,
      stretches,
      similar,
      fresh(byNewness),
      popular(byPopularity),
      mood,
    ],
    scorers: [
      scorer.collaborative,
      scorer.neighbours,
      scorer.sequence,
      scorer.stretches,
      similarScorer,
      scorer.popular,
      scorer.trending,
      scorer.fresh,
    ],
    boosters: [moodBooster, placeholder],
    selectors: [diversity],
  };
  const { rowOf } = vocabulary(model.postKeys);
  yield;
  /** The arrays of a request are free again when its scope ends: what `read` keeps of them is copied. */
  const run =
    <T>(read: (asked: RankAsked, query: Query, ranked: Ranked) => T) =>
    (asked: RankAsked, lap?: Lap): Feed & T =>
      kernel.arrays.scope(() => {
        const query = queryOf({ ...asked, model, nearest });
        const ranked = runPipeline(pipeline, query, lap);
        const list = filled(ranked.orders.at(-1)!, query, { byPopularity, byNewness });
        const { rows, tierStart } = isFlat(ranked.scored.score) ? onlyTiers(list, model) : list;
        const { failures } = ranked;
        return { rows: rows.slice(), tierStart, failures, ...read(asked, query, ranked) };
      });
  const workings = (asked: RankAsked, query: Query, ranked: Ranked): Workings => ({
    asked,
    scored: copied(ranked.scored),
    orders: ranked.orders.map((it) => it.slice()),
    reasons: query.eligibility().reasons.slice(),
    trace: traceOf(pipeline, ranked, query.eligibility()),
  });
  return { model, rowOf, pipeline, rank: run(() => ({})), rankWithScores: run(workings) };
}

function copied({ rows, foundBy, terms, score }: Scored): Scored {
  return {
    rows: rows.slice(),
    foundBy: foundBy.slice(),
    terms: terms.map((it) => it.slice()),
    score: score.slice(),
  };
}
