/** Who competes: everything that makes a list from one model, alone and together. */
import type { Ranker } from "../rank/feed.ts";
import { isServable } from "../rank/filters/servable.ts";
import { runPipeline, type Scorer } from "../rank/pipeline.ts";
import type { Query } from "../rank/query.ts";
import { bestOf } from "../rank/sources/best-of.ts";
import { TERMS } from "../snapshot/model.ts";

/** Posts of a list that are looked at. */
export const DEPTH = 20;

/** Somebody who recommends. */
export type Contender = {
  readonly name: string;
  /** Rows nobody must have seen yet, best first: {@link DEPTH} of them, fewer if it knows no more. */
  readonly recommend: (query: Query) => Uint32Array;
};

/** The fitted blend in the order of its scores, and the pipeline as it is served. */
export const [BLEND, FEED] = ["blend", "feed"] as const;
/** What everybody liked, of all times and of late. */
export const [POPULARITY, RECENT_POPULARITY] = ["popularity", "recent popularity"] as const;

/**
 * All-time popularity, every score term alone, the blend and the feed. A term alone orders the
 * whole catalogue and recommends what it finds anything for; of somebody it knows nothing of, nothing.
 *
 * @param likes  How many liked each post `[posts]`.
 */
export function contenders({ model, pipeline, rank }: Ranker, likes: Float32Array): Contender[] {
  const servable = Uint32Array.from(model.postIds.keys()).filter((row) => isServable(model, row));
  const byScore = (name: string, score: Scorer["score"]): Contender => ({
    name,
    recommend: (query) => {
      const seen = new Set(query.person.seen);
      const rows = servable.filter((row) => !seen.has(row));
      return bestOf(score(query, rows), DEPTH).map((place) => rows[place]!);
    },
  });
  const blend = { ...pipeline, selectors: [] };
  return [
    byScore(POPULARITY, (_, rows) => Float32Array.from(rows, (row) => likes[row]!)),
    ...TERMS.map((term) => {
      const { score } = pipeline.scorers.find(({ name }) => name === term)!;
      return byScore(term === "popular" ? RECENT_POPULARITY : term, score);
    }),
    { name: BLEND, recommend: (query) => runPipeline(blend, query).feed.subarray(0, DEPTH) },
    { name: FEED, recommend: (query) => rank(query).rows.subarray(0, DEPTH) },
  ];
}
