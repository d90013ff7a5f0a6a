/** THE feed: the pipeline of its stages, and the ranker that runs it for one model. */
import { vocabulary, type Vocabulary } from "../linalg/vocabulary.ts";
import type { FindNearest } from "../index/contract.ts";
import type { Steps } from "../runtime/time-slicing.ts";
import type { Asked } from "../models/contract.ts";
import { toldLength } from "../models/person.ts";
import type { Model } from "../snapshot/model.ts";
import type { Failure } from "./attempt.ts";
import { isFlat, weightAt } from "./blend.ts";
import { preparing, type PreparedModel } from "./prepared-model.ts";
import type { Eligibility } from "./eligibility.ts";
import {
  runPipeline,
  type Lap,
  type Pipeline,
  type Ranked,
  type Scored,
  type Scorer,
} from "./pipeline.ts";
import { queryOf, type Query } from "./query.ts";
import { placeholder } from "./sinking.ts";
import { diversity } from "./selectors/diversity.ts";
import { filled, onlyTiers, type Filled } from "./tiers.ts";
import { traceOf, type Trace } from "./trace.ts";

/** A ranked list. */
export type Feed = Filled & {
  /** Stages that threw and were left out. */
  readonly failures: readonly Failure[];
};

/** Everything that a feed was ranked with, so that it can be explained. */
type Workings = {
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
type RankAsked = Omit<Asked, "model" | "nearest">;

/** Ranks feeds from one model. */
export type Ranker = {
  readonly model: Model;
  readonly rowOf: Vocabulary["rowOf"];
  readonly pipeline: Pipeline;
  readonly rank: (asked: RankAsked, lap?: Lap) => Feed;
  readonly rankWithScores: (asked: RankAsked, lap?: Lap) => ScoredFeed;
};

/** Opens a ranker in time slices: prepares the model and orders its posts. */
export function* openRanker(model: Model, nearest: FindNearest): Steps<Ranker> {
  const { view, served } = yield* preparing(model);
  const { arrays } = view.kernel;
  const pipeline = pipelineOf(served);
  const { rowOf } = vocabulary(model.postKeys);
  yield;
  /** The columns of a request are free again when its scope ends: what `read` keeps of them is copied. */
  const run =
    <T>(read: (asked: RankAsked, query: Query, ranked: Ranked) => T) =>
    (asked: RankAsked, lap?: Lap): Feed & T =>
      arrays.scope(() => {
        const query = queryOf({ ...asked, model, nearest });
        const ranked = runPipeline(pipeline, query, lap);
        const list = filled(ranked.orders.at(-1)!, query, view);
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

/** THE feed's stages: those of the models in the order of their list, and two that are no model's. */
function pipelineOf(served: PreparedModel["served"]): Pipeline {
  return {
    sources: served.flatMap(({ name, retrieve }) => (retrieve ? [{ name, retrieve }] : [])),
    scorers: served.flatMap(({ name, score }) => (score ? [scorerOf(name, score)] : [])),
    boosters: [
      ...served.flatMap(({ name, boost }) => (boost ? [{ name, boost }] : [])),
      placeholder,
    ],
    selectors: [diversity],
  };
}

const scorerOf = (name: string, score: Scorer["score"]): Scorer => ({
  name,
  score,
  weight: ({ model, person }) => weightAt(model.info.blend, name, toldLength(person)),
});

function copied({ rows, foundBy, terms, score }: Scored): Scored {
  return {
    rows: rows.slice(),
    foundBy: foundBy.slice(),
    terms: terms.map((it) => it.slice()),
    score: score.slice(),
  };
}
