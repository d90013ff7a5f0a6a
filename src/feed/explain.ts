/** Explanation of a post in a feed, in numbers and in words. */
import type { Ranker, ScoredFeed } from "../ranking/feed.ts";
import type { Person } from "../ranking/person.ts";
import type { ScoreName } from "../ranking/pipeline.ts";
import { TIERS, type Filled } from "../ranking/tiers.ts";
import type { Explanation } from "./contract.ts";

/** Reasons other than a score term: a tier, the category asked for, or nothing better. */
type Other = (typeof TIERS)[number] | "category" | "rest";

const WORDS: Readonly<Record<ScoreName | Other, string>> = {
  collaborative: "fits the taste your history shows",
  neighbours: "liked by people who liked what you liked",
  sequence: "often comes after what you liked last",
  stretches: "came next for people whose last likes resemble yours",
  similar: "is about what you like",
  popular: "does well with everybody at the moment",
  trending: "is what everybody watches today",
  fresh: "is new",
  mood: "fits the mood",
  placeholder: "says nothing of what it shows, so that all others stand above it",
  category: "belongs to what you asked for",
  seen: "you have seen it, but there is nothing left that you have not",
  rest: "you have not seen it, and what fits better stands above it",
};

/** Smallest share of the largest term that is worth a reason. */
const WORTH_SAYING = 0.4;

/** Terms that are computed from a history. */
const PERSONAL: ReadonlySet<ScoreName> = new Set<ScoreName>(["collaborative", "neighbours", "sequence", "stretches", "similar"]); // prettier-ignore

/** Explains one row of a feed. */
export function reasonFor(
  { pipeline }: Ranker,
  feed: ScoredFeed,
  row: number,
): Omit<Explanation, "id"> {
  const { scored, asked } = feed;
  const place = scored.rows.indexOf(row);
  if (place < 0) return { sources: [], terms: {}, score: 0, reasons: [WORDS[tierOf(feed, row)]] };
  const found = scored.foundBy[place]!;
  const sources = pipeline.sources.filter((_, n) => found & (1 << n)).map((it) => it.name);
  const terms = [...pipeline.scorers, ...pipeline.boosters].map(
    (it, n) => [it.name, rounded(scored.terms[n]![place]!)] as const,
  );
  const most = Math.max(...terms.map(([, share]) => share));
  const telling = terms
    .filter(([, share]) => share > 0 && share >= WORTH_SAYING * most)
    .sort((a, b) => b[1] - a[1])
    .map(([name]) => wordsFor(name, asked.person));
  const named = asked.categoryMask === undefined ? [] : [WORDS.category];
  const isSunk = terms.some(([name, share]) => name === "placeholder" && share < 0);
  const reasons = [...new Set(telling), ...named, ...(isSunk ? [WORDS.placeholder] : [])];
  return {
    sources,
    terms: Object.fromEntries(terms),
    score: rounded(terms.reduce((sum, [, share]) => sum + share, 0)),
    reasons: reasons.length > 0 ? reasons : [WORDS[tierOf(feed, row)]],
  };
}

/** Words for a term. Without a like, a personal term comes from dislikes, or from the profile. */
function wordsFor(name: ScoreName, { confidence }: Person): string {
  if (!PERSONAL.has(name) || confidence.some((it) => it > 0)) return WORDS[name];
  return confidence.length > 0 ? "is unlike what you did not like" : "fits your profile";
}

/** The tier of a row. */
function tierOf({ rows, tierStart }: Filled, row: number): Other {
  const at = rows.indexOf(row);
  return TIERS.findLast((_, n) => tierStart[n]! <= at) ?? "rest";
}

function rounded(x: number): number {
  return Math.round(x * 1e4) / 1e4;
}
