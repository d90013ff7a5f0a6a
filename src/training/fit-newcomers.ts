/**
 * Fits the list of newcomers on look-backs: the half-life of popularity, the weight of what people do after
 * their beginnings, that of what texts lead to expect, and that of freshness.
 */
import type { Cut } from "../evaluation/split.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { fresh } from "../models/freshness/model.ts";
import { popular } from "../models/popularity/model.ts";
import {
  massesOf,
  POPULARITY,
  tallied,
  type PopularityParams,
} from "../models/popularity/popularity.ts";
import { withTextPrior } from "../models/popularity/text-prior.ts";
import type { Fit } from "../snapshot/model.ts";
import type { Dataset } from "./dataset.ts";
import { lookBacksOf, type LookBack } from "./look-backs.ts";
import { noFacts, qualityOf, scorerOf } from "./newcomers-list.ts";
import { provenBest } from "./proven.ts";

/** Result of the fit. */
type Newcomers = {
  readonly popularity: PopularityParams;
  /** Weight of freshness for people without a history. */
  readonly fresh: number;
  readonly fits: readonly Fit[];
};

/** Options of the fit. */
type Options = {
  /** The cut of backtests; a look-back asks for as long a time. */
  readonly cut?: Cut;
  /** Terms that get no weight, to measure what they add. */
  readonly without?: readonly string[] | undefined;
};

/** Values that are tried, the shipped one first. No half-life is shorter than the time that a look-back asks for. */
const HALF_LIVES_DAYS = [POPULARITY.halfLifeDays, 1, 2, 3, 5, 10, 14, 20, 30, 60, 180, 3_650];
const LATER_WEIGHTS = [POPULARITY.laterWeight, 0, 1];
const PRIOR_WEIGHTS = [POPULARITY.priorWeight, 0, 1];
const FRESH_WEIGHTS = [fresh.weights![0], 0, 0.2];
/** Fewest look-backs that a recipe is chosen by. */
const ENOUGH = 8;
/** Number of people at which a look-back has half its full weight. */
const PEOPLE_HALF = 8;

/** A way to make the list of newcomers. */
type Recipe = { readonly popularity: PopularityParams; readonly fresh: number };

/** The values that win in nearly every look-back; the shipped ones if none do, or there are too few look-backs. */
export async function fitNewcomers(
  data: Dataset,
  kernel: Kernel,
  { cut, without = [] }: Options = {},
): Promise<Newcomers> {
  const share = cut?.by === "time" ? cut.share : undefined;
  const { all, days, isOfNewcomers } = lookBacksOf(data, share);
  const fits: Fit[] = [];
  let best: Recipe = { popularity: POPULARITY, fresh: FRESH_WEIGHTS[0]! };
  if (all.length < ENOUGH) return { ...best, fits };
  const scorers = all.map((it) => scorerOf(it, data));
  const included = [popular, fresh].map(({ name }) => Number(!without.includes(name)));
  let priors: readonly Float32Array[] = [];
  const choose = (
    setting: string,
    recipes: readonly Recipe[],
    valueOf: (it: Recipe) => Fit["value"],
  ) => {
    const values = recipes.map((it) => {
      const weights = [included[0]! * popular.weights![0], included[1]! * it.fresh];
      return all.map(({ people }, n) =>
        qualityOf(scorers[n]!(it.popularity, priors[n]), weights, people),
      );
    });
    const found = provenBest(values, 0, all.map(weightOf));
    best = recipes[found.best]!;
    const figures = { observations: all.length, nDcg: found.quality, shippedNDcg: found.shipped };
    fits.push({ setting, value: valueOf(best), ...figures });
  };
  choose(
    isOfNewcomers ? "newcomers' list" : "popularity",
    countings(days),
    ({ popularity }) =>
      `half-life ${popularity.halfLifeDays} days, later posts ${popularity.laterWeight}`,
  );
  if (data.embedded > 0) {
    priors = await priorsIn(all, data, kernel, best.popularity);
    const weighed = PRIOR_WEIGHTS.map((priorWeight) => ({
      ...best,
      popularity: { ...best.popularity, priorWeight },
    }));
    choose("text prior of popularity", weighed, (it) => it.popularity.priorWeight);
  }
  // People with a history see posts for other reasons than newness; of one term alone the weight says nothing.
  if (isOfNewcomers && included.every((it) => it > 0))
    choose(
      "freshness in newcomers' list",
      FRESH_WEIGHTS.map((fresh) => ({ ...best, fresh })),
      (it) => it.fresh,
    );
  return { ...best, fits };
}

/** Weight of a look-back: the more people, the better it is known what was best then. */
const weightOf = ({ people }: LookBack) => people.length / (people.length + PEOPLE_HALF);

/** The masses that texts led to expect in each look-back. A post that was made later counts as one that nobody liked. */
function priorsIn(
  all: readonly LookBack[],
  { embeddings, posts }: Dataset,
  kernel: Kernel,
  params: PopularityParams,
): Promise<Float32Array[]> {
  return withTextPrior(kernel, embeddings, posts.keys.length, async (fit) => {
    const found: Float32Array[] = [];
    for (const { entries, asOfMs } of all) {
      const tally = tallied(entries, noFacts(posts.keys.length), asOfMs, params);
      found.push((await fit(massesOf(tally))).prior);
    }
    return found;
  });
}

/** Ways to count popularity. What texts lead to expect is fitted by itself, once the others are known. */
function countings(days: number): Recipe[] {
  const halfLives = HALF_LIVES_DAYS.filter((it, n) => n === 0 || it >= days);
  return halfLives.flatMap((halfLifeDays) =>
    LATER_WEIGHTS.map((laterWeight) => ({
      popularity: { ...POPULARITY, halfLifeDays, laterWeight },
      fresh: FRESH_WEIGHTS[0]!,
    })),
  );
}
