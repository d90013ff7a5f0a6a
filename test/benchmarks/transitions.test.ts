import { describe, expect, test } from "bun:test";
import type { TopTable } from "../../src/linalg/sparse.ts";
import { successors } from "../../src/benchmarks/transitions.ts";
import { csr } from "../support/matrix.ts";

const PARAMS = { m: 3, window: 5, damping: 0 };
const POSTS = 5;

/** Everybody's posts, oldest first. */
const seen = (...people: number[][]) =>
  csr(
    people.map((posts) => posts.map((post) => [post, 1] as const)),
    POSTS,
  );

/** Successors of a post, with scores. */
function after({ m, rows, scores }: TopTable, post: number): [number, number][] {
  const places = Array.from({ length: m }, (_, i) => post * m + i).filter((p) => scores[p] !== 0);
  return places.map((p) => [rows[p]!, scores[p]!]);
}

describe("successors", () => {
  test("are later posts of the same histories, the sooner the better", () => {
    const table = successors(seen([0, 1, 2]), PARAMS);
    expect(after(table, 0)).toEqual([
      [1, 1],
      [2, 0.5],
    ]);
    expect(after(table, 1)).toEqual([[2, 1]]);
    expect(after(table, 2)).toEqual([]);
  });

  test("do not run from one person's history into the next", () => {
    const table = successors(seen([0], [1, 2], [], [3]), PARAMS);
    expect(after(table, 0)).toEqual([]);
    expect(after(table, 1)).toEqual([[2, expect.any(Number)]]);
    expect(after(table, 2)).toEqual([]);
  });

  test("count the people with this transition, damped for popular posts", () => {
    // 0 → 1 three times, 0 → 2 once; 1 is touched three times, 2 once.
    const [first, second] = after(successors(seen([0, 1], [0, 1], [0, 1], [0, 2]), PARAMS), 0);
    expect(first).toEqual([1, expect.closeTo(3 / Math.sqrt(3), 6)]);
    expect(second).toEqual([2, expect.closeTo(1, 6)]);
  });

  test("are damped, so that a rare one does not win by chance", () => {
    const [only] = after(successors(seen([0, 1]), { ...PARAMS, damping: 3 }), 0);
    expect(only).toEqual([1, expect.closeTo(1 / Math.sqrt(1 + 3), 6)]);
  });

  test("come from within the window", () => {
    const table = successors(seen([0, 1, 2, 3, 4]), { ...PARAMS, window: 2 });
    expect(after(table, 0).map(([post]) => post)).toEqual([1, 2]);
  });

  test("are the best m, padded with score 0", () => {
    const table = successors(seen([0, 1, 2, 3]), { ...PARAMS, m: 2 });
    expect(after(table, 0).map(([post]) => post)).toEqual([1, 2]);
    expect(table.scores).toHaveLength(POSTS * 2);
    expect([...table.scores.subarray(2 * 2 + 1)]).toEqual([0, 0, 0, 0, 0]);
  });
});
