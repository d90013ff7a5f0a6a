/** Recall of the coarse ways to find neighbours, among as many vectors as a test can wait for. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { FindNearest } from "../../src/index/contract.ts";
import { nearestExact } from "../../src/index/exact.ts";
import { buildHnsw, openHnsw } from "../../src/index/hnsw.ts";
import { openScan } from "../../src/index/scan.ts";
import { folderOfTests } from "../support/test-folder.ts";
import { textLikeVectors } from "../support/vectors.ts";

/** Just enough for the widest search below to take the graph, not every row. */
const ROWS = 6_500;
const [QUERIES, D] = [100, 384];
const folder = folderOfTests();

const all = textLikeVectors(ROWS + QUERIES, D, 1);
const vectors = all.slice(0, ROWS * D);
const queries = Array.from({ length: QUERIES }, (_, n) =>
  all.subarray((ROWS + n) * D, (ROWS + n + 1) * D),
);

function recall(find: FindNearest, count: number): number {
  let hits = 0;
  for (const query of queries) {
    const nearest = new Set(nearestExact(vectors, query, count));
    hits += find(query, count).filter((row) => nearest.has(row)).length;
  }
  return hits / (QUERIES * count);
}

describe(`of the nearest among ${ROWS} × ${D}`, () => {
  test("the scan finds more than 999 in 1,000", () => {
    const scan = atOnce(openScan(vectors, D));
    expect(recall(scan, 20)).toBeGreaterThan(0.999);
    expect(recall(scan, 150)).toBeGreaterThan(0.999);
  });

  // A graph of half the edges, or searched with a fifth of the candidates, finds 981 and 989.
  test("the graph finds more than 997 in 1,000", () => {
    const path = join(folder.path, "graph");
    const told: number[] = [];
    buildHnsw(path, vectors, D, { onProgress: (done, total) => told.push(done / total) });
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const graph = openHnsw(path, vectors, D);
    for (const count of [20, 100, 400]) expect(recall(graph, count)).toBeGreaterThan(0.997);
  });
});
