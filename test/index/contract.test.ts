/** Every way of searching keeps the same promise. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { FindNearest } from "../../src/index/contract.ts";
import { nearestExact } from "../../src/index/exact.ts";
import { buildHnsw, openHnsw } from "../../src/index/hnsw.ts";
import { openScan } from "../../src/index/scan.ts";
import { folderOfTests } from "../support/test-folder.ts";
import { textLikeVectors } from "../support/vectors.ts";

const folder = folderOfTests();

let files = 0;
function graphOf(vectors: Float32Array, d: number): FindNearest {
  const path = join(folder.path, `graph ${files++}`);
  buildHnsw(path, vectors, d);
  return openHnsw(path, vectors, d);
}

const WAYS = [
  ["plain arithmetic", (vectors: Float32Array) => nearestExact.bind(undefined, vectors)],
  ["the scan", (vectors, d) => atOnce(openScan(vectors, d))],
  ["the graph", graphOf],
] as const satisfies readonly (readonly [string, (v: Float32Array, d: number) => FindNearest])[];

const rowsOf = (vectors: Float32Array, d: number, ...rows: number[]) =>
  rows.map((row) => vectors.subarray(row * d, row * d + d));
const without = (vectors: Float32Array, d: number, isZero: (row: number) => boolean) =>
  vectors.map((it, at) => (isZero(Math.floor(at / d)) ? 0 : it));

describe.each(WAYS)("%s", (_, open) => {
  const d = 24;
  const vectors = textLikeVectors(2_000, d, 1);

  test("finds the nearest, best first", () => {
    const find = open(vectors, d);
    let hits = 0;
    for (const query of rowsOf(textLikeVectors(50, d, 2), d, ...Array(50).keys())) {
      const expected = [...nearestExact(vectors, query, 20)];
      const found = [...find(query, 20)];
      expect(found).toHaveLength(20);
      expect(found).toEqual(found.toSorted((a, b) => rank(query, a) - rank(query, b)));
      hits += found.filter((row) => expected.includes(row)).length;
    }
    expect(hits / (50 * 20)).toBeGreaterThan(0.995);

    function rank(query: Float32Array, row: number): number {
      return nearestExact(vectors, query, 2_000).indexOf(row);
    }
  });

  test("finds a row by its own vector, wherever in a buffer that is", () => {
    const find = open(vectors, d);
    for (const [n, query] of rowsOf(vectors, d, 0, 7, 1_999).entries())
      expect(find(query, 1)).toEqual(Uint32Array.of([0, 7, 1_999][n]!));
  });

  test("finds it in vectors that are a part of a larger buffer", () => {
    const [query] = rowsOf(vectors, d, 1_005);
    expect(open(vectors.subarray(1_000 * d), d)(query!, 1)).toEqual(Uint32Array.of(5));
  });

  test("never finds a row without a vector, though all others be less alike than nothing", () => {
    const opposite = vectors.slice(0, d).map((it) => -it);
    const some = without(vectors, d, (row) => row % 3 > 0);
    for (const count of [20, 700, 2_000]) {
      const rows = [...open(some, d)(opposite, count)];
      expect(rows).toHaveLength(Math.min(count, 667));
      expect(rows.filter((row) => row % 3 > 0)).toEqual([]);
    }
  });

  test("finds rows that are unlike in every way, but have a vector", () => {
    const axes = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, -1);
    expect([...open(axes, 3)(Float32Array.of(1, 0, 0), 4)]).toEqual([0, 1, 3]);
    expect([...open(axes, 3)(Float32Array.of(0, 0, 1), 4)]).toEqual([0, 1, 3]);
  });

  test("finds every row once when asked for as many, or more", () => {
    const find = open(vectors, d);
    for (const count of [2_000, 5_000])
      expect([...find(vectors.slice(0, d), count)].sort((a, b) => a - b)).toEqual([
        ...Array(2_000).keys(),
      ]);
  });

  test("finds nothing in nothing, and nothing when asked for none", () => {
    const query = vectors.slice(0, d);
    expect([...open(new Float32Array(0), d)(query, 10)]).toEqual([]);
    expect([...open(new Float32Array(5 * d), d)(query, 10)]).toEqual([]);
    expect([...open(vectors, d)(query, 0)]).toEqual([]);
  });

  test("gives rows of the same vector in their order, and all of them", () => {
    const twins = new Float32Array(3_000 * d);
    for (let row = 0; row < 3_000; row++)
      twins.set(vectors.subarray((row % 2) * d, (row % 2) * d + d), row * d);
    const found = [...open(twins, d)(vectors.slice(0, d), 100)];
    expect(new Set(found).size).toBe(100);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found.filter((row) => row % 2 > 0)).toEqual([]);
    const all = [...open(twins, d)(vectors.slice(0, d), 1_500)];
    expect(all).toEqual([...Array(1_500).keys()].map((n) => 2 * n));
  });

  test("works at widths that fill no register", () => {
    for (const width of [1, 3, 5, 17, 67]) {
      const narrow = textLikeVectors(300, width, 3);
      const query = narrow.slice(0, width);
      expect(open(narrow, width)(query, 300)).toEqual(nearestExact(narrow, query, 300));
    }
  });
});

test.each(WAYS.slice(1))("%s refuses a query of another width", (_, open) => {
  const find = open(textLikeVectors(500, 8, 1), 8);
  expect(() => find(new Float32Array(7), 3)).toThrow("a query of 7 numbers, not 8");
  expect(() => find(new Float32Array(16), 3)).toThrow(RangeError);
});
