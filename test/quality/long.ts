/** The long parts of the quality report: the rolling benchmark, the blend without each of its terms, what variety costs. */
import { diversityReport } from "../../src/benchmarks/diversity.ts";
import type { BenchmarkInput } from "../../src/benchmarks/experiment.ts";
import { rollingReport } from "../../src/benchmarks/rolling/report.ts";
import { roll } from "../../src/benchmarks/rolling/roll.ts";
import { ROLLING_SETS, singleSets } from "../../src/benchmarks/rolling/sets.ts";
import { runExperiment } from "../../src/benchmarks/run.ts";
import { BLEND } from "../../src/evaluation/systems.ts";
import type { Kernel } from "../../src/linalg/train-wasm/kernel.ts";
import { TERMS } from "../../src/models/models.ts";
import type { Experiments } from "./experiments.ts";
import {
  rollingFiguresOf,
  rounded,
  varietyFiguresOf,
  type Figures,
  type VarietyFigures,
  type WithoutFigures,
} from "./figures.ts";

/** Inputs of a long part. */
type LongRun = {
  /** The source of what the rolling benchmark reads. */
  readonly input: BenchmarkInput;
  readonly figures: Figures;
  readonly experiments: Experiments;
  readonly kernel: Kernel;
  readonly seed: number;
  readonly log: (line: string) => void;
};

/** Weeks that are rolled through. */
const WEEKS = 24;
/** Experiments that terms are left out on. */
const ABLATED = ["demo", "sparse 21", "sparse 22"];
/** Experiments of the diversity curve. */
const VARIED = ["demo", "sparse", "P4", "P1"];
/** Sets of terms that are left out: none, each, and all models of order and neighbours. */
const LEFT_OUT = ["", ...TERMS, "neighbours,sequence,markov,sequence-knn"];

/** The long parts by name: each returns the figures with its own. */
export const LONG: Readonly<Record<string, (run: LongRun) => Promise<Figures>>> = {
  rolling: async ({ input, figures, kernel, seed, log }) => {
    const rolling: Record<string, Figures["rolling"][string]> = {};
    for (const name of singleSets(["sparse", "ml-latest-small"])) {
      const set = await ROLLING_SETS[name]!(input);
      const rolled = await roll(set, { seed, kernel, weeks: WEEKS, onWeek: () => {} });
      rolling[name] = rollingFiguresOf(rollingReport(set, [{ seed, rolled }]));
      log(`rolling: ${name} is done`);
    }
    return { ...figures, rolling };
  },
  without: async ({ figures, experiments, kernel, seed, log }) => {
    const without: Record<string, Record<string, WithoutFigures>> = {};
    for (const name of ABLATED) {
      const experiment = await experiments[name]!();
      without[name] = {};
      for (const terms of LEFT_OUT) {
        const run = { seed, kernel, models: [BLEND], onProgress: () => {} };
        const report = await runExperiment(experiment, { ...run, without: terms.split(",") });
        const of = (it: typeof report | typeof report.audiences.warm) =>
          rounded(it!.rows[0]!.metrics["ndcg@20"]);
        without[name][terms] = { all: of(report), warm: of(report.audiences.warm) };
      }
      log(`without: ${name} is done`);
    }
    return { ...figures, without };
  },
  variety: async ({ figures, experiments, kernel, seed, log }) => {
    const variety: Record<string, VarietyFigures> = {};
    for (const name of VARIED) {
      const run = { seed, kernel, onProgress: () => {} };
      variety[name] = varietyFiguresOf(await diversityReport(await experiments[name]!(), run));
      log(`variety: ${name} is done`);
    }
    return { ...figures, variety };
  },
};
