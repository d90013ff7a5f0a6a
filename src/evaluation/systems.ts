/** The systems under evaluation: baselines, every score term alone, the blend, and the feed. */
import type { Ranker, ScoredFeed } from "../ranking/feed.ts";
import type { Scorer } from "../ranking/stages.ts";
import type { Query } from "../ranking/query.ts";
import { TERMS } from "../models/models.ts";
import { ranking, type Ranking } from "./ranking.ts";

/** Length of the lists that are measured. */
export const DEPTH = 20;

/** A recommender under evaluation. */
export type System = {
  readonly name: string;
  /** The best {@link DEPTH} of `rows`, best first; fewer if it finds no more. */
  readonly recommend: (query: Query, rows: Uint32Array) => Ranking;
};

/** A scorer that serves as a system of its own: it recommends the rows it scores above 0. */
export type Baseline = {
  readonly name: string;
  readonly score: Scorer["score"];
};

/** The fitted blend ordered by score, and the whole pipeline as served. */
export const [BLEND, FEED] = ["blend", "feed"] as const;
/** Likes of all time, and decayed ones. */
export const [POPULARITY, RECENT_POPULARITY] = ["popularity", "recent popularity"] as const;

const nameOf = (term: string) => (term === "popular" ? RECENT_POPULARITY : term);

/** Names of the systems that a ranker makes: every score term alone, the blend, the feed. */
export const RANKER_SYSTEMS: readonly string[] = [...TERMS.map(nameOf), BLEND, FEED];

/**
 * All systems, baselines first. A score term alone ranks all candidates and recommends those it
 * scores above 0, so for a person it knows nothing about it recommends nothing.
 */
export function systemsOf(ranker: Ranker, baselines: readonly Baseline[]): System[] {
  const { pipeline } = ranker;
  const ranked = memoiseLast((query) => ranker.rankWithScores(query));
  return [
    ...baselines.map(scorerSystem),
    ...TERMS.map((term) => {
      const { score } = pipeline.scorers.find(({ name }) => name === term)!;
      return scorerSystem({ name: nameOf(term), score });
    }),
    { name: BLEND, recommend: (query) => byScore(ranked(query)) },
    { name: FEED, recommend: (query) => ({ rows: ranked(query).rows.slice(0, DEPTH) }) },
  ];
}

function scorerSystem({ name, score }: Baseline): System {
  return { name, recommend: (query, rows) => positive(ranking(score(query, rows), DEPTH, rows)) };
}

/** The part of a ranking with scores above 0. */
function positive({ rows, scores }: Required<Ranking>): Ranking {
  const none = scores.findIndex((it) => it <= 0);
  const size = none === -1 ? rows.length : none;
  return { rows: rows.subarray(0, size), scores: scores.subarray(0, size) };
}

/** The ranking of a feed before its selectors. */
function byScore({ scored }: ScoredFeed): Ranking {
  return ranking(scored.score, DEPTH, scored.rows);
}

/** Blend and feed of one query share one ranking. */
function memoiseLast(rank: (query: Query) => ScoredFeed): (query: Query) => ScoredFeed {
  let last: { readonly query: Query; readonly feed: ScoredFeed } | undefined;
  return (query) => {
    if (last?.query !== query) last = { query, feed: rank(query) };
    return last.feed;
  };
}
