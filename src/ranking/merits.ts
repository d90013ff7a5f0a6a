/** Merits of a ranked row that can be named: the liked post that pulls it up most, the category it is popular in. */
import { DAY_MS } from "../domain/day.ts";
import { TRENDING } from "../models/trending/model.ts";
import { isServable } from "./eligibility.ts";
import type { Query } from "./query.ts";
import type { Pipeline } from "./stages.ts";

/** Term whose half-life is so short that what is popular by it is so this week. */
const THIS_WEEK = "trending";
const WEEK_DAYS = 7;
/** Entries of one post a week ago that may not pass for this week's: together they count less than is asked for. */
const OLD_ENTRIES = 1_600;
/** Largest share of a category that is popular in it: of more posts the word would say little. */
const POPULAR_SHARE = 0.1;
/** Fewest posts of a category that has popular ones: of a smaller one that share is less than two posts. */
const CATEGORY_MIN = 20;

/** The row of the liked post that makes most of a row's score in one term; `undefined` if none makes any. */
export function strongestPull(
  { scorers }: Pipeline,
  query: Query,
  term: string,
  row: number,
): number | undefined {
  const { rows, confidence } = query.person;
  const pulls = scorers.find((it) => it.name === term)?.pulls?.(query, row);
  if (pulls === undefined) return undefined;
  let most: number | undefined;
  for (let n = 0; n < rows.length; n++)
    if (confidence[n]! > 0 && pulls[n]! > (most === undefined ? 0 : pulls[most]!)) most = n;
  return most === undefined ? undefined : rows[most]!;
}

/** The name of the row's main category, if the row is among the tenth of it that is most popular this week. */
export function popularIn({ scorers }: Pipeline, query: Query, row: number): string | undefined {
  const { model, nowMs = Infinity } = query;
  const { categoryRows, info } = model;
  const trending = scorers.find((it) => it.name === THIS_WEEK);
  const category = categoryRows[row]!;
  if (trending === undefined || category < 0) return undefined;
  const asOfDays = Math.max(0, nowMs - info.asOfMs) / DAY_MS; // ages are measured from there
  const leftOfOld = OLD_ENTRIES * 0.5 ** ((WEEK_DAYS - asOfDays) / TRENDING.halfLifeDays);
  const rows = Uint32Array.from(categoryRows.keys()).filter(
    (it) => categoryRows[it] === category && isServable(model, it),
  );
  const scores = trending.score(query, rows);
  const own = scores[rows.indexOf(row)] ?? 0;
  const better = scores.reduce((count, it) => count + Number(it > own), 0);
  const isPopular = better < POPULAR_SHARE * rows.length;
  if (rows.length < CATEGORY_MIN || own < Math.log1p(leftOfOld) || !isPopular) return undefined;
  return info.categories[category]!.name;
}
