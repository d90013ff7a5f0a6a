/** THE feed: one value that lists its stages, and the rule that it is never empty. */
import { vocabulary, type Vocabulary } from "../linalg/vocabulary.ts";
import type { FindNearest } from "../index/contract.ts";
import { atOnce, type Steps } from "../runtime/time-slicing.ts";
import { popularPart } from "../models/popularity/model.ts";
import type { Model } from "../snapshot/model.ts";
import type { Failure } from "./attempt.ts";
import { isFlat } from "./blend.ts";
import { mood as moodBooster } from "./boosters/mood.ts";
import { preparing } from "./prepared-model.ts";
import { bitOf, isServable } from "./eligibility.ts";
import { runPipeline, type Lap, type Pipeline, type Ranked, type Scored } from "./pipeline.ts";
import { queryOf, type Asked, type Query } from "./query.ts";
import * as scorer from "./scorers/columns.ts";
import { similar as similarScorer } from "./scorers/similar.ts";
import { placeholder, sunkLast } from "./sinking.ts";
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
import { traceOf, type Trace } from "./trace.ts";

/** Tiers a feed falls back on where ranking tells nothing, or does not fill it, in this order. */
export const TIERS = ["popular", "fresh", "seen"] as const;

/** A ranked list. */
export type Feed = {
  /** Rows, best first. */
  readonly rows: Uint32Array;
  /** Where each of {@link TIERS} begins in `rows`; before the first is what was ranked. */
  readonly tierStart: readonly [number, number, number];
  /** Stages that threw, without which it was ranked. */
  readonly failures: readonly Failure[];
};

/** What was worked out on the way to a feed: enough to explain it. */
export type Workings = {
  readonly asked: RankAsked;
  readonly scored: Ranked["scored"];
  readonly orders: Ranked["orders"];
  /** See `Eligibility` `[posts]`. */
  readonly reasons: Uint32Array;
  readonly trace: Trace;
};

/** A ranked list with its workings. */
export type ScoredFeed = Feed & Workings;

/** A request to a ranker. */
export type RankAsked = Omit<Asked, "model" | "nearest">;

/** A model made ready for ranking. */
export type Ranker = {
  readonly model: Model;
  readonly rowOf: Vocabulary["rowOf"];
  readonly pipeline: Pipeline;
  readonly rank: (asked: RankAsked, lap?: Lap) => Feed;
  readonly rankWithScores: (asked: RankAsked, lap?: Lap) => ScoredFeed;
};

/** Order everything once that no request changes. */
export function openRanker(model: Model, nearest: FindNearest): Ranker {
  return atOnce(openingRanker(model, nearest));
}

/** The same in steps. */
export function* openingRanker(model: Model, nearest: FindNearest): Steps<Ranker> {
  const { columns, standing } = yield* preparing(model);
  const byPopularity = standing.order.filter((row) => isServable(model, row));
  yield;
  const byNewness = sunkLast(
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
  /** Columns of a request are given back at the end: what is read of them is copied before. */
  const run =
    <T>(read: (asked: RankAsked, query: Query, ranked: Ranked) => T) =>
    (asked: RankAsked, lap?: Lap): Feed & T =>
      columns.scope(() => {
        const query = queryOf({ ...asked, model, nearest });
        const ranked = runPipeline(pipeline, query, lap);
        const list = filled(ranked.orders.at(-1)!, query, byPopularity, byNewness);
        const { rows, tierStart } = isFlat(ranked.scored.score) ? untold(list, model) : list;
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

/** A list of which the scores say nothing: its first tier begins at once, the second after all that anybody likes. */
function untold({ rows, tierStart }: FilledFeed, model: Model): FilledFeed {
  const [, , seenFrom] = tierStart;
  const unseen = rows.subarray(0, seenFrom);
  const { popularity } = popularPart.of(model).columns;
  return {
    rows,
    tierStart: [0, unseen.findLastIndex((row) => popularity[row]! > 0) + 1, seenFrom],
  };
}

type FilledFeed = Pick<Feed, "rows" | "tierStart">;

/** Append the tiers until the list is full: liked posts, all others, and posts that only the seen bit keeps out. */
function filled(
  feed: Uint32Array,
  query: Query,
  byPopularity: Uint32Array,
  byNewness: Uint32Array,
): FilledFeed {
  const { model, person, limit } = query;
  if (feed.length >= limit) return { rows: feed, tierStart: [limit, limit, limit] };
  const { eligible, reasons } = query.eligibility();
  const { popularity } = popularPart.of(model).columns;
  const isIn = new Uint8Array(eligible.length);
  const rows: number[] = [];
  const append = (more: Uint32Array, fits: (row: number) => boolean) => {
    const start = rows.length;
    for (const row of more) {
      if (rows.length >= limit) break;
      if (isIn[row] === 1 || !fits(row)) continue;
      isIn[row] = 1;
      rows.push(row);
    }
    return start;
  };
  append(feed, () => true);
  const tierStart = [
    append(byPopularity, (row) => eligible[row] === 1 && popularity[row]! > 0),
    append(byNewness, (row) => eligible[row] === 1),
    append(person.seen, (row) => reasons[row] === bitOf("seen")),
  ] as const;
  return { rows: Uint32Array.from(rows), tierStart };
}
