/** Runs: the lists that systems recommend for every case, and the metrics of each list. */
import { seededRandom } from "../linalg/random.ts";
import type { Query } from "../ranking/query.ts";
import { DEPTH, type System } from "./systems.ts";
import { hitRate, nDcg, recall, reciprocalRank } from "./metrics.ts";
import { breakTies } from "./ranking.ts";

type Measure = (list: Uint32Array, relevant: ReadonlySet<number>, scores?: Float32Array) => number;

const at =
  (k: number, metric: typeof recall): Measure =>
  (list, relevant, scores) =>
    metric(list, relevant, k, scores);

/** Accuracy metrics of a list, see metrics.ts. */
export const METRICS = {
  "recall@10": at(10, recall),
  "recall@20": at(20, recall),
  "ndcg@10": at(10, nDcg),
  "ndcg@20": at(20, nDcg),
  "hr@10": at(10, hitRate),
  "hr@20": at(20, hitRate),
  "mrr@10": at(10, reciprocalRank),
  "mrr@20": at(20, reciprocalRank),
} as const;

export type Metric = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as Metric[];

/** A record with a value for every metric. */
export function byMetric<T>(valueOf: (metric: Metric) => T): Record<Metric, T> {
  return Object.fromEntries(METRIC_NAMES.map((it) => [it, valueOf(it)])) as Record<Metric, T>;
}

/** A query with its relevance judgements. */
export type JudgedQuery = {
  readonly query: Query;
  /** Candidates: rows that may be recommended, ascending. */
  readonly rows: Uint32Array;
  /** Rows that the person liked next. */
  readonly relevant: ReadonlySet<number>;
};

/** The lists of one system, and their metrics: entry n of every column belongs to case n. */
export type Run = {
  /** Name of the system. */
  readonly model: string;
  /** At most {@link DEPTH} rows each; ties for the last places are broken at random. */
  readonly lists: readonly Uint32Array[];
  readonly values: Readonly<Record<Metric, Float64Array>>;
};

/** Seed of breaking ties; any value will do. */
const SEED = 1;

/**
 * Runs every system over all queries.
 *
 * @param queries  Read one at a time, since a query holds columns as long as the catalogue.
 * @param onQuery  Called after each query.
 */
export function runSystems(
  systems: readonly System[],
  queries: Iterable<JudgedQuery>,
  onQuery?: (done: number) => void,
): Run[] {
  const lists = systems.map((): Uint32Array[] => []);
  const values = systems.map(() => byMetric((): number[] => []));
  const random = seededRandom(SEED);
  let done = 0;
  for (const { query, rows, relevant } of queries) {
    for (const [s, { recommend }] of systems.entries()) {
      const ranking = recommend(query, rows);
      lists[s]!.push(breakTies(ranking, DEPTH, random));
      for (const it of METRIC_NAMES)
        values[s]![it].push(METRICS[it](ranking.rows, relevant, ranking.scores));
    }
    onQuery?.(++done);
  }
  return systems.map(({ name }, s) => ({
    model: name,
    lists: lists[s]!,
    values: byMetric((it) => Float64Array.from(values[s]![it])),
  }));
}

/** A run restricted to the cases at the indices `cases`. */
export function subsetOf({ model, lists, values }: Run, cases: readonly number[]): Run {
  return {
    model,
    lists: cases.map((n) => lists[n]!),
    values: byMetric((it) => Float64Array.from(cases, (n) => values[it][n]!)),
  };
}
