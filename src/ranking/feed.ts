/** THE feed: the pipeline of its stages, and the ranker that runs it for one model. */
import { factorOf } from "../domain/adjustments.ts";
import { vocabulary, type GrowingVocabulary, type Vocabulary } from "../linalg/vocabulary.ts";
import type { FindNearest } from "../index/contract.ts";
import type { Steps } from "../runtime/time-slicing.ts";
import type { ModelSpec, RankInputs, Served } from "../models/contract.ts";
import { TERMS } from "../models/models.ts";
import { blendLength } from "../models/person.ts";
import type { Model } from "../snapshot/model.ts";
import { postCount } from "../snapshot/spare.ts";
import type { Failure } from "./attempt.ts";
import { isFlat, weightAt } from "./blend.ts";
import { preparedModel, preparing, type PreparedModel } from "./prepared-model.ts";
import type { Eligibility } from "./eligibility.ts";
import { runPipeline } from "./pipeline.ts";
import type { Lap, Pipeline, Ranked, Scored, Scorer } from "./stages.ts";
import { queryOf, type Query } from "./query.ts";
import { placeholder } from "./sinking.ts";
import { slidWeight } from "./slid.ts";
import type { Contest } from "./exploration/contest.ts";
import { diversity } from "./selectors/diversity.ts";
import { duplicates } from "./selectors/duplicates.ts";
import { exploration } from "./selectors/exploration.ts";
import { lifted, type Lift } from "./lift.ts";
import { steeringBooster, steeringSource } from "./steering.ts";
import { filled, onlyTiers, type Filled } from "./tiers.ts";
import { traceOf, type Trace } from "./trace.ts";

/** A ranked list. */
export type Feed = Filled & {
  /** Score of each of `rows`; 0 for those of the tiers. */
  readonly scores: Float32Array;
  /** A bit for each of the pipeline's sources that found the row; 0 for rows of the tiers. */
  readonly foundBy: Uint32Array;
  /** The contests for its reserved slots. */
  readonly contests: readonly Contest[];
  /** Stages that threw and were left out. */
  readonly failures: readonly Failure[];
};

/** Intermediate results of a ranking, for explanations. */
type Workings = {
  readonly inputs: FeedInputs;
  readonly scored: Ranked["scored"];
  readonly orders: Ranked["orders"];
  /** {@link Eligibility.reasons} `[posts]`. */
  readonly reasons: Eligibility["reasons"];
  /** Names of the terms of weight below 0: they raise posts that have little of them, and their words say the opposite. */
  readonly termsAgainst: readonly string[];
  readonly trace: Trace;
};

/** A ranked list with its workings. */
export type ScoredFeed = Feed & Workings;

/** The parts of a request that a ranker does not know itself. */
export type FeedInputs = Omit<RankInputs, "model" | "nearest"> & {
  /** Contests of this list that were held before; absent: they are held now. */
  readonly held?: readonly Contest[] | undefined;
};

/** Ranks feeds from one model. */
export type Ranker = {
  readonly model: Model;
  /** Shared with later states of the model, which add posts. */
  readonly rows: GrowingVocabulary;
  readonly rowOf: Vocabulary["rowOf"];
  readonly pipeline: Pipeline;
  readonly rank: (inputs: FeedInputs, lap?: Lap) => Feed;
  readonly rankWithScores: (inputs: FeedInputs, lap?: Lap) => ScoredFeed;
  /** The list if one row had a higher score. */
  readonly rankLifted: (inputs: FeedInputs, lift: Lift) => Feed;
  /** Runs a function on the query of a request; it must return none of the query's arrays. */
  readonly asked: <T>(inputs: FeedInputs, read: (query: Query) => T) => T;
};

/**
 * Opens a ranker in time slices: prepares the model and orders its posts.
 *
 * @param before  Ranker of an earlier state of the model, and the rows that were filled since.
 */
export function* openRanker(
  model: Model,
  nearest: FindNearest,
  before?: { readonly ranker: Ranker; readonly rows: Uint32Array },
): Steps<Ranker> {
  const known = before && { prepared: preparedModel(before.ranker.model), rows: before.rows };
  const { view, served } = yield* preparing(model, known);
  const { arrays } = view.kernel;
  const size = model.postKeys.length;
  const pipeline = pipelineOf(served);
  const rows = before?.ranker.rows ?? vocabulary(model.postKeys.subarray(0, postCount(model)));
  for (const row of before?.rows ?? []) rows.add(model.postKeys[row]!, row);
  yield;
  /** Memory of the request's columns is freed when the scope ends: `read` copies what it returns. */
  const run =
    <T>(read: (inputs: FeedInputs, query: Query, ranked: Ranked) => T, stages = pipeline) =>
    (inputs: FeedInputs, lap?: Lap): Feed & T =>
      arrays.scope(() => {
        const query = queryOf({ ...inputs, model, nearest });
        const ranked = runPipeline(stages, query, lap);
        const filledUp = filled(ranked.orders.at(-1)!, query, view);
        const { rows, tierStart } = isFlat(ranked.scored.score)
          ? onlyTiers(filledUp, model)
          : filledUp;
        const { failures, scored } = ranked;
        const { contests } = query;
        const places = placesOf(rows.subarray(0, tierStart[0]), scored.rows, arrays.words(size));
        const scores = new Float32Array(rows.length);
        const foundBy = new Uint32Array(rows.length);
        for (let n = 0; n < places.length; n++) {
          if (places[n] === NOWHERE) continue;
          scores[n] = scored.score[places[n]!]!;
          foundBy[n] = scored.foundBy[places[n]!]!;
        }
        const list = { rows: rows.slice(), scores, foundBy, tierStart, contests, failures };
        return { ...list, ...read(inputs, query, ranked) };
      });
  const workings = (inputs: FeedInputs, query: Query, ranked: Ranked): Workings => ({
    inputs,
    scored: copied(ranked.scored),
    orders: ranked.orders.map((it) => it.slice()),
    reasons: query.eligibility().reasons.slice(),
    termsAgainst: pipeline.scorers.filter((it) => it.weight(query) < 0).map((it) => it.name),
    trace: traceOf(pipeline, ranked, query.eligibility()),
  });
  return {
    model,
    rows,
    rowOf: rows.rowOf,
    pipeline,
    rank: run(() => ({})),
    rankWithScores: run(workings),
    rankLifted: (inputs, lift) => run(() => ({}), lifted(pipeline, lift))(inputs),
    asked: (inputs, read) => arrays.scope(() => read(queryOf({ ...inputs, model, nearest }))),
  };
}

/** THE feed's stages: those of the models, in the order of their list, and two others. */
function pipelineOf(served: PreparedModel["served"]): Pipeline {
  return {
    sources: [
      ...served.flatMap(({ name, retrieve }) => (retrieve ? [{ name, retrieve }] : [])),
      steeringSource,
    ],
    scorers: served.flatMap((it) => (it.score ? [scorerOf(it, it.score)] : [])),
    boosters: [
      ...served.flatMap(({ name, boost }) => (boost ? [{ name, boost }] : [])),
      steeringBooster,
      placeholder,
    ],
    selectors: [duplicates, diversity, exploration],
  };
}

const scorerOf = ({ name, slider, pulls }: ModelSpec & Served, score: Scorer["score"]): Scorer => ({
  name,
  score,
  pulls,
  weight: ({ model, person, sliders, adjustments }) => {
    const weights = (term: string) =>
      factorOf(adjustments, term) * weightAt(model.info.blend, term, blendLength(person));
    if (sliders === undefined) return weights(name);
    const total = TERMS.reduce((sum, term) => sum + Math.max(0, weights(term)), 0);
    return slidWeight(weights(name), total, sliders, slider);
  },
});

/** Place of a row that is no candidate. */
const NOWHERE = 0xffffffff;

/**
 * Place of each row of a list among the candidates; {@link NOWHERE} for one that no source found.
 *
 * @param placeOf  Space for a number a post, with any content.
 */
function placesOf(list: Uint32Array, candidates: Uint32Array, placeOf: Uint32Array): Uint32Array {
  for (let n = 0; n < list.length; n++) placeOf[list[n]!] = NOWHERE;
  for (let n = 0; n < candidates.length; n++) placeOf[candidates[n]!] = n;
  return list.map((row) => placeOf[row]!);
}

function copied({ rows, foundBy, terms, score }: Scored): Scored {
  return {
    rows: rows.slice(),
    foundBy: foundBy.slice(),
    terms: terms.map((it) => it.slice()),
    score: score.slice(),
  };
}
