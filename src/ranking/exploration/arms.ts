/** Arms of the bandit: beliefs about completion as Beta distributions, of new posts and of the posts that they challenge. */
import { betaCdf, winChances, type Cdf } from "../../linalg/beta.ts";
import { remembered } from "../../models/contract.ts";
import type { Trials } from "../../models/trials.ts";

/** Weight of the prior of a new post, in impressions. */
const PRIOR_STRENGTH = 10;
/** Strength of the belief about an incumbent, in impressions: completion differs that much between good posts. */
const INCUMBENT_STRENGTH = 20;
/** Lowest and highest completion that is believed of posts in general. */
const RATE_MIN = 0.05;
const RATE_MAX = 0.95;
/** Steps of bisection: the mean of a prior is exact to a millionth. */
const BISECTIONS = 20;
/** Most tables that are remembered, 2 kB each. */
const REMEMBERED_MAX = 4_000;

const tables = new Map<string, Cdf>();
const priors = new Map<string, number>();
const chances = new Map<string, Float64Array>();
/** A number for each table, in place of its content. */
const numbers = new WeakMap<Cdf, number>();
let given = 0;

/** Belief about a post that stands in a feed by its own merit. */
export function incumbentArm({ completionRate }: Trials): Cdf {
  return tableOf(believable(completionRate), INCUMBENT_STRENGTH);
}

/**
 * Beliefs about entries of the trials: the prior until a post has had its first impressions, then with what
 * came of these.
 *
 * @param rivals  Number of new posts in the same contest.
 * @param chance  Chance that one of them is to win as long as nothing is known of them.
 */
export function trialArms(trials: Trials, rivals: number, chance: number): (n: number) => Cdf {
  const { impressions, completions, completionRate, promised } = trials;
  const known = armsIn(trials);
  const key = rivals + chance; // the chance is above 0, and 1 at most
  let arms = known.get(key);
  if (arms === undefined) known.set(key, (arms = []));
  const mean = priorMean(completionRate, rivals, chance);
  return (n) => {
    const seen = impressions[n]! < promised ? 0 : impressions[n]!;
    const strength = PRIOR_STRENGTH + seen;
    const completed = PRIOR_STRENGTH * mean + Math.min(seen, completions[n]!);
    return (arms[n] ??= tableOf(completed / strength, strength));
  };
}

/** Arms by entry, of each number of rivals and chance. */
const armsIn = remembered((_: Trials) => new Map<number, Cdf[]>());

/**
 * Mean of the prior with which the best of `rivals` draws beats the incumbent's draw with the given chance.
 * With Beta(1, 1) instead, the best of five would nearly always win.
 */
export function priorMean(completionRate: number, rivals: number, chance: number): number {
  const rate = believable(completionRate);
  const key = `${rate} ${rivals} ${chance}`;
  const known = priors.get(key);
  if (known !== undefined) return known;
  const incumbent = tableOf(rate, INCUMBENT_STRENGTH);
  let [low, high] = [0, 1];
  for (let n = 0; n < BISECTIONS; n++) {
    const mean = (low + high) / 2;
    const rival = betaCdf(mean, PRIOR_STRENGTH);
    const [stays] = winChances([incumbent, ...Array<Cdf>(rivals).fill(rival)]);
    if (1 - stays! < chance) low = mean;
    else high = mean;
  }
  const mean = (low + high) / 2;
  remember(priors, key, mean);
  return mean;
}

/** {@link winChances}, remembered: people who ask at the same time see the same new posts. */
export function chancesOf(arms: readonly Cdf[]): Float64Array {
  const key = arms.map(numberOf).join();
  const known = chances.get(key);
  if (known !== undefined) return known;
  const found = winChances(arms);
  remember(chances, key, found);
  return found;
}

function numberOf(table: Cdf): number {
  let number = numbers.get(table);
  if (number === undefined) numbers.set(table, (number = ++given));
  return number;
}

/** The rate in whole percent, so that tables can be remembered. */
function believable(rate: number): number {
  return Math.round(100 * Math.min(RATE_MAX, Math.max(RATE_MIN, rate))) / 100;
}

function tableOf(mean: number, strength: number): Cdf {
  const key = `${mean} ${strength}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = betaCdf(mean, strength);
  remember(tables, key, table);
  return table;
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(key, value);
}
