/** Search settings of training that make better lists on what is stored, for as long as allowed. */
import type { Answers } from "../evaluation/runs.ts";
import { bootstrap, type Interval } from "../evaluation/bootstrap.ts";
import { FEED } from "../evaluation/systems.ts";
import { ask, casesIn } from "../evaluation/evaluate.ts";
import { HELD_OUT, splitBy, type Cut } from "../evaluation/split.ts";
import type { Dataset } from "../training/dataset.ts";
import { datasetBefore } from "../training/past.ts";
import { learn } from "../training/run.ts";
import { TUNED, TUNING, type Tuning } from "../training/tuning.ts";
import type { Kernel } from "../linalg/kernel/kernel.ts";
import { seededRandom } from "../linalg/random.ts";
import { openScan } from "../index/scan.ts";
import { openRanker } from "../ranking/feed.ts";

/** How long to search, and with what. */
export type TuneRun = {
  readonly seed: number;
  readonly kernel: Kernel;
  /** Whether there is time for another try. */
  readonly hasTime: () => boolean;
  readonly onTry: (tries: number, best: number) => void;
};

/** What was found, and what it is worth on people the search has not seen. */
export type Tuned = {
  readonly tuning: Tuning;
  readonly tries: number;
  /** Whose lists were judged at the end. */
  readonly people: number;
  /** nDCG@20 of the feed with the defaults and with what was found, on the newest part. */
  readonly before: number;
  readonly after: number;
  /** Their paired difference. */
  readonly gain: Interval;
};

const CUT: Cut = { by: "time", share: HELD_OUT };
/** What a step must gain: less is noise. */
const STEP_GAIN = 1.005;
/** A try multiplies one setting by up to this, or divides. */
const STEP = 3;

/**
 * A (1+1) evolution strategy over one setting at a time: a random step is kept if it helps.
 *
 * The search asks what people liked in the newest tenth but one; what it found is then judged on
 * the newest, which it has not seen.
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
    const tuning = { ...best.tuning, [name]: rounded(best.tuning[name] * factor) };
    const quality = await qualityOf(past, tuning, run);
    if (quality > STEP_GAIN * best.quality) best = { tuning, quality };
    onTry(++tries, best.quality);
  }
  const [before, after] = [await answers(data, TUNING, run), await answers(data, best.tuning, run)];
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
  const values = (await answers(data, tuning, run)).values["ndcg@20"];
  return values.reduce((sum, it) => sum + it, 0) / Math.max(1, values.length);
}

/** What the feed answers to those who liked something in the newest tenth of a dataset. */
async function answers(data: Dataset, tuning: Tuning, run: TuneRun): Promise<Answers> {
  const { seed, kernel } = run;
  const split = splitBy(CUT, data.histories, data.asOfMs, seed);
  const past = { ...datasetBefore(data, split), tuning };
  const model = await learn(past, { seed, kernel, cut: CUT, onProgress: () => {} });
  const nearest = openScan(model.embeddings, model.info.encoder?.dimension ?? 0);
  const options = {
    ranker: openRanker(model, nearest),
    ...{ nearest, split, seed, baselines: [], likes: [], people: 0, protocol: "" },
    competes: (name: string) => name === FEED,
  };
  return ask(options, casesIn(options))[0]!;
}

/** Three digits: more would say nothing. */
function rounded(x: number): number {
  return Number(x.toPrecision(3));
}
