/** Ask every contender about every case, and measure each list. */
import type { Query } from "../rank/query.ts";
import type { Contender } from "./contenders.ts";
import { hitRate, nDcg, recall, reciprocalRank } from "./metrics.ts";

/** What is measured of each list. */
export const METRICS = {
  "recall@10": (list, relevant) => recall(list, relevant, 10),
  "recall@20": (list, relevant) => recall(list, relevant, 20),
  "ndcg@10": (list, relevant) => nDcg(list, relevant, 10),
  "ndcg@20": (list, relevant) => nDcg(list, relevant, 20),
  "hr@10": (list, relevant) => hitRate(list, relevant, 10),
  "hr@20": (list, relevant) => hitRate(list, relevant, 20),
  "mrr@10": (list, relevant) => reciprocalRank(list, relevant, 10),
  "mrr@20": (list, relevant) => reciprocalRank(list, relevant, 20),
} as const satisfies Record<string, (list: Uint32Array, relevant: ReadonlySet<number>) => number>;

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
  readonly lists: readonly Uint32Array[];
  readonly values: Readonly<Record<Metric, Float64Array>>;
};

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
  let answered = 0;
  for (const { query, rows, relevant } of questions) {
    for (const [c, { recommend }] of contenders.entries()) {
      const list = recommend(query, rows);
      lists[c]!.push(list);
      for (const it of METRIC_NAMES) values[c]![it].push(METRICS[it](list, relevant));
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
