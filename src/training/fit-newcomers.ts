/**
 * Fits the list of newcomers on look-backs: the half-life of popularity, the weight of what people do
 * after their beginnings, the weight of freshness, and then that of what texts lead to expect.
 */
import type { Cut } from "../evaluation/split.ts";
import { nDcg } from "../evaluation/metrics.ts";
import { ranking, type Ranking } from "../evaluation/ranking.ts";
import { plainStandardise } from "../linalg/rank-wasm/columns.ts";
import { topK } from "../linalg/top-k.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { valuesAt } from "../linalg/vector.ts";
import { fresh, freshness, NEWEST } from "../models/freshness/model.ts";
import { popular } from "../models/popularity/model.ts";
import {
  massesOf,
  POPULARITY,
  popularity,
  tallied,
  type PopularityParams,
} from "../models/popularity/popularity.ts";
import { withTextPrior } from "../models/popularity/text-prior.ts";
import type { Fit } from "../snapshot/model.ts";
import type { Dataset } from "./dataset.ts";
import { lookBacksOf, type LookBack } from "./look-backs.ts";
import { provenBest } from "./proven.ts";
import { TUNING } from "./tuning.ts";

/** A way to make the list of newcomers. */
type Recipe = {
  readonly halfLifeDays: number;
  readonly laterWeight: number;
  /** Weight of freshness beside a popularity of weight 1. */
  readonly fresh: number;
  readonly priorWeight: number;
};

/** Result of the fit. */
export type Newcomers = {
  readonly popularity: PopularityParams;
  /** Weight of freshness for people without history. */
  readonly fresh: number;
  readonly fits: readonly Fit[];
};

const SHIPPED: Recipe = {
  halfLifeDays: POPULARITY.halfLifeDays,
  laterWeight: POPULARITY.laterWeight,
  fresh: fresh.weights![0] / popular.weights![0],
  priorWeight: 0, // fitted by itself, once the others are known
};
/** Values that are tried. No half-life is shorter than the time that a look-back asks for. */
const HALF_LIVES_DAYS = [1, 2, 3, 5, 7, 10, 14, 20, 30, 60, 180, 3_650];
const LATER_WEIGHTS = [0, 0.5, 1];
const FRESH_WEIGHTS = [0, 0.1, 0.2];
const PRIOR_WEIGHTS = [0, POPULARITY.priorWeight, 1];
/** Fewest look-backs that a recipe is chosen by. */
const ENOUGH = 8;
/** Number of people at which a look-back has half its full weight. */
const PEOPLE_HALF = 8;
/** Posts that compete for a place in the list, as in a feed. */
const CANDIDATES = 1_000;
const K = 20;

/** The recipe that wins in nearly every look-back; the shipped one if none does, or there are too few. */
export async function fitNewcomers(data: Dataset, kernel: Kernel, cut?: Cut): Promise<Newcomers> {
  const { all, days, isOfNewcomers } = lookBacksOf(
    data,
    cut?.by === "time" ? cut.share : undefined,
  );
  if (all.length < ENOUGH) return { popularity: POPULARITY, fresh: SHIPPED.fresh, fits: [] };
  // People with a history see posts for other reasons than newness.
  const recipes = recipesFor(days, isOfNewcomers ? FRESH_WEIGHTS : [SHIPPED.fresh]);
  const list = provenIn(all, recipes, SHIPPED, (it) => qualitiesIn(it, data, recipes));
  const { halfLifeDays, laterWeight, fresh } = list.recipe;
  const value = `half-life ${halfLifeDays} days, later posts ${laterWeight}, fresh ${fresh}`;
  const fits = [
    { setting: isOfNewcomers ? "newcomers' list" : "popularity", value, ...list.figures },
  ];
  const fitted = { ...POPULARITY, halfLifeDays, laterWeight };
  if (data.embedded === 0) return { popularity: fitted, fresh, fits };
  const usual = { ...list.recipe, priorWeight: POPULARITY.priorWeight };
  const weighed = PRIOR_WEIGHTS.map((priorWeight) => ({ ...usual, priorWeight }));
  const priors = await priorsIn(all, data, kernel, fitted);
  const found = provenIn(all, weighed, usual, (it, n) => qualitiesIn(it, data, weighed, priors[n]));
  const { priorWeight } = found.recipe;
  return {
    popularity: { ...fitted, priorWeight },
    fresh,
    fits: [...fits, { setting: "text prior of popularity", value: priorWeight, ...found.figures }],
  };
}

/** The recipe that is proven on look-backs, given the quality of each in one of them. */
function provenIn(
  all: readonly LookBack[],
  recipes: readonly Recipe[],
  usual: Recipe,
  qualities: (it: LookBack, n: number) => readonly number[],
) {
  const columns = all.map(qualities);
  const { best, quality, shipped } = provenBest(
    recipes.map((_, n) => columns.map((it) => it[n]!)),
    recipes.findIndex((it) => Bun.deepEquals(it, usual)),
    all.map(({ people }) => people.length / (people.length + PEOPLE_HALF)),
  );
  const figures = { observations: all.length, nDcg: quality, shippedNDcg: shipped };
  return { recipe: recipes[best]!, figures };
}

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

/** No counters of posts: known ones are of today. */
const noFacts = (posts: number) => ({
  viewCounts: new Float64Array(posts),
  exitCounts: new Float64Array(posts),
});

function recipesFor(days: number, freshWeights: readonly number[]): Recipe[] {
  const halfLives = HALF_LIVES_DAYS.filter((it) => it >= days || it === SHIPPED.halfLifeDays);
  return halfLives.flatMap((halfLifeDays) =>
    LATER_WEIGHTS.flatMap((laterWeight) =>
      freshWeights.map((fresh) => ({ ...SHIPPED, halfLifeDays, laterWeight, fresh })),
    ),
  );
}

/** The mean nDCG@20 of the look-back's people with each recipe. */
function qualitiesIn(
  it: LookBack,
  { posts, tuning = TUNING }: Dataset,
  recipes: readonly Recipe[],
  prior?: Float32Array,
) {
  const { entries, isEligible, people, asOfMs } = it;
  const facts = noFacts(isEligible.length);
  const newness = freshness(posts.createdAtMs, asOfMs, tuning.freshHalfLifeDays);
  const newest = topK(newness, NEWEST, isEligible);
  const mostSeen = people.reduce((most, { seen }) => Math.max(most, seen.size), 0);
  const standardised = (column: Float32Array, rows: readonly number[]) =>
    plainStandardise(valuesAt(column, rows));
  const byPopularity = new Map<string, readonly [number[], Float32Array, Float32Array]>();
  return recipes.map((recipe) => {
    const key = `${recipe.halfLifeDays} ${recipe.laterWeight} ${recipe.priorWeight}`;
    if (!byPopularity.has(key)) {
      const column = popularity(entries, facts, asOfMs, { ...POPULARITY, ...recipe }, prior);
      const rows = [...new Set([...topK(column, CANDIDATES, isEligible), ...newest])];
      byPopularity.set(key, [rows, standardised(column, rows), standardised(newness, rows)]);
    }
    const [rows, liked, recent] = byPopularity.get(key)!;
    const scores = liked.map((value, n) => value + recipe.fresh * recent[n]!);
    const order = ranking(scores, mostSeen + K, Uint32Array.from(rows));
    const total = people.reduce((sum, { seen, positives }) => {
      const list = unseen(seen, order);
      return sum + nDcg(list.rows, positives, K, list.scores);
    }, 0);
    return total / people.length;
  });
}

/** The first K unseen posts of a ranking, and the posts that tie with the last of them. */
function unseen(seen: ReadonlySet<number>, { rows, scores }: Required<Ranking>): Required<Ranking> {
  if (seen.size === 0) return { rows, scores };
  const left: number[] = [];
  for (let n = 0; n < rows.length; n++) {
    if (left.length >= K && scores[n] !== scores[left.at(-1)!]) break;
    if (!seen.has(rows[n]!)) left.push(n);
  }
  return {
    rows: Uint32Array.from(left, (n) => rows[n]!),
    scores: valuesAt(scores, left),
  };
}
