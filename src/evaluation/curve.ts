/** Learning curve: the quality of every system by the number of posts that it knows of a history. */
import type { Run } from "./runs.ts";
import { bootstrap, type Interval } from "./bootstrap.ts";
import type { Case } from "./cases.ts";
import { POPULARITY, RECENT_POPULARITY } from "./systems.ts";
import { heldOutCases, runsOver, type RunOptions } from "./evaluate.ts";

/** History lengths of the curve, in posts. */
export const LENGTHS = [0, 1, 2, 3, 5, 10] as const;

const METRICS = ["ndcg@20", "recall@20"] as const;
const RIVALS: readonly string[] = [POPULARITY, RECENT_POPULARITY];

/** One point of one system's curve. */
export type CurveRow = {
  /** Posts of the history that the system knew. */
  readonly length: number;
  readonly cases: number;
  readonly model: string;
  readonly metrics: Readonly<Record<(typeof METRICS)[number], Interval>>;
  /** Paired difference of its nDCG@20 to each kind of popularity. */
  readonly over: Readonly<Record<string, Interval>>;
};

/** The curves: a row per length of {@link LENGTHS} and system. */
export function curve(options: RunOptions & { readonly seed: number }): CurveRow[] {
  const whole = heldOutCases(options);
  return LENGTHS.flatMap((length) => {
    const cases = casesAt(length, whole);
    return cases.length === 0 ? [] : curveRows(length, runsOver(options, cases), options.seed);
  });
}

/**
 * The cases of one point: everybody with a history of at least `length`, cut to it. At 0 only users
 * who are new: people with a hidden history have seen the popular posts, so they do not stand for
 * newcomers.
 */
export function casesAt(length: number, whole: readonly Case[]): Case[] {
  return whole
    .filter((it) => (length === 0 ? it.length === 0 : it.length >= length))
    .map((it) => ({ ...it, length }));
}

/**
 * One point of every system's curve.
 *
 * @param runs  Of all systems over the same cases, whose histories were cut to `length`.
 */
export function curveRows(length: number, runs: readonly Run[], seed: number): CurveRow[] {
  const rivals = runs.filter(({ model }) => RIVALS.includes(model));
  const columns = runs.flatMap(({ values }) => [
    ...METRICS.map((it) => values[it]),
    ...rivals.map((rival) => values["ndcg@20"].map((it, n) => it - rival.values["ndcg@20"][n]!)),
  ]);
  const intervals = bootstrap(columns, seed);
  const width = METRICS.length + rivals.length;
  return runs.map(({ model, lists }, n) => {
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
