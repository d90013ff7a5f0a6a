/**
 * The rolling benchmark: learns a dataset as of the start of each week with what it knew the week before,
 * and scores the lists on what people liked in that week.
 *
 * At one cut in time all newcomers get one list, so that such a split is a single observation of it,
 * however many people it holds. Here each week is one.
 */
import { heldOutCases, runsOver } from "../../evaluation/evaluate.ts";
import type { Run } from "../../evaluation/runs.ts";
import { BLEND, FEED } from "../../evaluation/systems.ts";
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import type { Model } from "../../snapshot/model.ts";
import { learn } from "../../training/run.ts";
import { exactRanker } from "../exact-ranker.ts";
import { popularities, POPULARITIES } from "./baselines.ts";
import { grouped, GROUPS, weeksOf, type Group, type RollingSet, type Week } from "./weeks.ts";

/** The feed of a model with the shipped settings: what fitting is worth. */
export const SHIPPED = "shipped";
/** The systems, in the order of the report. */
export const SYSTEMS = [...POPULARITIES, SHIPPED, BLEND, FEED] as const;

/** Options of a run. */
type RollingRun = {
  readonly seed: number;
  readonly kernel: Kernel;
  /** Number of weeks. */
  readonly weeks: number;
  /** Called after each week. */
  readonly onWeek: (done: number) => void;
};

/** Results of one group over all weeks: entry n of every column belongs to one case. */
export type Rolled = {
  /** Week of each case, from 0. */
  readonly weeks: readonly number[];
  /** nDCG@20 and recall@20 by the name of a system. */
  readonly nDcg: Readonly<Record<string, Float64Array>>;
  readonly recall: Readonly<Record<string, Float64Array>>;
};

/** Rolls through a dataset. The same options give the same result. */
export async function roll(
  set: RollingSet,
  { seed, kernel, weeks, onWeek }: RollingRun,
): Promise<Record<Group, Rolled>> {
  const cases = GROUPS.map((): { readonly week: number; readonly runs: readonly Run[] }[] => []);
  let [week, before]: [number, Model | undefined] = [0, undefined];
  for (const it of weeksOf(set, weeks)) {
    const run = { seed, kernel, warmStart: before, onProgress: () => {} };
    before = await learn(it.past, run);
    const shipped = await learn(it.past, { ...run, isQuick: true, trained: before });
    for (const [group, runs] of scored(it, before, shipped).entries())
      cases[group]!.push({ week, runs });
    onWeek(++week);
  }
  const rolled = (group: number): Rolled => {
    const all = cases[group]!;
    const column = (metric: "ndcg@20" | "recall@20") =>
      Object.fromEntries(
        SYSTEMS.map((name) => [
          name,
          concatenated(all.map(({ runs }) => valuesOf(runs, name, metric))),
        ]),
      );
    return {
      weeks: all.flatMap((it) => it.runs[0]!.lists.map(() => it.week)),
      nDcg: column("ndcg@20"),
      recall: column("recall@20"),
    };
  };
  return Object.fromEntries(GROUPS.map((it, n) => [it, rolled(n)])) as Record<Group, Rolled>;
}

/** The runs of every system over the week's cases, by group. */
function scored({ past, split }: Week, model: Model, shipped: Model): readonly Run[][] {
  const [fitted, usual] = [model, shipped].map((it) => ({ ...exactRanker(it), split }));
  const baselines = popularities(past);
  const groups = grouped(heldOutCases({ ...fitted!, baselines }), split, model.postKeys);
  return GROUPS.map((group) => {
    const isIncluded = (name: string) => SYSTEMS.includes(name as (typeof SYSTEMS)[number]);
    const runs = runsOver({ ...fitted!, baselines, isIncluded }, groups[group]);
    const feed = { ...usual!, baselines: [], isIncluded: (name: string) => name === FEED };
    const [served] = runsOver(feed, groups[group]);
    return [...runs, { ...served!, model: SHIPPED }];
  });
}

function valuesOf(runs: readonly Run[], name: string, metric: "ndcg@20" | "recall@20") {
  return runs.find(({ model }) => model === name)!.values[metric];
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((it) => [...it]));
}
