/** Near-duplicates in a list, on a catalogue that says which they are. */
import { describe, expect, test } from "bun:test";
import { UNMOVED } from "../../src/domain/sliders.ts";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";

const like = (post: number): Done => ({ post, kind: "like" });
const POSTS = 300;
/** Rows 10 to 14 say the same, so do 20 and 21, and 200 and 250. */
const leaderOf = (row: number) =>
  row >= 10 && row < 15
    ? 10
    : row === 20 || row === 21
      ? 20
      : row === 200 || row === 250
        ? 200
        : -1;
const posts = Array.from({ length: POSTS }, (_, row) => ({
  category: `kind ${row % 7}`,
  ...(leaderOf(row) >= 0 && { duplicateOf: leaderOf(row) }),
}));
const { feed, rank } = rankingWith(modelOf(posts));
/** Ids of the first post of each group, and of posts without any. */
const once = posts.flatMap((_, row) => (leaderOf(row) < 0 || leaderOf(row) === row ? [101 + row] : [])); // prettier-ignore

describe("of near-duplicates", () => {
  const categoryMask = new Uint8Array(POSTS).fill(1);
  test.each<[string, number[]]>([
    ["newcomers", feed([], { limit: POSTS })],
    ["people we know", feed([like(150), like(151)], { limit: POSTS })],
    ["who asks for a category", feed([], { limit: POSTS, categoryMask })],
    ["who wants what is relevant alone", feed([], { sliders: { ...UNMOVED, variety: 0 }, limit: POSTS })], // prettier-ignore
    ["who gets a short list", feed([], { limit: 30 })],
  ])("%s get one, the best, and all other posts", (_, list) => {
    expect(list.toSorted((a, b) => a - b)).toEqual(once.slice(0, list.length));
  });

  test("the best comes where it would have come alone", () => {
    const list = feed([], { limit: 100, categoryMask, sliders: { ...UNMOVED, variety: 0 } });
    expect(list.slice(9, 13)).toEqual([110, 111, 116, 117]);
  });

  test("none comes on a later page of a session that has served one", () => {
    const served = Uint32Array.of(12, 21);
    const list = feed([], { limit: POSTS, served });
    expect(list.filter((id) => [10, 20].includes(leaderOf(id - 101)))).toEqual([]);
    expect(list).toHaveLength(once.length - 2);
  });

  test("the trace counts those that were left out", () => {
    expect(rank([], { limit: POSTS }).trace.moved["duplicates"]).toBe(6);
  });
});
