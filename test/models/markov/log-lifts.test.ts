import { describe, expect, test } from "bun:test";
import type { TopTable } from "../../../src/linalg/sparse.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { logLifts } from "../../../src/models/markov/log-lifts.ts";
import { markov } from "../../../src/models/markov/model.ts";
import type { TrainingView } from "../../../src/models/training-view.ts";
import { csr } from "../../support/matrix.ts";

const POSTS = 6;
const BLOCK = {
  pairs: { decay: 0.5, window: 3 },
  pseudoCounts: 2,
  query: { decay: 1, window: 1, scale: 1 },
};
const PARAMS = { blocks: [BLOCK], damping: 0.5, m: POSTS };

/** Everybody's posts, oldest first. */
const seen = (people: readonly (readonly number[])[]) =>
  csr(
    people.map((posts) => posts.map((post) => [post, 1] as const)),
    POSTS,
  );

/** The log lifts in a row, by post. */
const liftsIn = ({ m, rows, scores }: TopTable, row: number) => {
  const places = Array.from({ length: m }, (_, i) => row * m + i).filter((p) => scores[p] !== 0);
  return new Map(places.map((p) => [rows[p]!, scores[p]!]));
};

/** ln((C_ij + κ p_j) / (κ p_j)) from all pairs, one by one. */
function definition(people: readonly (readonly number[])[]): number[][] {
  const count = Array.from({ length: POSTS }, () => new Array<number>(POSTS).fill(0));
  for (const posts of people)
    for (const [n, post] of posts.entries())
      for (let gap = 1; gap <= BLOCK.pairs.window && n + gap < posts.length; gap++)
        count[post]![posts[n + gap]!]! += BLOCK.pairs.decay ** (gap - 1);
  const later = Array.from({ length: POSTS }, (_, j) =>
    count.reduce((sum, row) => sum + row[j]!, PARAMS.damping),
  );
  const total = later.reduce((sum, it) => sum + it, 0);
  const expected = later.map((it) => (BLOCK.pseudoCounts * it) / total);
  return count.map((row) => row.map((it, j) => Math.log((it + expected[j]!) / expected[j]!)));
}

describe("log lifts", () => {
  test("are the logarithms of smoothed probabilities over shares, pair by pair", () => {
    const random = seededRandom(5);
    const people = Array.from({ length: 40 }, () =>
      [...Array(POSTS).keys()].filter(() => random() < 0.7).toSorted(() => random() - 0.5),
    );
    const table = logLifts(seen(people), PARAMS);
    for (const [post, row] of definition(people).entries())
      for (const [other, lift] of row.entries())
        expect(liftsIn(table, post).get(other) ?? 0).toBeCloseTo(lift, 5);
  });

  test("prefer what follows this post to what follows every post", () => {
    // Post 5 follows all others as often; 1 follows 0 alone.
    const people = [0, 2, 3, 4].flatMap((post) => [
      [post, 5],
      [post, post === 0 ? 1 : 5],
    ]);
    const lifts = liftsIn(logLifts(seen(people), PARAMS), 0);
    expect([...lifts.keys()].toSorted()).toEqual([1, 5]);
    expect(lifts.get(1)!).toBeGreaterThan(lifts.get(5)!);
  });

  test("go no step back, and not from one history into the next", () => {
    const table = logLifts(seen([[0, 1], [2, 3], [4]]), PARAMS);
    expect([0, 1, 2, 3, 4].map((post) => [...liftsIn(table, post).keys()])).toEqual([
      [1],
      [],
      [3],
      [],
      [],
    ]);
  });

  test("are kept where many pairs make them, rather than where a rare one is great", () => {
    const often = Array.from({ length: 9 }, () => [0, 1]);
    const elsewhere = Array.from({ length: 9 }, () => [2, 1]);
    const people = [...often, ...elsewhere, [0, 3]];
    const both = liftsIn(logLifts(seen(people), PARAMS), 0);
    expect(both.get(3)!).toBeGreaterThan(both.get(1)!);
    expect([...liftsIn(logLifts(seen(people), { ...PARAMS, m: 1 }), 0).keys()]).toEqual([1]);
  });

  test("are kept where they are great, rather than where many pairs make a small one", () => {
    const everywhere = [2, 3, 4].flatMap((post) => Array.from({ length: 40 }, () => [post, 5]));
    const people = [...everywhere, ...Array(5).fill([0, 5]), ...Array(4).fill([0, 1])] as number[][]; // prettier-ignore
    expect([...liftsIn(logLifts(seen(people), { ...PARAMS, m: 1 }), 0).keys()]).toEqual([1]);
  });

  test("of each block follow each other", () => {
    const next = { ...BLOCK, pairs: { decay: 0.5, window: 1 } };
    const table = logLifts(seen([[0, 1, 2]]), { ...PARAMS, blocks: [BLOCK, next] });
    expect([...liftsIn(table, 0).keys()]).toEqual([1, 2]);
    expect([...liftsIn(table, POSTS).keys()]).toEqual([1]);
  });
});

test("pairs are up to 4 and 30 posts apart, and a query reads the last 5 and 15 likes", async () => {
  const one = csr([Array.from({ length: 40 }, (_, post) => [post, 1] as const)], 40);
  const { info, columns } = await markov.train({ sequences: one } as TrainingView);
  const { m, windows } = info as { m: number; windows: readonly { window: number }[] };
  const successors = windows.map((_, block) => liftsIn({ m, ...columns } as TopTable, 40 * block).size); // prettier-ignore
  expect(successors).toEqual([4, 30]);
  expect(windows.map((it) => it.window)).toEqual([5, 15]);
});
