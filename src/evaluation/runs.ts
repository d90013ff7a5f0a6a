/** Ask every contender about every case, and measure each list. */
import { seededRandom } from "../linalg/random.ts";
import type { Query } from "../ranking/query.ts";
import { DEPTH, type Contender } from "./systems.ts";
import { hitRate, nDcg, recall, reciprocalRank } from "./metrics.ts";
import { drawn } from "./ranking.ts";

type Measure = (list: Uint32Array, relevant: ReadonlySet<number>, scores?: Float32Array) => number;

const first =
  (k: number, metric: typeof recall): Measure =>
  (list, relevant, scores) =>
    metric(list, relevant, k, scores);

/** What is measured of each list; see metrics.ts. */
export const METRICS = {
  "recall@10": first(10, recall),
  "recall@20": first(20, recall),
  "ndcg@10": first(10, nDcg),
  "ndcg@20": first(20, nDcg),
  "hr@10": first(10, hitRate),
  "hr@20": first(20, hitRate),
  "mrr@10": first(10, reciprocalRank),
  "mrr@20": first(20, reciprocalRank),
} as const;

export type Metric = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as Metric[];

/** Something for every metric. */
export function byMetric<T>(valueOf: (metric: Metric) => T): Record<Metric, T> {
  return Object.fromEntries(METRIC_NAMES.map((it) => [it, valueOf(it)])) as Record<Metric, T>;
}

/** Somebody to recommend to, and the rows that they really liked next. */
export type Question = {
  readonly query: Query;
  /** Rows that may be recommended to them, ascending. */
  readonly rows: Uint32Array;
  readonly relevant: ReadonlySet<number>;
};

/** What one contender recommended; entry n of every column is about case n. */
export type Answers = {
  readonly model: string;
  /** At most {@link DEPTH} rows each; ties for the last places are drawn. */
  readonly lists: readonly Uint32Array[];
  readonly values: Readonly<Record<Metric, Float64Array>>;
};

/** Of drawing ties: any will do. */
const SEED = 1;

/**
 * @param questions  Made one at a time: a query holds columns as long as the catalogue.
 * @param onAnswer  Told after each case.
 */
export function answersOf(
  contenders: readonly Contender[],
  questions: Iterable<Question>,
  onAnswer?: (answered: number) => void,
): Answers[] {
  const lists = contenders.map((): Uint32Array[] => []);
  const values = contenders.map(() => byMetric((): number[] => []));
  const random = seededRandom(SEED);
  let answered = 0;
  for (const { query, rows, relevant } of questions) {
    for (const [c, { recommend }] of contenders.entries()) {
      const answer = recommend(query, rows);
      lists[c]!.push(drawn(answer, DEPTH, random));
      for (const it of METRIC_NAMES)
        values[c]![it].push(METRICS[it](answer.rows, relevant, answer.scores));
    }
    onAnswer?.(++answered);
  }
  return contenders.map(({ name }, c) => ({
    model: name,
    lists: lists[c]!,
    values: byMetric((it) => Float64Array.from(values[c]![it])),
  }));
}

/** The answers to some of the cases. */
export function answersTo(places: readonly number[], { model, lists, values }: Answers): Answers {
  return {
    model,
    lists: places.map((n) => lists[n]!),
    values: byMetric((it) => Float64Array.from(places, (n) => values[it][n]!)),
  };
}
