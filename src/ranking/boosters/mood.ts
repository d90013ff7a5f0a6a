/** How near a post's text is to the mood that was asked for: a preference, not a filter. */
import type { Booster } from "../pipeline.ts";
import type { Query } from "../query.ts";

/**
 * Most posts that are close to a mood, and their share of the candidates in a small catalogue. With
 * more, posts that do well replace those that suit: on the demo 25 fit as well, but leave less choice.
 */
const CLOSE = { most: 40, share: 0.2 };
/** Close posts that lead the list: a page for people of whom nothing is known, else two thirds of one. */
const LEADERS = { cold: 20, known: 14 };
/** Weight of nearness beside all other terms together. More, and of the close posts the best liked are not first. */
const NEARNESS = 1;
/** What the last leader has ahead of the best other post, of the blend's spread: clear of rounding. */
const AHEAD = 0.01;

/**
 * Nearness is on the scale of all other terms together, whatever blend was fitted: it has a share
 * of their spread. Besides, the close posts are raised by what it takes for the best of them to lead.
 */
export const mood: Booster = {
  name: "mood",
  boost: (query, rows, total) => {
    const { mood, columns, dense } = query;
    if (mood === undefined || rows.length === 0) return undefined;
    const nearness = dense.texts.withSome(mood, rows).subarray(0, rows.length);
    const boost = columns.floats(rows.length);
    boost.set(nearness);
    columns.standardise(boost);
    const spread = deviation(total) || 1;
    for (let n = 0; n < boost.length; n++) boost[n]! *= NEARNESS * spread;
    raise(closest(query, rows, nearness), boost, total, leadersFor(query), AHEAD * spread);
    return boost;
  },
};

const leadersFor = ({ person }: Query) => (person.length === 0 ? LEADERS.cold : LEADERS.known);

/** Nearness is equal within this: what rounding leaves of it. */
const EQUAL = 1e-4;

/** Places of the posts nearest to the mood, of those whose text has a vector, and of all as near as the last. */
function closest({ columns, dense }: Query, rows: Uint32Array, nearness: Float32Array) {
  for (let n = 0; n < rows.length; n++)
    if (dense.hasVector[rows[n]!] === 0) nearness[n] = -Infinity;
  const count = Math.min(CLOSE.most, Math.ceil(CLOSE.share * rows.length));
  const last = nearness[columns.topK(nearness, count).at(-1) ?? 0]!;
  return rows
    .map((_, n) => n)
    .filter((n) => nearness[n]! > -Infinity && nearness[n]! >= last - EQUAL);
}

/** Raise all `places` alike, so that the best `leaders` of them stand `ahead` of every other place. */
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

function deviation(values: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let n = 0; n < values.length; n++) squares += (values[n]! - mean) ** 2;
  return Math.sqrt(squares / values.length);
}
