/** Fits recency: the decay of older events with which each personal model ranks held-out cases best. */
import { personAt, type Case } from "../evaluation/cases.ts";
import { nDcg } from "../evaluation/metrics.ts";
import { ranking } from "../evaluation/ranking.ts";
import type { FindNearest } from "../index/contract.ts";
import { preparedModel } from "../ranking/prepared-model.ts";
import type { Ranker } from "../ranking/feed.ts";
import { RECENCY } from "../models/models.ts";
import type { Person } from "../models/person.ts";
import { ANYTHING, queryOf, type Query } from "../ranking/query.ts";
import type { Fit, Recency } from "../snapshot/model.ts";
import { provenBest } from "./proven.ts";

/** Decays that are tried. 1: all events count alike; .8: the fourth newest counts half. */
const DECAYS = [1, 0.99, 0.97, 0.93, 0.87, 0.8];
/** Shortest history that is used, in posts: in shorter ones there is little to fade. */
const LENGTH_MIN = 5;
/** Fewest cases that a decay is fitted on, and number of cases used: fewer for more than 100,000 posts. */
const CASES = { enough: 50, most: 400, least: 100, timesPosts: 40_000_000 };
const K = 100;

/** A backtest whose model is trained. */
export type TrainedBacktest = {
  readonly ranker: Ranker;
  readonly nearest: FindNearest;
  readonly cases: readonly Case[];
};

/** The decay of each personal model that ranks best beyond chance over the people of all backtests. */
export function fitRecency(backtests: readonly TrainedBacktest[]): {
  readonly recency: Recency;
  readonly fits: readonly Fit[];
} {
  const known = backtests.map(({ ranker, cases }) =>
    longest(cases, ranker.model.postKeys.length).map((it) => ({
      ...it,
      person: personAt(ranker, it),
    })),
  );
  const people = known.reduce((sum, it) => sum + it.length, 0);
  if (people < CASES.enough) return { recency: RECENCY, fits: [] };
  const qualitiesOf = (term: string, decay: number) =>
    backtests.flatMap((it, n) => {
      const recency = { ...RECENCY, [term]: decay };
      return qualitiesIn({ ...it, cases: known[n]! }, term, recency);
    });
  const fits = Object.keys(RECENCY).map((term): Fit & { readonly value: number } => {
    const values = DECAYS.map((it) => qualitiesOf(term, it));
    const { best, quality, shipped } = provenBest(values, DECAYS.indexOf(RECENCY[term]!));
    return {
      setting: `decay of ${term}`,
      value: DECAYS[best]!,
      observations: people,
      nDcg: quality,
      shippedNDcg: shipped,
    };
  });
  const decayOf = Object.keys(RECENCY).map((term, n) => [term, fits[n]!.value] as const);
  return { recency: Object.fromEntries(decayOf), fits };
}

/** The longest case of each person, which has their whole history, if that is long enough. */
function longest(cases: readonly Case[], posts: number): Case[] {
  const most = Math.min(CASES.most, Math.max(CASES.least, Math.floor(CASES.timesPosts / posts)));
  const whole = new Map<number, Case>();
  for (const it of cases)
    if (it.length >= (whole.get(it.user)?.length ?? 0)) whole.set(it.user, it);
  return [...whole.values()].filter((it) => it.length >= LENGTH_MIN).slice(0, most);
}

/** A case, and its person in the backtest's snapshot. */
type Known = Case & { readonly person: Person };

/** nDCG of each case's ranking by one term. */
function qualitiesIn(
  { ranker, nearest, cases }: Omit<TrainedBacktest, "cases"> & { readonly cases: readonly Known[] },
  term: string,
  recency: Recency,
): number[] {
  const { model } = ranker;
  const all = Uint32Array.from(model.postKeys.keys());
  const { score } = ranker.pipeline.scorers.find(({ name }) => name === term)!;
  return cases.map((it) =>
    preparedModel(model).view.kernel.arrays.scope(() => {
      const person = { ...it.person, recency };
      const query = queryOf({ model, nearest, person, ...ANYTHING, limit: K });
      const column = eligibleOf(query, score(query, all), it.shown);
      const { rows, scores } = ranking(column, K);
      return nDcg(rows, new Set(it.positives), K, scores);
    }),
  );
}

/** The column, changed in place: posts that are ineligible or were not `shown` get −∞. */
function eligibleOf(query: Query, column: Float32Array, shown?: Uint32Array): Float32Array {
  const { eligible } = query.eligibility();
  const isShown = shown && new Set(shown);
  for (let row = 0; row < column.length; row++)
    if (eligible[row] === 0 || isShown?.has(row) === false) column[row] = -Infinity;
  return column;
}
