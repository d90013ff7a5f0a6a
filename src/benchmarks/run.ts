/** Run a trial: learn from what lies before the cut, train the baselines on the same, ask them all. */
import { curve, type CurveRow } from "../evaluation/curve.ts";
import { evaluate, type EvaluateOptions } from "../evaluation/evaluate.ts";
import type { Report } from "../evaluation/report.ts";
import { learn, type Progress } from "../training/run.ts";
import type { Kernel } from "../linalg/kernel/kernel.ts";
import { nearestExact } from "../index/exact.ts";
import { openRanker } from "../ranking/feed.ts";
import type { Term } from "../snapshot/model.ts";
import { ALS } from "../models/ials/als.ts";
import { baselines, plainLikes } from "./baselines.ts";
import type { Trial } from "./experiment.ts";

/** How a trial is run. */
export type TrialRun = {
  readonly seed: number;
  readonly kernel: Kernel;
  /** Names of those that compete; everybody if absent. */
  readonly models?: readonly string[];
  /** Terms that the blend does without. */
  readonly without?: readonly Term[];
  /** Whether the learning curve is drawn too. */
  readonly withCurve?: boolean;
  readonly onProgress: Progress;
};

/** A report, with the learning curve if one was asked for. */
export type TrialReport = Report & { readonly curve?: readonly CurveRow[] };

/** Same trial, seed and models: the same report. */
export async function runTrial(trial: Trial, run: TrialRun): Promise<TrialReport> {
  const { data, split, inner, only, protocol } = trial;
  const { seed, kernel, models, without, onProgress } = run;
  const competes = (name: string) => models?.includes(name) ?? true;
  const model = await learn(data, { seed, kernel, cut: inner, without, onProgress });
  const plain = plainLikes(data);
  const als = { ...ALS, k: model.info.k };
  const trained = await baselines(plain, { data, als, kernel, seed, competes, onProgress });
  const nearest = (vector: Float32Array, count: number) =>
    nearestExact(model.embeddings, vector, count);
  const options: EvaluateOptions = {
    ranker: openRanker(model, nearest),
    nearest,
    baselines: trained,
    split,
    likes: plain.counts,
    people: plain.people,
    within: only && Uint8Array.from(model.postKeys, (id) => Number(only.has(id))),
    competes,
    protocol,
    seed,
    onCase: (done, total) => onProgress("asking everybody", done, total),
  };
  const report = evaluate(options);
  return run.withCurve ? { ...report, curve: curve(options) } : report;
}
