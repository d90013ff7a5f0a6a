/** The report: metrics of every system with intervals, by audience and by popularity of posts. */
import { AUDIENCES, type Audience } from "../ranking/audience.ts";
import { subsetOf, byMetric, METRIC_NAMES, type Run, type Metric } from "./runs.ts";
import { meanOf } from "../linalg/vector.ts";
import { bootstrap } from "./bootstrap.ts";
import {
  POPULARITY_GROUPS,
  popularityGroups,
  type Catalogue,
  type PostPopularity,
} from "./catalogue.ts";
import { differences, type Difference } from "./compare.ts";
import { DEPTH } from "./systems.ts";
import { coverage, exposure, gini, intraListDiversity, novelty, recall } from "./metrics.ts";

/** Metrics of lists that need no relevance judgements, see metrics.ts. */
export const LIST_METRICS = [
  `coverage@${DEPTH}`,
  `gini@${DEPTH}`,
  `novelty@${DEPTH}`,
  `diversity@${DEPTH}`,
] as const;

/** Means over cases; `null` without a list, or without text vectors. */
type Means = Readonly<Record<Metric, number>> &
  Readonly<Record<(typeof LIST_METRICS)[number], number | null>>;

/** The ends of a 95 % interval. */
type Ends = readonly [low: number, high: number];

/** One system's line. */
export type Row = {
  readonly model: string;
  readonly metrics: Means;
  readonly intervals: Readonly<Record<Metric, Ends>>;
};

/** Results over all cases, or those of one audience. */
export type Group = {
  readonly cases: number;
  readonly rows: readonly Row[];
  readonly differences: readonly Difference[];
};

/** Recall among the posts of one popularity group, over the people who liked one of them. */
export type PostGroup = {
  readonly cases: number;
  readonly rows: readonly {
    readonly model: string;
    readonly "recall@20": number;
    readonly interval: Ends;
  }[];
};

/** Results over all cases, and those of each audience and popularity group. */
export type Report = Group & {
  /** One sentence: the data, and what of it is held out. */
  readonly protocol: string;
  readonly seed: number;
  /** Posts that may be recommended. */
  readonly catalogue: number;
  readonly audiences: Readonly<Partial<Record<Audience, Group>>>;
  readonly posts: Readonly<Partial<Record<PostPopularity, PostGroup>>>;
};

/** Facts for the report besides the runs; entry n of the lists belongs to case n. */
export type About = Pick<Report, "protocol" | "seed"> & {
  readonly catalogue: Catalogue;
  readonly audiences: readonly Audience[];
  readonly relevant: readonly ReadonlySet<number>[];
};

/** Sums up the runs of all systems over the same cases. */
export function reportOf(runs: readonly Run[], about: About): Report {
  const { protocol, seed, catalogue, audiences } = about;
  const groups = AUDIENCES.map((audience) => {
    const places = [...audiences.keys()].filter((n) => audiences[n] === audience);
    return [audience, runs.map((it) => subsetOf(it, places))] as const;
  });
  return {
    protocol,
    seed,
    catalogue: catalogue.rows.length,
    ...groupOf(runs, catalogue, seed),
    audiences: Object.fromEntries(
      groups
        .filter(([, some]) => some[0]!.lists.length > 0)
        .map(([audience, some]) => [audience, groupOf(some, catalogue, seed)]),
    ),
    posts: byPopularity(runs, about),
  };
}

function groupOf(runs: readonly Run[], catalogue: Catalogue, seed: number): Group {
  return {
    cases: runs[0]!.lists.length,
    rows: runs.map((it) => rowOf(it, catalogue, seed)),
    differences: differences(runs, seed),
  };
}

function rowOf({ model, lists, values }: Run, catalogue: Catalogue, seed: number): Row {
  const columns = METRIC_NAMES.map((it) => values[it]);
  const intervals = bootstrap(columns, seed);
  return {
    model,
    metrics: { ...byMetric((it) => meanOf(values[it])), ...listMetrics(lists, catalogue) },
    intervals: byMetric((it) => {
      const { low, high } = intervals[METRIC_NAMES.indexOf(it)]!;
      return [low, high] as const;
    }),
  };
}

function listMetrics(lists: readonly Uint32Array[], catalogue: Catalogue) {
  const { rows, likes, people, similarity } = catalogue;
  const shown = exposure(lists, likes.length, DEPTH);
  const eligible = Uint32Array.from(rows, (row) => shown[row]!);
  // Empty lists are left out: they are neither novel nor monotonous.
  const mean = (atLeast: number, of: (list: Uint32Array) => number) => {
    const some = lists.filter((it) => it.length >= atLeast);
    return some.length === 0 ? null : meanOf(Float64Array.from(some, of));
  };
  return {
    "coverage@20": coverage(eligible),
    "gini@20": gini(eligible),
    "novelty@20": mean(1, (list) => novelty(list, likes, people, DEPTH)),
    "diversity@20": similarity ? mean(2, (it) => intraListDiversity(it, similarity, DEPTH)) : null,
  };
}

/** Recall within each popularity group, over the people who liked a post of it. */
function byPopularity(runs: readonly Run[], { catalogue, relevant, seed }: About) {
  const groupOfRow = popularityGroups(catalogue);
  const groups = POPULARITY_GROUPS.flatMap((group) => {
    const liked = relevant.map(
      (rows) => new Set([...rows].filter((row) => groupOfRow[row] === group)),
    );
    const cases = [...liked.keys()].filter((n) => liked[n]!.size > 0);
    if (cases.length === 0) return [];
    const columns = runs.map(({ lists }) =>
      Float64Array.from(cases, (n) => recall(lists[n]!, liked[n]!, DEPTH)),
    );
    const rows = bootstrap(columns, seed).map(({ mean, low, high }, c) => ({
      model: runs[c]!.model,
      "recall@20": mean,
      interval: [low, high] as const,
    }));
    return [[group, { cases: cases.length, rows }] as const];
  });
  return Object.fromEntries(groups);
}
