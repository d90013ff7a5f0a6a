/** Fits the decay of older events with which each model ranks held-out cases best. */
import { personAt, type Case } from "../evaluation/cases.ts";
import { nDcg } from "../evaluation/metrics.ts";
import { ranking } from "../evaluation/ranking.ts";
import type { FindNearest } from "../index/contract.ts";
import { preparedModel } from "../ranking/prepared-model.ts";
import type { Ranker } from "../ranking/feed.ts";
import { RECENCY } from "../models/models.ts";
import { queryOf, type Query } from "../ranking/query.ts";
import type { Recency } from "../snapshot/model.ts";

/** Decays that are tried. */
const DECAYS = [1, 0.99, 0.97, 0.93, 0.87, 0.8];
/** Posts of history from which there is something to fade. */
const LENGTH_MIN = 5;
/** Cases under which the default is kept, and cases looked at: of more than 100,000 posts fewer. */
const CASES = { enough: 50, most: 400, least: 100, timesPosts: 40_000_000 };
/** Gain that another decay needs over the default: less is noise. */
const GAIN = 1.005;
const K = 100;

/** A model of the past, and what people did next. */
export type Asked = {
  readonly ranker: Ranker;
  readonly nearest: FindNearest;
  /** Those with a long enough history are read, at their own length. */
  readonly cases: readonly Case[];
};

/** The decays that do best over all models. */
export function fitRecency(asked: readonly Asked[]): Recency {
  const long = asked.map(({ ranker, cases }) => longest(cases, ranker.model.postKeys.length));
  if (long.reduce((sum, it) => sum + it.length, 0) < CASES.enough) return RECENCY;
  const qualityOf = (term: string, decay: number) =>
    asked.reduce((sum, it, n) => {
      const recency = { ...RECENCY, [term]: decay };
      return sum + qualityIn({ ...it, cases: long[n]! }, term, recency);
    }, 0);
  const best = (term: string) => {
    const quality = DECAYS.map((it) => qualityOf(term, it));
    const top = quality.indexOf(Math.max(...quality));
    const usual = quality[DECAYS.indexOf(RECENCY[term]!)]!;
    return quality[top]! > GAIN * usual ? DECAYS[top]! : RECENCY[term]!;
  };
  return Object.fromEntries(Object.keys(RECENCY).map((term) => [term, best(term)]));
}

/** Of everybody's cases the longest, which is the whole one; people with long histories only. */
function longest(cases: readonly Case[], posts: number): Case[] {
  const most = Math.min(CASES.most, Math.max(CASES.least, Math.floor(CASES.timesPosts / posts)));
  const whole = new Map<number, Case>();
  for (const it of cases)
    if (it.length >= (whole.get(it.user)?.length ?? 0)) whole.set(it.user, it);
  return [...whole.values()].filter((it) => it.length >= LENGTH_MIN).slice(0, most);
}

function qualityIn({ ranker, nearest, cases }: Asked, term: string, recency: Recency) {
  const { model } = ranker;
  const all = Uint32Array.from(model.postKeys.keys());
  const { score } = ranker.pipeline.scorers.find(({ name }) => name === term)!;
  let sum = 0;
  for (const it of cases) {
    const person = personAt(ranker, it, recency);
    sum += preparedModel(model).view.kernel.arrays.scope(() => {
      const query = queryOf({ model, nearest, person, ...EVERYTHING });
      const column = eligibleOf(query, score(query, all));
      const { rows, scores } = ranking(column, K);
      return nDcg(rows, new Set(it.positives), K, scores);
    });
  }
  return sum;
}

const EVERYTHING = { categoryMask: undefined, mood: undefined, limit: K };

/** The column, changed in place: what is not eligible is at the end of its order. */
function eligibleOf(query: Query, column: Float32Array): Float32Array {
  const { eligible } = query.eligibility();
  for (let row = 0; row < column.length; row++) if (eligible[row] === 0) column[row] = -Infinity;
  return column;
}
