/**
 * Fits the list of newcomers on look-backs: the half-life of popularity, the weight of what people do after
 * their beginnings, that of what texts lead to expect, and then the weights of the terms.
 */
import type { Cut } from "../evaluation/split.ts";
import { nDcg } from "../evaluation/metrics.ts";
import type { Ranking } from "../evaluation/ranking.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { valuesAt } from "../linalg/vector.ts";
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
import {
  likeliestWeights,
  listOf,
  NEWCOMERS_TERMS,
  noFacts,
  scorerOf,
  SHIPPED_WEIGHTS,
  type Scored,
  type TermWeights,
} from "./newcomers-terms.ts";
import { provenBest } from "./proven.ts";

/** Result of the fit. */
export type Newcomers = {
  readonly popularity: PopularityParams;
  /** Weights of terms for people without history. */
  readonly weights: Readonly<Record<string, number>>;
  readonly fits: readonly Fit[];
};

/** Values that are tried, the shipped one first. No half-life is shorter than the time that a look-back asks for. */
const HALF_LIVES_DAYS = [POPULARITY.halfLifeDays, 1, 2, 3, 5, 10, 14, 20, 30, 60, 180, 3_650];
const LATER_WEIGHTS = [POPULARITY.laterWeight, 0, 1];
const PRIOR_WEIGHTS = [POPULARITY.priorWeight, 0, 1];
/** Fewest look-backs that a recipe is chosen by. */
const ENOUGH = 8;
/** Number of people at which a look-back has half its full weight. */
const PEOPLE_HALF = 8;
const K = 20;

/** A way to make the list of newcomers. */
type Recipe = { readonly params: PopularityParams; readonly weights: TermWeights };

/** The values that win in nearly every look-back; the shipped ones if none do, or there are too few look-backs. */
export async function fitNewcomers(data: Dataset, kernel: Kernel, cut?: Cut): Promise<Newcomers> {
  const { all, days, isOfNewcomers } = lookBacksOf(
    data,
    cut?.by === "time" ? cut.share : undefined,
  );
  if (all.length < ENOUGH) return resultOf({ params: POPULARITY, weights: SHIPPED_WEIGHTS }, []);
  const scorers = all.map((it) => scorerOf(it, data));
  const counted = provenIn(all, countings(days), ({ params }, n) => scorers[n]!(params));
  const { halfLifeDays, laterWeight } = counted.recipe.params;
  const value = `half-life ${halfLifeDays} days, later posts ${laterWeight}`;
  const fits: Fit[] = [
    { setting: isOfNewcomers ? "newcomers' list" : "popularity", value, ...counted.figures },
  ];
  let params: PopularityParams = { ...POPULARITY, halfLifeDays, laterWeight };
  let priors: readonly Float32Array[] | undefined;
  if (data.embedded > 0) {
    const masses = await priorsIn(all, data, kernel, params);
    const weighed = PRIOR_WEIGHTS.map((it) => withWeights({ ...params, priorWeight: it }));
    const { recipe, figures } = provenIn(all, weighed, (it, n) =>
      scorers[n]!(it.params, masses[n]),
    );
    [params, priors] = [recipe.params, masses];
    fits.push({ setting: "text prior of popularity", value: params.priorWeight, ...figures });
  }
  // People with a history see posts for other reasons than newness.
  if (!isOfNewcomers) return resultOf(withWeights(params), fits);
  const scored = all.map((it, n) => ({ ...it, ...scorers[n]!(params, priors?.[n]) }));
  const qualityBy = (by: TermWeights) =>
    weightedMean(all, (it, n) => qualityOf(scored[n]!, by, it.people));
  const likeliest = likeliestWeights(scored);
  const [quality, shipped] = [qualityBy(likeliest), qualityBy(SHIPPED_WEIGHTS)];
  const recipe = withWeights(params, quality > shipped ? likeliest : SHIPPED_WEIGHTS);
  const words = NEWCOMERS_TERMS.map(({ name }, n) => `${name} ${recipe.weights[n]}`).join(", ");
  const figures = { observations: all.length, nDcg: Math.max(quality, shipped), shippedNDcg: shipped }; // prettier-ignore
  return resultOf(recipe, [...fits, { setting: "newcomers' blend", value: words, ...figures }]);
}

const withWeights = (params: PopularityParams, weights = SHIPPED_WEIGHTS): Recipe => ({
  params,
  weights,
});

function resultOf({ params, weights }: Recipe, fits: readonly Fit[]): Newcomers {
  const named = NEWCOMERS_TERMS.map(({ name }, n) => [name, weights[n]!]);
  return { popularity: params, weights: Object.fromEntries(named), fits };
}

/** The recipe that is proven on look-backs against the first, given the scored candidates of each. */
function provenIn(
  all: readonly LookBack[],
  recipes: readonly Recipe[],
  scoredBy: (it: Recipe, n: number) => Scored,
) {
  const { best, quality, shipped } = provenBest(
    recipes.map((it) => all.map(({ people }, n) => qualityOf(scoredBy(it, n), it.weights, people))),
    0,
    all.map(weightOf),
  );
  const figures = { observations: all.length, nDcg: quality, shippedNDcg: shipped };
  return { recipe: recipes[best]!, figures };
}

/** Weight of a look-back: the more people, the better it is known what was best then. */
const weightOf = ({ people }: LookBack) => people.length / (people.length + PEOPLE_HALF);

function weightedMean(all: readonly LookBack[], value: (it: LookBack, n: number) => number) {
  const total = all.reduce((sum, it) => sum + weightOf(it), 0);
  return all.reduce((sum, it, n) => sum + weightOf(it) * value(it, n), 0) / total;
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

/** Ways to count popularity. What texts lead to expect is fitted by itself, once the others are known. */
function countings(days: number): Recipe[] {
  const halfLives = HALF_LIVES_DAYS.filter((it, n) => n === 0 || it >= days);
  return halfLives.flatMap((halfLifeDays) =>
    LATER_WEIGHTS.map((laterWeight) =>
      withWeights({ ...POPULARITY, halfLifeDays, laterWeight, priorWeight: 0 }),
    ),
  );
}

/** The mean nDCG@20 of a look-back's people with a list. */
function qualityOf(scored: Scored, weights: TermWeights, people: LookBack["people"]): number {
  const mostSeen = people.reduce((most, { seen }) => Math.max(most, seen.size), 0);
  const order = listOf(scored, weights, mostSeen + K);
  const total = people.reduce((sum, { seen, positives }) => {
    const list = unseen(seen, order);
    return sum + nDcg(list.rows, positives, K, list.scores);
  }, 0);
  return total / people.length;
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
