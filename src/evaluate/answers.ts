/** Ask every contender about every case, and measure each list. */
import type { Query } from "../rank/query.ts";
import type { Contender } from "./contenders.ts";
import { nDcg, recall, reciprocalRank } from "./metrics.ts";

/** What is measured of each list; coverage is of all lists together. */
export const METRICS = {
  "recall@10": (list, relevant) => recall(list, relevant, 10),
  "recall@20": (list, relevant) => recall(list, relevant, 20),
  "ndcg@10": (list, relevant) => nDcg(list, relevant, 10),
  "ndcg@20": (list, relevant) => nDcg(list, relevant, 20),
  "mrr@20": (list, relevant) => reciprocalRank(list, relevant, 20),
} as const satisfies Record<string, (list: Uint32Array, relevant: ReadonlySet<number>) => number>;

export type Metric = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as Metric[];

/** Something for every metric. */
export function byMetric<T>(valueOf: (metric: Metric) => T): Record<Metric, T> {
  return Object.fromEntries(METRIC_NAMES.map((it) => [it, valueOf(it)])) as Record<Metric, T>;
}

/** Somebody to recommend to, and the rows that they really liked next. */
export type Question = { readonly query: Query; readonly relevant: ReadonlySet<number> };

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
  for (const { query, relevant } of questions) {
    for (const [c, { recommend }] of contenders.entries()) {
      const list = recommend(query);
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
