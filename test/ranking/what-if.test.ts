/** Changes that bring a row among the first: the score and the rows that are named do it, and less score does not. */
import { describe, expect, test } from "bun:test";
import { diversity } from "../../src/ranking/selectors/diversity.ts";
import { isAmongFirst, relatedRows, scoreToEnter } from "../../src/ranking/what-if.ts";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";

const FIRST = 20;
const POSTS = Array.from({ length: 200 }, (_, n) => ({
  category: "abcd"[n % 4]!,
  popularity: 1 / (n + 1),
  ...(n > 150 ? { vector: [1, n - 151, 0] } : {}),
}));
// Each is a neighbour of the other.
const NEAR = [[120, 90, 0.9], [120, 91, 0.1], [90, 120, 0.9], [91, 120, 0.1]] as const; // prettier-ignore
const { ranker, rank } = rankingWith(modelOf(POSTS, { neighbours: NEAR })); // prettier-ignore
const HISTORY: readonly Done[] = [{ post: 104, kind: "like" }];

describe("the score that a row lacks", () => {
  const feed = rank(HISTORY);

  test("brings it among the first, and a tenth less does not", () => {
    for (const row of [25, 40, 120]) {
      const by = scoreToEnter(ranker, feed, row, FIRST)!;
      const isIn = (more: number) =>
        isAmongFirst(ranker.rankLifted(feed.inputs, { row, by: more }).rows, row, FIRST);
      expect([row, by > 0, isIn(by), isIn(0.9 * by - 0.02)]).toEqual([row, true, true, false]);
    }
  });

  test("is not known of a row without a score", () => {
    expect(scoreToEnter(ranker, feed, 3, FIRST)).toBeUndefined(); // seen
  });

  test("is none that is not enough for a selector that keeps the row back", () => {
    const { select } = diversity;
    const lastAlways = (rows: Uint32Array) =>
      Uint32Array.from([...rows].toSorted((a, b) => Number(a === 40) - Number(b === 40)));
    const { selectors } = ranker.pipeline;
    const own = selectors.find(({ name }) => name === "diversity")!;
    try {
      Object.assign(own, { select: (query: never, rows: Uint32Array) => lastAlways(select(query, rows)) }); // prettier-ignore
      expect(scoreToEnter(ranker, rank(HISTORY), 40, FIRST)).toBeUndefined();
    } finally {
      Object.assign(own, { select });
    }
  });
});

test("related are neighbours and posts of near texts, none of them known to the person", () => {
  const related = (row: number, done: readonly Done[]) =>
    ranker.asked(rank(done).inputs, (query) => relatedRows(query, row));
  expect(related(120, HISTORY)).toEqual([90, 91]);
  expect(related(120, [{ post: 101 + 90, kind: "like" }])).toEqual([91]);
  expect(related(153, HISTORY)).toContain(154);
  expect(related(153, HISTORY)).not.toContain(153);
});
