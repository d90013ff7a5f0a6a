/** Hyper-parameter search of training on the store, within a time budget. */
import { atOnce } from "../runtime/time-slicing.ts";
import type { Run } from "../evaluation/runs.ts";
import { meanOf } from "../linalg/vector.ts";
import { bootstrap, type Interval } from "../evaluation/bootstrap.ts";
import { FEED } from "../evaluation/systems.ts";
import { heldOutCases, runsOver } from "../evaluation/evaluate.ts";
import { HELD_OUT, splitBy, type Cut } from "../evaluation/split.ts";
import type { Dataset } from "../training/dataset.ts";
import { datasetBefore } from "../training/dataset-before.ts";
import { learn } from "../training/run.ts";
import { TUNED, TUNING } from "../training/tuning.ts";
import type { Tuning } from "../models/training-view.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import { seededRandom } from "../linalg/random.ts";
import { openScan } from "../index/scan.ts";
import { openRanker } from "../ranking/feed.ts";

/** Options of a search. */
type TuneRun = {
  readonly seed: number;
  readonly kernel: Kernel;
  /** True while the time budget allows another try. */
  readonly hasTime: () => boolean;
  readonly onTry: (tries: number, best: number) => void;
};

/** The best settings, and their gain on held-out data that the search did not use. */
export type Tuned = {
  readonly tuning: Tuning;
  readonly tries: number;
  /** People over whom `before` and `after` are means. */
  readonly people: number;
  /** nDCG@20 of the feed with the default settings and with the found ones. */
  readonly before: number;
  readonly after: number;
  /** Their paired difference. */
  readonly gain: Interval;
};

const CUT: Cut = { by: "time", share: HELD_OUT };
/** Factor by which a step must raise nDCG@20 to be kept: less is noise. */
const STEP_GAIN = 1.005;
/** A try multiplies or divides one setting by up to this. */
const STEP = 3;

/**
 * A (1+1) evolution strategy over one setting at a time: a random step is kept if it helps.
 *
 * The search evaluates on the newest tenth but one. The result is evaluated on the newest tenth,
 * which the search does not see.
 *
 * @see Beyer & Schwefel, "Evolution strategies: a comprehensive introduction" (2002).
 */
export async function tune(data: Dataset, run: TuneRun): Promise<Tuned> {
  const { seed, hasTime, onTry } = run;
  const random = seededRandom(seed);
  const past = datasetBefore(data, splitBy(CUT, data.histories, data.asOfMs, seed));
  let best = { tuning: TUNING, quality: await qualityOf(past, TUNING, run) };
  let tries = 0;
  while (hasTime()) {
    const name = TUNED[Math.floor(random() * TUNED.length)]!;
    const factor = STEP ** (2 * random() - 1);
    const tuning = { ...best.tuning, [name]: Number((best.tuning[name] * factor).toPrecision(3)) };
    const quality = await qualityOf(past, tuning, run);
    if (quality > STEP_GAIN * best.quality) best = { tuning, quality };
    onTry(++tries, best.quality);
  }
  const [before, after] = [await feedRun(data, TUNING, run), await feedRun(data, best.tuning, run)];
  const columns = [before, after].map((it) => it.values["ndcg@20"]);
  const [mean, tuned, gain] = bootstrap(
    [...columns, columns[1]!.map((it, n) => it - columns[0]![n]!)],
    seed,
  );
  const people = columns[0]!.length;
  return {
    tuning: best.tuning,
    tries,
    people,
    before: mean!.mean,
    after: tuned!.mean,
    gain: gain!,
  };
}

async function qualityOf(data: Dataset, tuning: Tuning, run: TuneRun): Promise<number> {
  return meanOf((await feedRun(data, tuning, run)).values["ndcg@20"]);
}

/** The feed's run over the held-out cases of a dataset's newest tenth. */
async function feedRun(data: Dataset, tuning: Tuning, run: TuneRun): Promise<Run> {
  const { seed, kernel } = run;
  const split = splitBy(CUT, data.histories, data.asOfMs, seed);
  const past = { ...datasetBefore(data, split), tuning };
  const model = await learn(past, { seed, kernel, cut: CUT, onProgress: () => {} });
  const nearest = atOnce(openScan(model.embeddings, model.info.encoder?.dimension ?? 0));
  const options = {
    ranker: atOnce(openRanker(model, nearest)),
    nearest,
    split,
    baselines: [],
    isIncluded: (name: string) => name === FEED,
  };
  return runsOver(options, heldOutCases(options))[0]!;
}
