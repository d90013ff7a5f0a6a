/** Weeks of a dataset: what was known at the start of each, and what people liked in it. */
import { DAY_MS } from "../../domain/day.ts";
import type { Dataset } from "../../training/dataset.ts";
import { datasetBefore } from "../../training/dataset-before.ts";
import { begunCases, type Case } from "../../evaluation/cases.ts";
import { onlyThose } from "../../evaluation/histories.ts";
import { splitAtMoment, type Split } from "../../evaluation/split.ts";

/** A dataset that is rolled through. */
export type RollingSet = {
  readonly name: string;
  readonly data: Dataset;
  /** Days that a "week" lasts: more where few people come. */
  readonly days: number;
  /** Least value of an event that counts as liked; all values count if absent. */
  readonly likedFrom?: number;
};

/** One week. */
export type Week = {
  /** The dataset as it was at the start. */
  readonly past: Dataset;
  /** `after` has the events of the week alone. */
  readonly split: Split;
};

/** The newest `count` weeks, oldest first. Weeks before the first event, or without any, are left out. */
export function* weeksOf({ data, days, likedFrom }: RollingSet, count: number): Generator<Week> {
  const { histories, asOfMs } = data;
  const firstMs = histories.atMs.reduce((min, it) => Math.min(min, it), Infinity);
  for (let n = count; n >= 1; n--) {
    const endMs = asOfMs + 1 - (n - 1) * days * DAY_MS;
    const cutMs = endMs - days * DAY_MS;
    if (cutMs <= firstMs) continue;
    const { before, after, asOfMs: startMs } = splitAtMoment(histories, cutMs);
    const isIn = (it: number) =>
      after.atMs[it]! < endMs && (likedFrom === undefined || after.values[it]! >= likedFrom);
    const split = { before, after: onlyThose(after, isIn), asOfMs: startMs };
    if (split.after.postKeys.length > 0) yield { past: datasetBefore(data, split), split };
  }
}

/** Groups of people whose lists are judged apart. */
export const GROUPS = ["newcomers", "after 1–3 events", "known people"] as const;
export type Group = (typeof GROUPS)[number];

/** The week's cases by group. The second group are newcomers whose first posts of the week are known. */
export function grouped(cases: readonly Case[], split: Split, keys: Float64Array) {
  const newcomers = cases.filter((it) => it.length === 0);
  return {
    newcomers,
    "after 1–3 events": newcomers.flatMap((it) => begunCases(it, split, keys)),
    "known people": cases.filter((it) => it.length > 0),
  } satisfies Record<Group, readonly Case[]>;
}
