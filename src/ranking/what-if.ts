/** Answers to “what if”: a score with which a row would be among the first of a list, and rows whose like may bring it there. */
import { neighboursPart } from "../models/item-item/model.ts";
import { scoresIn, tableIn } from "../models/top-tables.ts";
import { isServable } from "./eligibility.ts";
import type { Ranker, ScoredFeed } from "./feed.ts";
import type { Query } from "./query.ts";

/** Places of the list that are tried, as shares of the first ones: a selector may hold back what scores just enough. */
const SHARES = [1, 0.75, 0.5, 0.25, 0];
/** A score is given to this many parts of 1. */
const PARTS = 100;
/** Related rows of each kind. */
const RELATED = 6;

/**
 * Missing score of a row to be among the `first` rows, in steps of a hundredth: the list was ranked with
 * it. `undefined` for a row without a score, or where a selector holds it back at any score.
 */
export function scoreToEnter(
  ranker: Ranker,
  { inputs, scored, orders }: ScoredFeed,
  row: number,
  first: number,
): number | undefined {
  const scoreOf = (it: number) => scored.score[scored.rows.indexOf(it)]!;
  if (!scored.rows.includes(row)) return undefined;
  for (const share of SHARES) {
    const rival = orders[0]![Math.max(0, Math.round(share * first) - 1)];
    const gap = rival === undefined ? 0 : scoreOf(rival) - scoreOf(row);
    const by = (Math.floor(Math.max(0, gap) * PARTS) + 1) / PARTS;
    if (isAmongFirst(ranker.rankLifted(inputs, { row, by }).rows, row, first)) return by;
  }
  return undefined;
}

/** True if a row is among the `first` of a list. */
export function isAmongFirst(rows: Uint32Array, row: number, first: number): boolean {
  return rows.subarray(0, first).includes(row);
}

/** Rows that the person has no history with and whose like may raise a row: item neighbours, and posts of near texts. */
export function relatedRows({ model, nearest, person }: Query, row: number): number[] {
  const d = model.info.encoder?.dimension ?? 0;
  const table = tableIn(neighboursPart.of(model));
  const neighbours = [...table.rows.subarray(row * table.m, (row + 1) * table.m)];
  const pulls = scoresIn(table, Uint32Array.from(neighbours), row);
  const strongest = neighbours
    .map((it, n) => [it, pulls[n]!] as const)
    .filter(([, pull]) => pull > 0)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, RELATED);
  const vector = model.embeddings.subarray(row * d, row * d + d);
  const near = vector.some((it) => it !== 0) ? [...nearest(vector, RELATED + 1)] : [];
  const known = new Set([row, ...person.seen, ...person.rows]);
  const all = new Set([...strongest.map(([it]) => it), ...near]);
  return [...all].filter((it) => !known.has(it) && isServable(model, it));
}
