/** The boost of mood: raises posts whose text is near the requested mood, and excludes none. */
import { topK } from "../../linalg/top-k.ts";
import { deviationOf } from "../../linalg/vector.ts";
import type { Request, ServingView } from "../contract.ts";
import type { Person } from "../person.ts";

/** Most posts that count as close to a mood: with more, popular posts replace those that fit. */
const CLOSE_MAX = 40;
/** Most close posts as a share of the candidates, for a small catalogue. */
const CLOSE_SHARE = 0.2;
/** Close posts that lead the list of a person without a history: one page. */
const COLD_LEADERS = 20;
/** Close posts that lead the list of a person with a history: two thirds of a page. */
const KNOWN_LEADERS = 14;
/** Weight of nearness, in standard deviations of the blend. With more, personal scores no longer order the close posts. */
const NEARNESS = 1;
/** Distance of the last leader to the best other post, in standard deviations of the blend: more than rounding. */
const AHEAD = 0.01;
/** Largest difference of nearness that is rounding. */
const EQUAL = 1e-4;

/**
 * Adds nearness on the scale of the blend, whatever weights were fitted, and raises all close posts
 * alike, so that the best of them lead.
 */
export function moodBoost(
  { texts, hasVector, kernel }: Pick<ServingView, "texts" | "hasVector" | "kernel">,
  { mood, arrays, person }: Request,
  rows: Uint32Array,
  total: Float32Array,
): Float32Array | undefined {
  if (mood === undefined || rows.length === 0) return undefined;
  const nearness = texts.withSome(mood, rows).subarray(0, rows.length);
  const boost = arrays.floats(rows.length);
  boost.set(nearness);
  kernel.standardise(boost);
  const deviation = deviationOf(total) || 1;
  for (let n = 0; n < boost.length; n++) boost[n]! *= NEARNESS * deviation;
  for (let n = 0; n < rows.length; n++) if (hasVector[rows[n]!] === 0) nearness[n] = -Infinity;
  raise(closest(nearness), boost, total, leadersFor(person), AHEAD * deviation);
  return boost;
}

const leadersFor = (person: Person) => (person.length === 0 ? COLD_LEADERS : KNOWN_LEADERS);

/** Entries of the posts nearest to the mood, with all that are as near as the last. */
function closest(nearness: Float32Array): Uint32Array {
  const count = Math.min(CLOSE_MAX, Math.ceil(CLOSE_SHARE * nearness.length));
  const last = nearness[topK(nearness, count).at(-1) ?? 0]!;
  return Uint32Array.from(nearness.keys()).filter(
    (n) => nearness[n]! > -Infinity && nearness[n]! >= last - EQUAL,
  );
}

/** Raises all `places` alike, so that the best `leaders` of them are `ahead` of every other place. */
function raise(
  places: Uint32Array,
  boost: Float32Array,
  total: Float32Array,
  leaders: number,
  ahead: number,
): void {
  const isPlace = new Uint8Array(boost.length);
  for (const place of places) isPlace[place] = 1;
  let rival = -Infinity;
  for (let n = 0; n < boost.length; n++)
    if (isPlace[n] === 0) rival = Math.max(rival, total[n]! + boost[n]!);
  const best = Float32Array.from(places, (it) => total[it]! + boost[it]!).sort();
  const last = best[Math.max(0, best.length - leaders)];
  if (last === undefined) return;
  const lift = Math.max(0, rival - last + ahead);
  for (const place of places) boost[place]! += lift;
}
