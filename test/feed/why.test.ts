/** Answers to why a post is in a feed, at its rank, or is not: one post for each. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { whyOf } from "../../src/feed/why.ts";
import { UNMOVED } from "../../src/domain/sliders.ts";
import type { RankInputs } from "../../src/models/contract.ts";
import type { Reason } from "../../src/ranking/eligibility.ts";
import { modelOf, rankingWith } from "../support/model.ts";
import { HISTORY, POSTS } from "./why-posts.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const { ranker, rank } = rankingWith(modelOf(POSTS));
const why = (row: number, over: Partial<RankInputs> = {}, now: Reason[] = []) =>
  whyOf(ranker, rank(HISTORY, { limit: 300, ...over }), row, now);

describe("why a post", () => {
  test("is in the feed: who found it, what it scores, its rank and the best of its merits", () => {
    const answer = why(0);
    expect(answer).toMatchObject({ eligible: true, reasons: [], rankBefore: 1, rank: 1 });
    expect(answer.foundBy).toContain("popular");
    expect(answer.terms["popular"]).toBeGreaterThan(0);
    expect(answer.sentences).toEqual([
      "It is at rank 1 of 300.",
      "Does well with everybody at the moment.",
    ]);
  });

  test("is not: every reason against it, in words", () => {
    expect(why(7)).toMatchObject({
      eligible: false,
      reasons: ["private", "locked"],
      foundBy: [],
      terms: {},
      rankBefore: undefined,
      rank: undefined,
      sentences: ["It is not in the feed: it is not public; it is locked."],
    });
    expect(why(4).reasons).toEqual(["seen", "disliked"]);
    const categoryMask = Uint8Array.from(POSTS, (it) => Number(it.category === "b"));
    expect(why(3, { categoryMask }).reasons).toEqual(["seen", "category"]);
    expect(why(20, { categoryMask })).toMatchObject({ eligible: true, reasons: [] });
  });

  test("is in it though it was seen: the feed is not full without it", () => {
    expect(why(0, { limit: 1_000 }).sentences).toEqual([
      "It is at rank 1 of 695.",
      "Does well with everybody at the moment.",
      "Posts that you have seen follow: 1.",
    ]);
    const answer = why(3, { limit: 1_000 });
    expect(answer).toMatchObject({ eligible: false, reasons: ["seen"], rank: 696 });
    expect(answer.sentences).toEqual([
      "It fills the feed up at rank 696 of 696, behind all that you have not seen: you have seen it.",
    ]);
  });

  test("is not in it though it is eligible: no source found it, or it scores too low", () => {
    expect(why(400)).toMatchObject({ eligible: true, foundBy: [], rank: undefined });
    expect(why(400).sentences[0]).toContain("no source found it");
    const { rows, scored } = rank(HISTORY, { limit: 300 });
    const cut = why(scored.rows.find((row) => row > 2 && !rows.includes(row))!);
    expect(cut).toMatchObject({ eligible: true, rank: undefined });
    expect(cut.rankBefore).toBeGreaterThan(300);
    expect(cut.sentences).toEqual([
      `Its score is too low: it is number ${cut.rankBefore} of the ${scored.rows.length} posts that the sources found.`,
      "A feed holds 300.",
    ]);
  });

  test("fills the feed up though no source found it", () => {
    const feed = rank(HISTORY, { limit: 1_000 });
    const none = new Uint32Array();
    const unfound = { ...feed, scored: { ...feed.scored, rows: none }, orders: feed.orders.map(() => none) }; // prettier-ignore
    expect(whyOf(ranker, unfound, 0, []).sentences).toEqual([
      "No source found it.",
      "It fills the feed up at rank 1 of 695.",
      "You have not seen it, and what fits better stands above it.",
      "Posts that you have seen follow: 1.",
    ]);
  });

  test("is not in it any more: the store has lost it since the snapshot", () => {
    const answer = why(0, {}, ["hidden"]);
    expect(answer).toMatchObject({ eligible: false, reasons: ["hidden"], rank: undefined });
    expect(answer.sentences).toEqual(["It is not in the feed: it is hidden by its app."]);
    expect(why(7, {}, ["locked", "expired"]).reasons).toEqual(["private", "locked", "expired"]);
  });

  test("is elsewhere than its score says: the selector that moved it", () => {
    const sliders = { ...UNMOVED, variety: 1 };
    const { orders, rows } = rank(HISTORY, { limit: 300, sliders });
    const [, before, after] = orders as [Uint32Array, Uint32Array, Uint32Array];
    const row = before.find((it, n) => after[n] !== it)!;
    const answer = why(row, { sliders });
    expect(answer).toMatchObject({
      rankBefore: orders[0]!.indexOf(row) + 1,
      rank: rows.indexOf(row) + 1,
    });
    expect(answer.sentences.at(-1)).toBe(
      `The selector diversity moved it from ${before.indexOf(row) + 1} to ${rows.indexOf(row) + 1}.`,
    );
  });

  test("is not in it: the feed has a post that says the same", () => {
    const answer = why(1);
    expect(answer).toMatchObject({ eligible: true, rankBefore: 8, rank: undefined });
    expect(answer.sentences).toEqual([
      "The selector duplicates left it out at 8: the feed has a post that says the same.",
    ]);
  });

  test("has the rank by score that the pipeline gives it, equal scores included", () => {
    const feed = rank(HISTORY, { limit: 300 });
    const ranks = Array.from(feed.orders[0]!, (row) => whyOf(ranker, feed, row).rankBefore);
    expect(ranks).toEqual(ranks.map((_, n) => n + 1));
  });
});
