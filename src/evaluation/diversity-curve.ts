/** Diversity curve: quality and intra-list diversity of feeds by the slider of variety. */
import { MIDDLE, UNMOVED } from "../domain/sliders.ts";
import { seededRandom } from "../linalg/random.ts";
import { meanOf } from "../linalg/vector.ts";
import { ANYTHING } from "../ranking/query.ts";
import { isServable } from "../ranking/eligibility.ts";
import { isTextual } from "../ranking/prepared-model.ts";
import { LAMBDA, lambdaAt } from "../ranking/selectors/diversity.ts";
import { bootstrap, type Interval } from "./bootstrap.ts";
import { personAt } from "./cases.ts";
import { heldOutCases, LIMIT, type RunOptions } from "./evaluate.ts";
import { measuresIn } from "./list-measures.ts";
import { nDcg } from "./metrics.ts";
import { DEPTH } from "./systems.ts";

/** Places of the slider: at 0 a feed is as ranked, at {@link MIDDLE} as served. */
const PLACES = [0, 0.1, 0.2, 0.3, 0.4, MIDDLE, 0.6, 0.7, 0.8, 0.9, 1];
/** Lists at random whose mean diversity is told. */
const RANDOM_LISTS = 1_000;

/** Measures of each feed. */
const MEASURES = ["ndcg@20", "diversity@20", "categories@20"] as const;
type Measure = (typeof MEASURES)[number];
type ByMeasure<T> = Readonly<Record<Measure, T>>;

/** Feeds at one place of the slider: nDCG, mean of 1 − cosine over pairs of posts, share of pairs of two categories. */
type DiversityRow = ByMeasure<Interval> & {
  readonly variety: number;
  /** Weight of similarity in the lists of people with a history. */
  readonly lambda: number;
  /** Paired differences to feeds as ranked, as shares of their means. */
  readonly change: ByMeasure<Interval>;
};

/** The curve of one experiment. */
export type DiversityCurve = {
  readonly cases: number;
  /** The vectors by which posts differ. */
  readonly by: "texts" | "factors";
  readonly rows: readonly DiversityRow[];
  /** Mean diversity of so many servable posts drawn at random: what no relevance at all comes to. */
  readonly random: number;
};

/** The curve over everybody who liked something after the cut; `seed` is that of the intervals. */
export function diversityCurve(options: RunOptions, seed: number): DiversityCurve {
  const { ranker, onCase } = options;
  const { model } = ranker;
  const cases = heldOutCases(options);
  const measure = measuresIn(model);
  const places = PLACES.map(() => byMeasure(() => new Float64Array(cases.length)));
  for (const [n, it] of cases.entries()) {
    const person = personAt(ranker, it);
    const relevant = new Set(it.positives);
    for (const [place, variety] of PLACES.entries()) {
      const sliders = { ...UNMOVED, variety };
      const asked = { ...ANYTHING, categoryMask: options.categoryMask, person, sliders };
      const rows = ranker.rank({ ...asked, limit: LIMIT }).rows.subarray(0, DEPTH);
      const measured = { ...measure(rows), "ndcg@20": nDcg(rows, relevant, DEPTH) };
      for (const name of MEASURES) places[place]![name][n] = measured[name];
    }
    onCase?.(n + 1, cases.length);
  }
  const random = seededRandom(seed);
  const servable = [...model.flags.keys()].filter((row) => isServable(model, row));
  const draw = () => servable[Math.floor(random() * servable.length)]!;
  const drawn = Float64Array.from(
    { length: RANDOM_LISTS },
    () => measure(Uint32Array.from({ length: DEPTH }, draw))["diversity@20"],
  );
  return {
    cases: cases.length,
    by: isTextual(model) ? "texts" : "factors",
    rows: PLACES.map((variety, n) => ({
      ...{ variety, lambda: lambdaAt(variety, model.info.variety ?? LAMBDA) },
      ...intervalsOf(places[n]!, places[0]!, seed),
    })),
    random: meanOf(drawn),
  };
}

function byMeasure<T>(valueOf: (name: Measure) => T): ByMeasure<T> {
  return Object.fromEntries(MEASURES.map((it) => [it, valueOf(it)])) as ByMeasure<T>;
}

function intervalsOf(
  columns: ByMeasure<Float64Array>,
  ranked: ByMeasure<Float64Array>,
  seed: number,
): Omit<DiversityRow, "variety" | "lambda"> {
  const changes = MEASURES.map((name) => {
    const mean = meanOf(ranked[name]) || 1;
    return columns[name].map((it, n) => (it - ranked[name][n]!) / mean);
  });
  const all = bootstrap([...MEASURES.map((it) => columns[it]), ...changes], seed);
  const at = (name: Measure) => MEASURES.indexOf(name);
  return {
    ...byMeasure((it) => all[at(it)]!),
    change: byMeasure((it) => all[MEASURES.length + at(it)]!),
  };
}
