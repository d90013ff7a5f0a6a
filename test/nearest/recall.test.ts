/** How much of what is nearest the coarse ways find, among as many vectors as a test can wait for. */
import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { FindNearest } from "../../src/nearest/contract.ts";
import { nearestExact } from "../../src/nearest/exact.ts";
import { buildHnsw, openHnsw } from "../../src/nearest/hnsw.ts";
import { openScan } from "../../src/nearest/scan.ts";
import { temporaryFolder } from "../support/folder.ts";
import { textLikeVectors } from "../support/vectors.ts";

const [ROWS, QUERIES, D] = [20_000, 100, 384];
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

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
    const scan = openScan(vectors, D);
    expect(recall(scan, 20)).toBeGreaterThan(0.999);
    expect(recall(scan, 150)).toBeGreaterThan(0.999);
  });

  test("the graph finds more than 98 in 100", () => {
    const path = join(folder.path, "graph");
    const told: number[] = [];
    buildHnsw(path, vectors, D, { onProgress: (done, total) => told.push(done / total) });
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const graph = openHnsw(path, vectors, D);
    expect(recall(graph, 20)).toBeGreaterThan(0.98);
    expect(recall(graph, 100)).toBeGreaterThan(0.98);
    expect(recall(graph, 400)).toBeGreaterThan(0.97);
  }, 60_000);
});
