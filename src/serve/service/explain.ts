/** Why a post is in a feed, in numbers and in words. */
import type { PostId } from "../../domain.ts";
import type { Feed, Ranker } from "../../rank/feed.ts";
import type { Reason } from "../contract.ts";

const WORDS: Readonly<Record<string, string>> = {
  collaborative: "fits the taste your history shows",
  neighbours: "liked by people who liked what you liked",
  sequence: "often comes after what you liked last",
  similar: "is about what you like",
  popular: "does well with everybody at the moment",
  fresh: "is new",
  mood: "fits the mood",
  category: "belongs to what you asked for",
  seen: "you have seen it, but there is nothing left that you have not",
};

/** Terms that are worth a reason: at least this share of the largest. */
const WORTH_SAYING = 0.4;

/** Explain one row of a feed. */
export function reasonFor({ model, pipeline }: Ranker, feed: Feed, row: number): Reason {
  const { scored } = feed;
  const place = scored.rows.indexOf(row);
  const id = model.postIds[row]! as PostId;
  if (place < 0) return { id, sources: [], terms: {}, score: 0, reasons: [WORDS["seen"]!] };
  const found = scored.foundBy[place]!;
  const sources = pipeline.sources.filter((_, n) => found & (1 << n)).map((it) => it.name);
  const terms = pipeline.scorers.map(
    (it, n) => [it.name, rounded(scored.terms[n]![place]!)] as const,
  );
  const most = Math.max(...terms.map(([, share]) => share));
  const telling = terms
    .filter(([, share]) => share > 0 && share >= WORTH_SAYING * most)
    .sort((a, b) => b[1] - a[1])
    .map(([name]) => WORDS[name]!);
  const asked = sources.includes("category") ? [WORDS["category"]!] : [];
  return {
    id,
    sources,
    terms: Object.fromEntries(terms),
    score: rounded(scored.score[place]!),
    reasons: [...telling, ...asked],
  };
}

function rounded(x: number): number {
  return Math.round(x * 1e4) / 1e4;
}
