/** Fit how fast popularity fades: the half-life that ranks best for newcomers, or for all where few are. */
import type { Case } from "../evaluate/cases.ts";
import { nDcg } from "../evaluate/metrics.ts";
import { topK } from "../math/top-k.ts";
import { vocabulary } from "../math/vocabulary.ts";
import { CONFIDENCE, ratingScale } from "../train/confidence.ts";
import { POPULARITY, popularity, type PopularityParams } from "../train/popularity.ts";
import type { Dataset } from "./dataset.ts";
import { signalsOf } from "./matrix.ts";

/** Half-lives that are tried, days; the last one hardly fades. */
const HALF_LIVES_DAYS = [3, 7, 14, 30, 90, 365, 3_650];
/** People under whom the default is kept. */
const PEOPLE_ENOUGH = 50;
/** What another half-life must gain on the default: less is noise. */
const GAIN = 1.05;
const K = 20;

/**
 * @param past  The dataset as it was at the cut.
 * @param cases  What people liked after it; only whose and what is read.
 */
export function fitPopularity(
  past: Dataset,
  cases: readonly Case[],
  isServable: (row: number) => boolean,
): PopularityParams {
  const everybody = [...new Map(cases.map((it) => [it.user, it])).values()];
  const newcomers = everybody.filter((it) => it.history.postIds.length === 0);
  const people = newcomers.length < PEOPLE_ENOUGH ? everybody : newcomers;
  if (people.length < PEOPLE_ENOUGH) return POPULARITY;
  const { posts, histories, asOfMs } = past;
  const rows = vocabulary(posts.ids);
  const { touches } = signalsOf(histories, rows, ratingScale(histories), asOfMs, CONFIDENCE);
  const qualityOf = (halfLifeDays: number) => {
    const params = { ...POPULARITY, halfLifeDays };
    const column = popularity(touches, posts, asOfMs, params);
    for (let row = 0; row < column.length; row++) if (!isServable(row)) column[row] = -Infinity;
    return meanNDcg(column, people, rows.rowOf);
  };
  const wanted = GAIN * qualityOf(POPULARITY.halfLifeDays);
  const quality = HALF_LIVES_DAYS.map(qualityOf);
  const best = quality.indexOf(Math.max(...quality));
  return quality[best]! > wanted
    ? { ...POPULARITY, halfLifeDays: HALF_LIVES_DAYS[best]! }
    : POPULARITY;
}

/** Of one list for all, in which everybody skips what they had seen. */
function meanNDcg(
  column: Float32Array,
  people: readonly Case[],
  rowOf: (id: number) => number | undefined,
): number {
  const mostSeen = Math.max(...people.map((it) => it.history.postIds.length));
  const order = topK(column, mostSeen + K);
  let sum = 0;
  for (const { history, positives } of people) {
    const seen = new Set(history.postIds.values().map(rowOf));
    const list = order.filter((row) => !seen.has(row)).subarray(0, K);
    sum += nDcg(list, new Set(positives), K);
  }
  return sum / people.length;
}
