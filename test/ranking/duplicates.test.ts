import { describe, expect, test } from "bun:test";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";

const like = (post: number): Done => ({ post, kind: "like" });
const POSTS = 300;
/** Rows 10 to 14 are one text, so are 20 and 21, and 200 and 250. */
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
const { feed } = rankingWith(modelOf(posts));

describe("of near-duplicates", () => {
  const categoryMask = new Uint8Array(POSTS).fill(1);
  test.each<[string, number[]]>([
    ["newcomers", feed([], { limit: POSTS })],
    ["people we know", feed([like(150), like(151)], { limit: POSTS })],
    ["who asks for a category", feed([], { limit: POSTS, categoryMask })],
  ])("%s get one in a hundred places, and lose none", (_, list) => {
    const last = new Map<number, number>();
    for (const [place, id] of list.slice(0, 250).entries()) {
      const leader = leaderOf(id - 101);
      if (leader < 0) continue;
      expect(place - (last.get(leader) ?? -100)).toBeGreaterThanOrEqual(100);
      last.set(leader, place);
    }
    expect(list.toSorted((a, b) => a - b)).toEqual(posts.map((_, row) => 101 + row));
  });

  test("the best comes first, where it would have come alone", () => {
    const list = feed([], { limit: POSTS, categoryMask });
    expect(list.slice(0, 12)).toEqual(
      Array.from({ length: 12 }, (_, n) => (n < 11 ? 101 + n : 116)),
    );
  });

  test("all are served where there is nothing else", () => {
    const same = rankingWith(modelOf(posts.slice(0, 5).map((it) => ({ ...it, duplicateOf: 0 }))));
    expect(same.feed([])).toEqual([101, 102, 103, 104, 105]);
  });
});
