/**
 * Trials: which posts are tried out, and in which order.
 *
 * A post is on trial from its creation until it has had enough impressions (it graduates: ranking knows it by
 * its own statistics alone), has had its first impressions and is clearly worse than others (it is retired),
 * or is too old. A post that repeats another is never on trial.
 */
import type { Exposure } from "../data/exposures.ts";
import type { PostKey } from "../domain/ids.ts";
import { topK } from "../linalg/top-k.ts";
import { remembered } from "../models/contract.ts";
import type { Trials } from "../models/trials.ts";
import type { Model } from "../snapshot/model.ts";

/** Settings of exploration. */
export type TrialSettings = {
  /** Share of all slots that newcomers get, 0 to 1; 0 switches exploration off. */
  readonly share: number;
  /** First impressions that every new post is to have. */
  readonly impressions: number;
  /** Age up to which a post or a creator is new, days. */
  readonly days: number;
};

/** A post graduates with so many times the first impressions: until then what is known of it decides. */
const GRADUATION = 2;
/** Standard errors by which a post must be worse than others: of equal ones, one in twenty is by chance. */
const WORSE_BY = 1.64;
/** Most posts that a feed chooses from. */
const MOST = 1_000;
/** Urgency of a new creator's post over another with as many impressions. */
const CREATOR_FIRST = 0.5;

/** State of a new post by its counts alone. */
export function stageOf(
  { impressions, completions }: Exposure,
  completionRate: number,
  promised: number,
): "trial" | "graduated" | "retired" {
  if (impressions >= GRADUATION * promised) return "graduated";
  if (impressions < promised) return "trial";
  const mean = (completions + 1) / (impressions + 2);
  const error = Math.sqrt((mean * (1 - mean)) / (impressions + 3));
  return mean + WORSE_BY * error < completionRate ? "retired" : "trial";
}

/** Rows of the posts created since a time that may be shown and repeat no other. */
export function youngRows(
  { createdAtMs, flags, duplicates, info }: Model,
  sinceMs: number,
): readonly number[] {
  const rows: number[] = [];
  // Those that came after the newest event are as old as that, which may be long ago.
  const fromMs = Math.min(sinceMs, info.asOfMs);
  for (let row = 0; row < createdAtMs.length; row++) {
    if (!(createdAtMs[row]! >= fromMs) || flags[row] !== 0) continue;
    const first = duplicates[row] ?? -1;
    if (first < 0 || first === row) rows.push(row);
  }
  return rows;
}

/** The trials among young rows: those with the fewest impressions first, of these new creators' posts, then the oldest. */
export function trialsAmong(
  model: Model,
  young: readonly number[],
  countOf: (key: PostKey) => Exposure,
  completionRate: number,
  { share, impressions: promised }: TrialSettings,
): Trials {
  const countAt = (row: number) => countOf(model.postKeys[row] as PostKey);
  const isYoung = new Set(young);
  const isByNewCreator = (row: number) => {
    const creator = model.creatorRows[row]!;
    return creator >= 0 && isYoung.has(firstRows(model)[creator] ?? row);
  };
  const onTrial = young.filter(
    (row) => stageOf(countAt(row), completionRate, promised) === "trial",
  );
  const urgency = Float32Array.from(
    onTrial,
    (row) => -countAt(row).impressions + CREATOR_FIRST * Number(isByNewCreator(row)),
  );
  const rows = topK(urgency, MOST).map((n) => onTrial[n]!);
  const counts = Array.from(rows, countAt);
  return {
    share,
    promised,
    completionRate,
    rows,
    impressions: Float64Array.from(counts, (it) => it.impressions),
    completions: Float64Array.from(counts, (it) => it.completions),
    creators: Int32Array.from(rows, (row) => model.creatorRows[row]!),
    isByNewCreator: Uint8Array.from(rows, (row) => Number(isByNewCreator(row))),
  };
}

/** The row of each creator's oldest post, by the number of the creator. */
const firstRows = remembered(({ creatorRows, createdAtMs }: Model) => {
  const first: number[] = [];
  for (let row = 0; row < creatorRows.length; row++) {
    const creator = creatorRows[row]!;
    const before = first[creator];
    if (creator >= 0 && (before === undefined || createdAtMs[row]! < createdAtMs[before]!))
      first[creator] = row;
  }
  return first;
});
