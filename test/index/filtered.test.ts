import { describe, expect, test } from "bun:test";
import type { FindNearest } from "../../src/index/contract.ts";
import { nearestExact } from "../../src/index/exact.ts";
import { nearestWhere } from "../../src/index/filtered.ts";
import { textLikeVectors } from "../support/vectors.ts";

const [ROWS, D] = [3_000, 8];
const vectors = textLikeVectors(ROWS, D, 1);
const query = vectors.slice(0, D);
const order = nearestExact(vectors, query, ROWS);
const asked: number[] = [];
const find: FindNearest = (it, count) => (asked.push(count), nearestExact(vectors, it, count));

function where(count: number, keep: (row: number) => boolean) {
  asked.length = 0;
  return [...nearestWhere(find, vectors, query, count, keep)];
}

describe("under a filter", () => {
  test.each([1, 2, 3, 10, 300, ROWS])("that keeps every %ith row, the nearest are found", (nth) => {
    for (const count of [1, 10, 150]) {
      const keep = (row: number) => row % nth === 0;
      expect(where(count, keep)).toEqual([...order.filter(keep).subarray(0, count)]);
    }
  });

  test("that keeps only the farthest, they are found, each once", () => {
    const farthest = new Set(order.subarray(-20));
    const keep = (row: number) => farthest.has(row);
    expect(where(10, keep)).toEqual([...order.subarray(-20, -10)]);
    expect(where(50, keep)).toEqual([...order.subarray(-20)]);
  });

  test("that keeps nothing, nothing is found", () => {
    expect(where(10, () => false)).toEqual([]);
  });

  test("that keeps most, one search is enough; that keeps some, two", () => {
    where(10, (row) => row !== order[0]);
    expect(asked).toEqual([15]);
    const nearby = new Set(order.subarray(4, 60));
    where(10, (row) => nearby.has(row));
    expect(asked).toEqual([15]);
    const even = new Set(order.filter((_, n) => n % 3 === 0));
    where(10, (row) => even.has(row));
    expect(asked).toEqual([15, 60]);
  });

  test("no search is made that a narrow filter would waste", () => {
    where(100, (row) => row === 5);
    expect(asked).toEqual([150]);
  });

  test("rows without a vector are not found, nor is what the search overlooks left out", () => {
    const some = vectors.map((it, at) => (Math.floor(at / D) % 2 === 0 ? it : 0));
    const blind: FindNearest = () => new Uint32Array(0);
    const rows = [...nearestWhere(blind, some, query, 10, (row) => row > 100)];
    expect(rows).toEqual([...order.filter((row) => row > 100 && row % 2 === 0).subarray(0, 10)]);
  });
});
