/** The diversity curve of an experiment: trains the ranker before the cut. */
import { diversityCurve, type DiversityCurve } from "../evaluation/diversity-curve.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { learn, type Progress } from "../training/run.ts";
import { exactRanker } from "./exact-ranker.ts";
import type { Experiment } from "./experiment.ts";

/** Options of a run. */
type DiversityRun = {
  readonly seed: number;
  readonly kernel: Kernel;
  readonly onProgress: Progress;
};

/** The curve of an experiment with what was held out. */
export type DiversityReport = DiversityCurve & { readonly protocol: string };

/** Trains and evaluates. The same options give the same report. */
export async function diversityReport(
  { data, split, inner, only, protocol }: Experiment,
  { seed, kernel, onProgress }: DiversityRun,
): Promise<DiversityReport> {
  const model = await learn(data, { seed, kernel, cut: inner, onProgress });
  const options = {
    ...exactRanker(model),
    ...{ baselines: [], split },
    categoryMask: only && Uint8Array.from(model.postKeys, (id) => Number(only.has(id))),
    onCase: (done: number, total: number) => onProgress("evaluating", done, total),
  };
  return { protocol, ...diversityCurve(options, seed) };
}
