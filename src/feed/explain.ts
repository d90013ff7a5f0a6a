/** Explanation of a post in a feed, in numbers and in words. */
import type { Ranker, ScoredFeed } from "../ranking/feed.ts";
import { MODELS, PERSONAL } from "../models/models.ts";
import type { Person } from "../models/person.ts";
import { wonBy } from "../ranking/exploration/contest.ts";
import { pullsOn, steeringBooster } from "../ranking/steering.ts";
import { TIERS, type Filled } from "../ranking/tiers.ts";
import type { Explanation } from "./contract.ts";

/** Words of score terms, tiers and the rest, by their names. */
const WORDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(MODELS.map(({ name, words }) => [name, words])),
  placeholder: "says nothing of what it shows, so that all others stand above it",
  newPost: "new post, being tried out",
  newCreator: "new creator, being tried out",
  category: "belongs to what you asked for",
  seen: "you have seen it, but there is nothing left that you have not",
  rest: "you have not seen it, and what fits better stands above it",
};

const STEERING = steeringBooster.name;

/** Smallest share of the largest term that is worth a reason. */
const WORTH_SAYING = 0.4;

/** Words of a term for a row that name what it is about; `undefined` for the term's own words. */
export type Say = (term: string, row: number) => string | undefined;

/** Explains one row of a feed. */
export function reasonFor(
  ranker: Ranker,
  feed: ScoredFeed,
  row: number,
  say: Say = () => undefined,
): Omit<Explanation, "id"> {
  const { pipeline } = ranker;
  const { scored, inputs } = feed;
  const place = scored.rows.indexOf(row);
  const trial = trialWords(feed, row);
  if (place < 0) {
    const reasons = trial.length > 0 ? trial : [wordsOf(tierOf(feed, row))];
    return { sources: [], terms: {}, score: 0, reasons };
  }
  const found = scored.foundBy[place]!;
  const sources = pipeline.sources.filter((_, n) => found & (1 << n)).map((it) => it.name);
  const terms = termsOf(ranker, feed, place);
  const telling = tellingOf(feed, terms).map(
    (name) => say(name, row) ?? wordsFor(name, inputs.person),
  );
  const named = inputs.categoryMask === undefined ? [] : [wordsOf("category")];
  const isSunk = terms.some(([name, share]) => name === "placeholder" && share < 0);
  const isSteered = terms.some(([name, share]) => name === STEERING && share !== 0);
  const asked = isSteered ? pullsOn(ranker.model, inputs, row).map((it) => it.words) : [];
  const reasons = [
    ...trial,
    ...new Set([...asked, ...telling]),
    ...named,
    ...(isSunk ? [wordsOf("placeholder")] : []),
  ];
  return {
    sources,
    terms: Object.fromEntries(terms),
    score: rounded(terms.reduce((sum, [, share]) => sum + share, 0)),
    reasons: reasons.length > 0 ? reasons : [wordsOf(tierOf(feed, row))],
  };
}

/** The reason of a post that has won a reserved slot. */
function trialWords({ contests }: ScoredFeed, row: number): string[] {
  const contest = wonBy(contests, row);
  if (contest === undefined) return [];
  return [wordsOf(contest.isByNewCreator[contest.winner] ? "newCreator" : "newPost")];
}

/** Names of the terms that are worth a reason for a row, the largest first. */
export function tellingTerms(ranker: Ranker, feed: ScoredFeed, row: number): string[] {
  const place = feed.scored.rows.indexOf(row);
  return place < 0 ? [] : tellingOf(feed, termsOf(ranker, feed, place));
}

type Term = readonly [name: string, share: number];

/** The terms of a candidate. */
function termsOf({ pipeline }: Ranker, { scored }: ScoredFeed, place: number): Term[] {
  const names = [...pipeline.scorers, ...pipeline.boosters].map((it) => it.name);
  return names.map((name, n) => [name, rounded(scored.terms[n]![place]!)]);
}

function tellingOf({ termsAgainst }: ScoredFeed, terms: readonly Term[]): string[] {
  const unsaid = new Set([STEERING, ...termsAgainst]); // what was asked for is said apart
  const found = terms.filter(([name]) => !unsaid.has(name));
  const most = Math.max(...found.map(([, share]) => share));
  return found
    .filter(([, share]) => share > 0 && share >= WORTH_SAYING * most)
    .toSorted((a, b) => b[1] - a[1])
    .map(([name]) => name);
}

const wordsOf = (name: string): string => WORDS[name] ?? name;

/** Words for a term of a person's feed. Without a like, a personal term comes from dislikes, or from the profile. */
export function wordsFor(name: string, { confidence }: Person): string {
  if (!PERSONAL.has(name) || confidence.some((it) => it > 0)) return wordsOf(name);
  return confidence.length > 0 ? "is unlike what you did not like" : "fits your profile";
}

/** The tier of a row. */
function tierOf({ rows, tierStart }: Filled, row: number): string {
  const at = rows.indexOf(row);
  return TIERS.findLast((_, n) => tierStart[n]! <= at) ?? "rest";
}

function rounded(x: number): number {
  return Math.round(x * 1e4) / 1e4;
}
