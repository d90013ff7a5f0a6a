/** The learning curve: how good everybody's lists are, by how much of a history they may know. */
import type { Answers } from "./runs.ts";
import { bootstrap, type Interval } from "./bootstrap.ts";
import type { Case } from "./cases.ts";
import { POPULARITY, RECENT_POPULARITY } from "./systems.ts";
import { ask, casesIn, type EvaluateOptions } from "./evaluate.ts";

/** History lengths of the curve. */
export const LENGTHS = [0, 1, 2, 3, 5, 10] as const;

const METRICS = ["ndcg@20", "recall@20"] as const;
const RIVALS: readonly string[] = [POPULARITY, RECENT_POPULARITY];

/** One point of one contender's curve. */
export type CurveRow = {
  /** Posts of the history that were known. */
  readonly length: number;
  readonly cases: number;
  readonly model: string;
  readonly metrics: Readonly<Record<(typeof METRICS)[number], Interval>>;
  /** By how much its nDCG@20 is above a rival's, case by case. */
  readonly over: Readonly<Record<string, Interval>>;
};

/** Everybody's curves: at each of {@link LENGTHS}, a row a contender. */
export function curve(options: EvaluateOptions): CurveRow[] {
  const whole = casesIn(options);
  return LENGTHS.flatMap((length) => {
    const cases = casesAt(length, whole);
    return cases.length === 0 ? [] : curveRows(length, ask(options, cases), options.seed);
  });
}

/**
 * The cases of one point: everybody with at least so long a history, cut to their newest posts; at
 * 0 those who really are new. People we know have seen the popular posts already, so that with
 * their history hidden they would still not be like newcomers; what they saw is never offered.
 */
export function casesAt(length: number, whole: readonly Case[]): Case[] {
  return whole
    .filter((it) => (length === 0 ? it.length === 0 : it.length >= length))
    .map((it) => ({ ...it, length }));
}

/**
 * One point of everybody's curves.
 *
 * @param answers  Of all contenders to the same cases, whose histories were cut to `length`.
 */
export function curveRows(length: number, answers: readonly Answers[], seed: number): CurveRow[] {
  const rivals = answers.filter(({ model }) => RIVALS.includes(model));
  const columns = answers.flatMap(({ values }) => [
    ...METRICS.map((it) => values[it]),
    ...rivals.map((rival) => values["ndcg@20"].map((it, n) => it - rival.values["ndcg@20"][n]!)),
  ]);
  const intervals = bootstrap(columns, seed);
  const width = METRICS.length + rivals.length;
  return answers.map(({ model, lists }, n) => {
    const own = intervals.slice(n * width, (n + 1) * width);
    return {
      length,
      cases: lists.length,
      model,
      metrics: { "ndcg@20": own[0]!, "recall@20": own[1]! },
      over: Object.fromEntries(
        rivals
          .map((rival, r) => [rival.model, own[METRICS.length + r]!] as const)
          .filter(([name]) => name !== model),
      ),
    };
  });
}
