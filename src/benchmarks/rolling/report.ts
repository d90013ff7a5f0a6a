/** The rolling benchmark's report: means over people, with intervals by resampling weeks. */
import { bootstrap, type Interval } from "../../evaluation/bootstrap.ts";
import { FEED } from "../../evaluation/systems.ts";
import { meanOf } from "../../linalg/vector.ts";
import { POPULARITIES } from "./baselines.ts";
import { SHIPPED, SYSTEMS, type Rolled } from "./roll.ts";
import { GROUPS, type Group, type RollingSet } from "./weeks.ts";

/** One system's figures in one group. */
type SystemRow = {
  readonly model: string;
  readonly "ndcg@20": Interval;
  readonly "recall@20": Interval;
};

/** Results of one group. */
export type GroupReport = {
  readonly cases: number;
  /** Weeks with a case. */
  readonly weeks: number;
  readonly rows: readonly SystemRow[];
  /** nDCG@20 of the feed less that of the baseline that turned out best, and of the shipped settings. */
  readonly differences: readonly ({ readonly over: string } & Interval)[];
};

/** Results of one set. */
export type RollingReport = {
  readonly set: string;
  readonly days: number;
  readonly seed: number;
  /** Groups without a case are absent. */
  readonly groups: Readonly<Partial<Record<Group, GroupReport>>>;
  /** nDCG@20 of the feed in each group by the seed of learning, the first included. */
  readonly bySeed: Readonly<Record<number, Readonly<Partial<Record<Group, number>>>>>;
};

/** Sums up runs over one set; those of further seeds tell only what chance decides. */
export function rollingReport(
  { name, days }: RollingSet,
  runs: readonly { readonly seed: number; readonly rolled: Readonly<Record<Group, Rolled>> }[],
): RollingReport {
  const { seed, rolled } = runs[0]!;
  const some = GROUPS.filter((it) => rolled[it].weeks.length > 0);
  const feedOf = (of: Readonly<Record<Group, Rolled>>) =>
    Object.fromEntries(some.map((it) => [it, meanOf(of[it].nDcg[FEED]!)]));
  return {
    set: name,
    days,
    seed,
    groups: Object.fromEntries(some.map((it) => [it, groupReport(rolled[it], seed)])),
    bySeed: Object.fromEntries(runs.map((it) => [it.seed, feedOf(it.rolled)])),
  };
}

function groupReport({ weeks, nDcg, recall }: Rolled, seed: number): GroupReport {
  const distinct = [...new Set(weeks)];
  const clusters = weeks.map((it) => distinct.indexOf(it));
  const intervals = (columns: readonly Float64Array[]) => bootstrap(columns, seed, clusters);
  const best = POPULARITIES.reduce((a, b) => (meanOf(nDcg[b]!) > meanOf(nDcg[a]!) ? b : a));
  const rivals = [best, SHIPPED];
  const feed = nDcg[FEED]!;
  const gains = intervals(rivals.map((it) => feed.map((value, n) => value - nDcg[it]![n]!)));
  const [accuracy, found] = [nDcg, recall].map((by) => intervals(SYSTEMS.map((it) => by[it]!)));
  return {
    cases: weeks.length,
    weeks: distinct.length,
    rows: SYSTEMS.map((model, n) => ({
      model,
      "ndcg@20": accuracy![n]!,
      "recall@20": found![n]!,
    })),
    differences: rivals.map((over, n) => ({ over, ...gains[n]! })),
  };
}
