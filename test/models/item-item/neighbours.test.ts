import { describe, expect, test } from "bun:test";
import type { TopTable } from "../../../src/linalg/sparse.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { neighbours } from "../../../src/models/item-item/neighbours.ts";
import { csr, dense } from "../../support/matrix.ts";

const PARAMS = { m: 3, shrink: 0, perUser: 100 };

/** A post's neighbours as `[post, score]`, padding left out. */
function listOf({ m, rows, scores }: TopTable, post: number): [number, number][] {
  const places = Array.from({ length: m }, (_, i) => post * m + i).filter((p) => scores[p] !== 0);
  return places.map((p) => [rows[p]!, scores[p]!]);
}

describe("neighbours", () => {
  // Users 0 and 1 like posts 0 and 1; user 2 likes 1 and 2; nobody likes 3.
  const matrix = csr(
    [
      [
        [0, 1],
        [1, 1],
      ],
      [
        [0, 1],
        [1, 1],
      ],
      [
        [1, 1],
        [2, 1],
      ],
    ],
    4,
  );

  test("are the posts that the same people like, by cosine, best first", () => {
    const [first, second, ...none] = listOf(neighbours(matrix, PARAMS), 1);
    expect(first![0]).toBe(0);
    expect(first![1]).toBeCloseTo(2 / Math.sqrt(3 * 2), 6);
    expect(second![0]).toBe(2);
    expect(second![1]).toBeCloseTo(1 / Math.sqrt(3 * 1), 6);
    expect(none).toEqual([]);
  });

  test("never include the post itself, nor one without a common person", () => {
    const table = neighbours(matrix, PARAMS);
    expect(listOf(table, 0).map(([post]) => post)).toEqual([1]);
    expect(listOf(table, 2).map(([post]) => post)).toEqual([1]);
  });

  test("of a post nobody likes are none: the list is padded with score 0", () => {
    const table = neighbours(matrix, PARAMS);
    expect(listOf(table, 3)).toEqual([]);
    expect(table.scores).toHaveLength(4 * 3);
  });

  test("count half where the confidence they share is the shrinkage", () => {
    const shrunk = listOf(neighbours(matrix, { ...PARAMS, shrink: 2 }), 1);
    expect(shrunk[0]![1]).toBeCloseTo(2 / Math.sqrt(6) / 2, 6); // 2 shared
    expect(shrunk[1]![1]).toBeCloseTo((1 / Math.sqrt(3)) * (1 / 3), 6); // 1 shared
  });

  test("keep only the best m", () => {
    const table = neighbours(matrix, { ...PARAMS, m: 1 });
    expect([...table.rows]).toEqual([1, 0, 1, 0]);
    expect(table.scores[3]).toBe(0);
  });

  test("weigh people by their confidence", () => {
    const weighed = csr(
      [
        [
          [0, 2],
          [1, 3],
        ],
        [[1, 4]],
      ],
      2,
    );
    expect(listOf(neighbours(weighed, PARAMS), 0)[0]![1]).toBeCloseTo(
      6 / Math.sqrt(4 * (9 + 16)),
      6,
    );
  });

  test("look at the newest posts of a busy person only", () => {
    const busy = csr(
      [
        [
          [0, 1],
          [1, 1],
          [2, 1],
        ],
      ],
      3,
    );
    const table = neighbours(busy, { ...PARAMS, perUser: 2 });
    expect(listOf(table, 0)).toEqual([]);
    expect(listOf(table, 1)).toEqual([[2, 1]]);
  });

  test("equal a comparison of all pairs of columns", () => {
    const [USERS, POSTS, SHRINK] = [40, 15, 1.5];
    const random = seededRandom(3);
    const rows = Array.from({ length: USERS }, () =>
      Array.from({ length: POSTS }, (_, post) => [post, 0.5 + random()] as const).filter(
        () => random() < 0.3,
      ),
    );
    const some = csr(rows, POSTS);
    const table = neighbours(some, { m: POSTS, shrink: SHRINK, perUser: 100 });
    const columns = Array.from({ length: POSTS }, (_, p) => dense(some).map((row) => row[p]!));
    const dot = (a: number[], b: number[]) => a.reduce((sum, it, n) => sum + it * b[n]!, 0);
    for (let a = 0; a < POSTS; a++) {
      const found = new Map(listOf(table, a));
      for (let b = 0; b < POSTS; b++) {
        const [x, y] = [columns[a]!, columns[b]!];
        const shared = dot(x, y);
        const cosine = shared / Math.sqrt(dot(x, x) * dot(y, y));
        const expected = a === b ? 0 : (cosine * shared) / (shared + SHRINK);
        expect(found.get(b) ?? 0).toBeCloseTo(expected, 5);
      }
      const scores = listOf(table, a).map(([, score]) => score);
      expect(scores).toEqual(scores.toSorted((p, q) => q - p));
    }
  });
});
