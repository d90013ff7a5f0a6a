/** From measured lists to a table that says who is better, by how much, and how sure that is. */
import { AUDIENCES, type Audience } from "../rank/audience.ts";
import { byMetric, METRIC_NAMES, type Answers, type Metric } from "./answers.ts";
import { bootstrap, meanOf } from "./bootstrap.ts";
import { differences, type Difference } from "./compare.ts";
import { DEPTH } from "./contenders.ts";
import { coverage } from "./metrics.ts";

/** Share of the catalogue that somebody's list shows. */
export const COVERAGE = `coverage@${DEPTH}` as const;

/** Means over cases. */
export type Means = Readonly<Record<Metric | typeof COVERAGE, number>>;

/** One contender's line. */
export type Row = {
  readonly model: string;
  readonly metrics: Means;
  /** 95 %, `[low, high]`. */
  readonly intervals: Readonly<Record<Metric, readonly [number, number]>>;
};

/** Everybody, or the people of one audience. */
export type Group = {
  readonly cases: number;
  readonly rows: readonly Row[];
  readonly differences: readonly Difference[];
};

/** Everybody's results at the top, those of each audience that there is below. */
export type Report = Group & {
  readonly protocol: string;
  readonly seed: number;
  /** Posts that could be recommended. */
  readonly catalogue: number;
  readonly audiences: Readonly<Partial<Record<Audience, Group>>>;
};

/** What the answers do not tell. */
export type About = Pick<Report, "protocol" | "seed" | "catalogue"> & {
  /** Entry n belongs to case n. */
  readonly audiences: readonly Audience[];
};

/** Sum up what everybody answered to the same cases. */
export function reportOf(answers: readonly Answers[], about: About): Report {
  const { protocol, seed, catalogue, audiences } = about;
  const groups = AUDIENCES.map((audience) => {
    const places = [...audiences.keys()].filter((n) => audiences[n] === audience);
    return [audience, answers.map((it) => only(it, places))] as const;
  });
  return {
    protocol,
    seed,
    catalogue,
    ...groupOf(answers, catalogue, seed),
    audiences: Object.fromEntries(
      groups
        .filter(([, some]) => some[0]!.lists.length > 0)
        .map(([audience, some]) => [audience, groupOf(some, catalogue, seed)]),
    ),
  };
}

function groupOf(answers: readonly Answers[], catalogue: number, seed: number): Group {
  return {
    cases: answers[0]!.lists.length,
    rows: answers.map((it) => rowOf(it, catalogue, seed)),
    differences: differences(answers, seed),
  };
}

function rowOf({ model, lists, values }: Answers, catalogue: number, seed: number): Row {
  const columns = METRIC_NAMES.map((it) => values[it]);
  const intervals = bootstrap(columns, seed);
  return {
    model,
    metrics: {
      ...byMetric((it) => meanOf(values[it])),
      [COVERAGE]: coverage(lists, catalogue, DEPTH),
    },
    intervals: byMetric((it) => {
      const { low, high } = intervals[METRIC_NAMES.indexOf(it)]!;
      return [low, high] as const;
    }),
  };
}

/** The answers to some of the cases. */
function only({ model, lists, values }: Answers, places: readonly number[]): Answers {
  return {
    model,
    lists: places.map((n) => lists[n]!),
    values: byMetric((it) => Float64Array.from(places, (n) => values[it][n]!)),
  };
}
