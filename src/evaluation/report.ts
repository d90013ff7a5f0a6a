/** From measured lists to a table that says who is better, by how much, and how sure that is. */
import { AUDIENCES, type Audience } from "../ranking/audience.ts";
import { answersTo, byMetric, METRIC_NAMES, type Answers, type Metric } from "./runs.ts";
import { bootstrap, meanOf } from "./bootstrap.ts";
import { POPULARITIES, popularityOf, type Catalogue, type PostPopularity } from "./catalogue.ts";
import { differences, type Difference } from "./compare.ts";
import { DEPTH } from "./systems.ts";
import { coverage, exposure, gini, intraListDiversity, novelty, recall } from "./metrics.ts";

/** What is told of the lists, whatever people liked; see metrics.ts. */
export const LIST_METRICS = [
  `coverage@${DEPTH}`,
  `gini@${DEPTH}`,
  `novelty@${DEPTH}`,
  `diversity@${DEPTH}`,
] as const;

/** Means over cases; `null` where there is nothing to tell of: no list, or texts without vectors. */
export type Means = Readonly<Record<Metric, number>> &
  Readonly<Record<(typeof LIST_METRICS)[number], number | null>>;

/** The ends of a 95 % interval. */
export type Ends = readonly [low: number, high: number];

/** One contender's line. */
export type Row = {
  readonly model: string;
  readonly metrics: Means;
  readonly intervals: Readonly<Record<Metric, Ends>>;
};

/** Everybody, or the people of one audience. */
export type Group = {
  readonly cases: number;
  readonly rows: readonly Row[];
  readonly differences: readonly Difference[];
};

/** How much of what people liked among some posts was found, by those who liked any of them. */
export type PostGroup = {
  readonly cases: number;
  readonly rows: readonly {
    readonly model: string;
    readonly "recall@20": number;
    readonly interval: Ends;
  }[];
};

/** Everybody's results at the top, those of each audience and of each kind of post below. */
export type Report = Group & {
  readonly protocol: string;
  readonly seed: number;
  /** Posts that could be recommended. */
  readonly catalogue: number;
  readonly audiences: Readonly<Partial<Record<Audience, Group>>>;
  readonly posts: Readonly<Partial<Record<PostPopularity, PostGroup>>>;
};

/** What the answers do not tell; entry n of the lists belongs to case n. */
export type About = Pick<Report, "protocol" | "seed"> & {
  readonly catalogue: Catalogue;
  readonly audiences: readonly Audience[];
  readonly relevant: readonly ReadonlySet<number>[];
};

/** Sum up what everybody answered to the same cases. */
export function reportOf(answers: readonly Answers[], about: About): Report {
  const { protocol, seed, catalogue, audiences } = about;
  const groups = AUDIENCES.map((audience) => {
    const places = [...audiences.keys()].filter((n) => audiences[n] === audience);
    return [audience, answers.map((it) => answersTo(places, it))] as const;
  });
  return {
    protocol,
    seed,
    catalogue: catalogue.rows.length,
    ...groupOf(answers, catalogue, seed),
    audiences: Object.fromEntries(
      groups
        .filter(([, some]) => some[0]!.lists.length > 0)
        .map(([audience, some]) => [audience, groupOf(some, catalogue, seed)]),
    ),
    posts: byPosts(answers, about),
  };
}

function groupOf(answers: readonly Answers[], catalogue: Catalogue, seed: number): Group {
  return {
    cases: answers[0]!.lists.length,
    rows: answers.map((it) => rowOf(it, catalogue, seed)),
    differences: differences(answers, seed),
  };
}

function rowOf({ model, lists, values }: Answers, catalogue: Catalogue, seed: number): Row {
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
  const open = Uint32Array.from(rows, (row) => shown[row]!);
  // Who recommends nothing is neither novel nor monotonous.
  const mean = (atLeast: number, of: (list: Uint32Array) => number) => {
    const some = lists.filter((it) => it.length >= atLeast);
    return some.length === 0 ? null : meanOf(Float64Array.from(some, of));
  };
  return {
    "coverage@20": coverage(open),
    "gini@20": gini(open),
    "novelty@20": mean(1, (list) => novelty(list, likes, people, DEPTH)),
    "diversity@20": similarity ? mean(2, (it) => intraListDiversity(it, similarity, DEPTH)) : null,
  };
}

/** Recall of each kind of post, over the people who liked any of it. */
function byPosts(answers: readonly Answers[], { catalogue, relevant, seed }: About) {
  const kindOf = popularityOf(catalogue);
  const groups = POPULARITIES.flatMap((kind) => {
    const wanted = relevant.map((rows) => new Set([...rows].filter((it) => kindOf[it] === kind)));
    const cases = [...wanted.keys()].filter((n) => wanted[n]!.size > 0);
    if (cases.length === 0) return [];
    const columns = answers.map(({ lists }) =>
      Float64Array.from(cases, (n) => recall(lists[n]!, wanted[n]!, DEPTH)),
    );
    const rows = bootstrap(columns, seed).map(({ mean, low, high }, c) => ({
      model: answers[c]!.model,
      "recall@20": mean,
      interval: [low, high] as const,
    }));
    return [[kind, { cases: cases.length, rows }] as const];
  });
  return Object.fromEntries(groups);
}
