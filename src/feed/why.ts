/** Explains why a post is in a user's feed, and at which rank, or why it is not. */
import type { PostLimits } from "../data/catalogue.ts";
import { sentenceOf } from "../domain/sentence.ts";
import { bitOf, REASONS, reasonsIn, type Reason } from "../ranking/eligibility.ts";
import type { Ranker, ScoredFeed } from "../ranking/feed.ts";
import type { Scored } from "../ranking/stages.ts";
import { TIERS } from "../ranking/tiers.ts";
import type { Why } from "./why-contract.ts";
import { reasonFor, type Say } from "./explain.ts";

/** The reasons by which the store keeps a post out now, whatever the snapshot knows. */
export function reasonsNow(limits: PostLimits | undefined, nowMs: number): Reason[] {
  if (limits === undefined) return ["withdrawn"];
  const { isWithdrawn, isPrivate, isLocked, isHidden, expiresAtMs } = limits;
  return [
    ...(isWithdrawn ? (["withdrawn"] as const) : []),
    ...(isPrivate ? (["private"] as const) : []),
    ...(isLocked ? (["locked"] as const) : []),
    ...(isHidden ? (["hidden"] as const) : []),
    ...(expiresAtMs !== null && expiresAtMs <= nowMs ? (["expired"] as const) : []),
  ];
}

/** Answer for one row of a ranked feed; `now` has what {@link reasonsNow} says of the post, `refusal` how they turned it down. */
export function whyOf(
  ranker: Ranker,
  feed: ScoredFeed,
  row: number,
  now: readonly Reason[] = [],
  say?: Say,
  refusal?: string,
): Why {
  const reasons = reasonsIn(now.reduce((bits, it) => bits | bitOf(it), feed.reasons[row]!));
  const { sources, terms, reasons: merits } = reasonFor(ranker, feed, row, say);
  const found = {
    reasons,
    foundBy: sources,
    terms,
    rankBefore: scoreRank(feed.scored, row),
    rank: now.length === 0 ? rankIn(feed.rows, row) : undefined,
  };
  const moves = movesOf(ranker, feed, row);
  return {
    eligible: reasons.length === 0,
    ...found,
    sentences: sentencesOf({ ...found, refusal }, feed, merits, moves),
  };
}

/** Answer for a stored post that no snapshot holds yet; `now` has what {@link reasonsNow} says of it. */
export function notLearnt(now: readonly Reason[]): Why {
  const all = [...now.map((it) => REASONS[it].words), NOT_LEARNT];
  return {
    eligible: false,
    reasons: [...now, "not_learnt"],
    foundBy: [],
    terms: {},
    rankBefore: undefined,
    rank: undefined,
    sentences: [`It is not in the feed: ${all.join("; ")}.`],
  };
}

const NOT_LEARNT =
  "it has just come, and lists have it within seconds, or after the next learning where very many came at once (/health/ready says when: learning.next_at)";

function sentencesOf(
  { reasons, rankBefore, rank, refusal }: Pick<Why, "rankBefore" | "rank"> & { reasons: readonly Reason[]; refusal: string | undefined }, // prettier-ignore
  { rows, scored, inputs, tierStart }: ScoredFeed,
  merits: readonly string[],
  moves: readonly string[],
): string[] {
  if (reasons.length > 0) {
    const words = reasons.map((it) =>
      it === "disliked" && refusal ? `you ${refusal} it` : REASONS[it].words,
    );
    const where =
      rank === undefined
        ? "It is not in the feed"
        : `It fills the feed up at rank ${rank} of ${rows.length}, behind all that you have not seen`;
    return [`${where}: ${words.join("; ")}.`];
  }
  const eligible = tierStart[TIERS.indexOf("seen")]!;
  const rest = rows.length - eligible;
  const why = merits.map(sentenceOf);
  const behind = rest === 0 ? [] : [`Posts that you have seen follow: ${rest}.`];
  if (rankBefore === undefined)
    return rank === undefined
      ? ["It is eligible, but no source found it.", "The feed is full without it."]
      : [
          "No source found it.",
          `It fills the feed up at rank ${rank} of ${eligible}.`,
          ...why,
          ...behind,
        ];
  if (rank === undefined && moves.length > 0) return [...moves];
  if (rank === undefined)
    return [
      `Its score is too low: it is number ${rankBefore} of the ${scored.rows.length} posts that the sources found.`,
      `A feed holds ${inputs.limit}.`,
    ];
  return [`It is at rank ${rank} of ${eligible}.`, ...why, ...moves, ...behind];
}

/** A sentence for each selector that gave the row another place or left it out. */
function movesOf({ pipeline }: Ranker, { orders }: ScoredFeed, row: number): string[] {
  return pipeline.selectors.flatMap(({ name }, n) => {
    const [from, to] = [rankIn(orders[n]!, row), rankIn(orders[n + 1]!, row)];
    if (from === to || from === undefined) return [];
    return to === undefined
      ? [`The selector ${name} left it out at ${from}: the feed has a post that says the same.`]
      : [`The selector ${name} moved it from ${from} to ${to}.`];
  });
}

/** Rank of a row in a list, from 1; `undefined` for one that is not in it. */
export function rankIn(rows: Uint32Array, row: number): number | undefined {
  const place = rows.indexOf(row);
  return place < 0 ? undefined : place + 1;
}

/** Equal scores are ranked in the order of the candidates, as the pipeline does. */
function scoreRank({ rows, score }: Scored, row: number): number | undefined {
  const place = rows.indexOf(row);
  if (place < 0) return undefined;
  let rank = 1;
  for (let n = 0; n < score.length; n++)
    if (score[n]! > score[place]! || (score[n] === score[place] && n < place)) rank++;
  return rank;
}
