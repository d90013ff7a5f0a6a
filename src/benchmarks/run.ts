/** Runs an experiment: trains the ranker and the baselines before the cut, and evaluates all systems. */
import { curve, type CurveRow } from "../evaluation/curve.ts";
import { evaluate, type EvaluateOptions } from "../evaluation/evaluate.ts";
import type { Report } from "../evaluation/report.ts";
import { learn, type Progress } from "../training/run.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { collaborativePart } from "../models/ials/model.ts";
import { ALS } from "../models/ials/als.ts";
import { plainLikes, trainBaselines } from "./baselines.ts";
import { exactRanker } from "./exact-ranker.ts";
import type { Experiment } from "./experiment.ts";

/** Options of a run. */
type ExperimentOptions = {
  readonly seed: number;
  readonly kernel: Kernel;
  /** Names of the systems to run; all if absent. */
  readonly models?: readonly string[];
  /** Score terms left out of the blend. */
  readonly without?: readonly string[];
  /** True to evaluate the learning curve too. */
  readonly withCurve?: boolean;
  readonly onProgress: Progress;
};

/** A report, with the learning curve if `withCurve`. */
export type ExperimentReport = Report & { readonly curve?: readonly CurveRow[] };

/** The report of an experiment; the same options give the same report. */
export async function runExperiment(
  experiment: Experiment,
  run: ExperimentOptions,
): Promise<ExperimentReport> {
  const { data, split, inner, only, protocol } = experiment;
  const { seed, kernel, models, without, onProgress } = run;
  const isIncluded = (name: string) => models?.includes(name) ?? true;
  const model = await learn(data, { seed, kernel, cut: inner, without, onProgress });
  const plain = plainLikes(data);
  const als = { ...ALS, k: collaborativePart.of(model).info.k };
  const baselines = await trainBaselines(plain, {
    data,
    als,
    kernel,
    seed,
    isIncluded,
    onProgress,
  });
  const options: EvaluateOptions = {
    ...exactRanker(model),
    baselines,
    split,
    likes: plain.counts,
    people: plain.people,
    categoryMask: only && Uint8Array.from(model.postKeys, (id) => Number(only.has(id))),
    isIncluded,
    protocol,
    seed,
    onCase: (done, total) => onProgress("evaluating", done, total),
  };
  const report = evaluate(options);
  return run.withCurve ? { ...report, curve: curve(options) } : report;
}
