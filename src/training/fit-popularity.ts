/** Fits the half-life of popularity: the one that ranks best for newcomers, or for everybody if newcomers are few. */
import type { Case } from "../evaluation/cases.ts";
import { seenPosts } from "../evaluation/histories.ts";
import { nDcg } from "../evaluation/metrics.ts";
import { ranking, type Ranking } from "../evaluation/ranking.ts";
import { vocabulary } from "../linalg/vocabulary.ts";
import { presentConfidence, scalesOf } from "../models/confidence.ts";
import { POPULARITY, popularity, type PopularityParams } from "../models/popularity/popularity.ts";
import { signalsOf } from "./matrix.ts";
import type { Backtest } from "./backtests.ts";

/** Half-lives that are tried, days; the last one hardly fades. */
const HALF_LIVES_DAYS = [0.5, 1, 3, 7, 14, 30, 90, 365, 3_650];
/** Fewest people that a half-life is fitted on; with fewer, the default is kept. */
const PEOPLE_ENOUGH = 50;
/** Factor by which a half-life must beat the default: less is noise. */
const GAIN = 1.05;
const K = 20;

/**
 * The parameters of popularity with the best half-life.
 *
 * @param backtests  Of their cases, people and liked posts are used, and no ranker.
 */
export function fitPopularity(backtests: readonly Backtest[]): PopularityParams {
  const all = backtests.map(({ cases }) => [...new Map(cases.map((it) => [it.user, it])).values()]);
  const newcomers = all.map((people) => people.filter((it) => it.history.postKeys.length === 0));
  const size = (groups: readonly Case[][]) => groups.reduce((sum, it) => sum + it.length, 0);
  const people = size(newcomers) < PEOPLE_ENOUGH ? all : newcomers;
  if (size(people) < PEOPLE_ENOUGH) return POPULARITY;
  const qualities = backtests.map((it, n) => qualityIn(it, people[n]!));
  const qualityOf = (halfLifeDays: number) =>
    qualities.reduce((sum, quality) => sum + quality(halfLifeDays), 0);
  const wanted = GAIN * qualityOf(POPULARITY.halfLifeDays);
  const quality = HALF_LIVES_DAYS.map(qualityOf);
  const best = quality.indexOf(Math.max(...quality));
  return quality[best]! > wanted
    ? { ...POPULARITY, halfLifeDays: HALF_LIVES_DAYS[best]! }
    : POPULARITY;
}

/** Sum of the people's nDCG by half-life, days. */
function qualityIn({ dataset, isServable }: Backtest, people: readonly Case[]) {
  const { posts, histories, asOfMs } = dataset;
  const rows = vocabulary(posts.keys);
  const { entries } = signalsOf(histories, rows, scalesOf(histories), asOfMs, presentConfidence());
  return (halfLifeDays: number): number => {
    const column = popularity(entries, posts, asOfMs, { ...POPULARITY, halfLifeDays });
    for (let row = 0; row < column.length; row++) if (!isServable(row)) column[row] = -Infinity;
    return sumOfNDcg(column, people, rows.rowOf);
  };
}

/** Sum of nDCG over people who all get the list of `column`, without the posts they had seen. */
function sumOfNDcg(
  column: Float32Array,
  people: readonly Case[],
  rowOf: (id: number) => number | undefined,
): number {
  const mostSeen = people.reduce((most, it) => Math.max(most, it.history.postKeys.length), 0);
  const order = ranking(column, mostSeen + K);
  let sum = 0;
  for (const { history, positives } of people) {
    const seen = new Set(seenPosts(history).values().map(rowOf));
    const { rows, scores } = unseen(seen, order);
    sum += nDcg(rows, new Set(positives), K, scores);
  }
  return sum;
}

/** The first K unseen posts of a ranking, and the posts that tie with the last of them. */
function unseen(
  seen: ReadonlySet<number | undefined>,
  { rows, scores }: Required<Ranking>,
): Required<Ranking> {
  const left: number[] = [];
  for (let n = 0; n < rows.length; n++) {
    if (left.length >= K && scores[n] !== scores[left.at(-1)!]) break;
    if (!seen.has(rows[n]!)) left.push(n);
  }
  return {
    rows: Uint32Array.from(left, (n) => rows[n]!),
    scores: Float32Array.from(left, (n) => scores[n]!),
  };
}
