/** Who competes: everything that makes a list from one model, alone and together, and the baselines. */
import type { Ranker, ScoredFeed } from "../ranking/feed.ts";
import type { Scorer } from "../ranking/pipeline.ts";
import type { Query } from "../ranking/query.ts";
import { TERMS, type Term } from "../snapshot/model.ts";
import { ranking, type Ranking } from "./ranking.ts";

/** Posts of a list that are looked at. */
export const DEPTH = 20;

/** Somebody who recommends. */
export type Contender = {
  readonly name: string;
  /** The best {@link DEPTH} of `rows`, best first; fewer if it knows no more. */
  readonly recommend: (query: Query, rows: Uint32Array) => Ranking;
};

/** A recommender to be beaten: a number for every row, above 0 where it recommends it. */
export type Baseline = {
  readonly name: string;
  readonly score: Scorer["score"];
};

/** The fitted blend in the order of its scores, and the pipeline as it is served. */
export const [BLEND, FEED] = ["blend", "feed"] as const;
/** What everybody liked, of all times and of late. */
export const [POPULARITY, RECENT_POPULARITY] = ["popularity", "recent popularity"] as const;

const nameOf = (term: Term) => (term === "popular" ? RECENT_POPULARITY : term);

/** What one model competes as, besides the baselines: every term alone, the blend, the feed. */
export const OWN_NAMES: readonly string[] = [...TERMS.map(nameOf), BLEND, FEED];

/**
 * The baselines, every score term alone, the blend and the feed. A term alone orders the whole
 * catalogue and recommends what it finds anything for; of somebody it knows nothing of, nothing.
 */
export function contenders(ranker: Ranker, baselines: readonly Baseline[]): Contender[] {
  const { pipeline } = ranker;
  const ranked = latest((query) => ranker.rankWithScores(query));
  return [
    ...baselines.map(alone),
    ...TERMS.map((term) => {
      const { score } = pipeline.scorers.find(({ name }) => name === term)!;
      return alone({ name: nameOf(term), score });
    }),
    { name: BLEND, recommend: (query) => byScore(ranked(query)) },
    { name: FEED, recommend: (query) => ({ rows: ranked(query).rows.slice(0, DEPTH) }) },
  ];
}

function alone({ name, score }: Baseline): Contender {
  return { name, recommend: (query, rows) => positive(ranking(score(query, rows), DEPTH, rows)) };
}

/** What is recommended at all. */
function positive({ rows, scores }: Required<Ranking>): Ranking {
  const none = scores.findIndex((it) => it <= 0);
  const size = none === -1 ? rows.length : none;
  return { rows: rows.subarray(0, size), scores: scores.subarray(0, size) };
}

/** A feed before its selectors. */
function byScore({ scored }: ScoredFeed): Ranking {
  return ranking(scored.score, DEPTH, scored.rows);
}

/** Rank a query once for all who ask about it. */
function latest(rank: (query: Query) => ScoredFeed): (query: Query) => ScoredFeed {
  let last: { readonly query: Query; readonly feed: ScoredFeed } | undefined;
  return (query) => {
    if (last?.query !== query) last = { query, feed: rank(query) };
    return last.feed;
  };
}
