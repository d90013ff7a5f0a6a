import { atOnce } from "../../src/runtime/time-slicing.ts";
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nearestExact } from "../../src/index/exact.ts";
import { buildHnsw, IndexError, openHnsw } from "../../src/index/hnsw.ts";
import { HNSW_FROM, indexWriter, openNearest } from "../../src/index/open.ts";
import { temporaryFolder } from "../support/folder.ts";
import { textLikeVectors } from "../support/vectors.ts";

const [ROWS, D] = [1_500, 16];
const vectors = textLikeVectors(ROWS, D, 1);
const query = vectors.slice(0, D);

describe("a graph", () => {
  test("is the same file every time", () => {
    using folder = temporaryFolder();
    const [one, other] = ["one", "other"].map((it) => join(folder.path, it)) as [string, string];
    buildHnsw(one, vectors, D);
    buildHnsw(other, vectors, D);
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
  });

  test("of other vectors than an earlier one is as good as one from scratch", () => {
    using folder = temporaryFolder();
    const [path, before] = [join(folder.path, "graph"), join(folder.path, "before")];
    const earlier = vectors.slice(0, 1_200 * D);
    earlier.set(vectors.subarray(1_300 * D, 1_340 * D), 100 * D); // 40 texts that changed since
    earlier.fill(0, 500 * D, 550 * D); // 50 that had no vector
    buildHnsw(before, earlier, D);
    const told: number[] = [];
    buildHnsw(path, vectors, D, {
      before: { path: before, vectors: earlier },
      onProgress: (_, total) => told.push(total),
    });
    expect(told).toEqual([40 + 50 + 300]); // no more than what differs
    const find = openHnsw(path, vectors, D);
    for (let row = 0; row < ROWS; row += 50)
      expect([...find(vectors.slice(row * D, row * D + D), 3)]).toEqual([
        ...nearestExact(vectors, vectors.slice(row * D, row * D + D), 3),
      ]);
  });

  test("is the one before where nothing is new, and without what is gone", () => {
    using folder = temporaryFolder();
    const [path, before] = [join(folder.path, "graph"), join(folder.path, "before")];
    buildHnsw(before, vectors, D);
    buildHnsw(path, vectors, D, { before: { path: before, vectors } });
    const find = openHnsw(path, vectors, D);
    expect(find(query, 5)).toEqual(nearestExact(vectors, query, 5));
    const fewer = vectors.slice(0, (ROWS - 20) * D);
    buildHnsw(path, fewer, D, { before: { path: before, vectors } });
    expect(openHnsw(path, fewer, D)(query, 5)).toEqual(nearestExact(fewer, query, 5));
  });

  test("is built from scratch where the one before cannot be read, or little of it still holds", () => {
    using folder = temporaryFolder();
    const [path, before] = [join(folder.path, "graph"), join(folder.path, "before")];
    const added = (earlier: Float32Array) => {
      const told: number[] = [];
      const onProgress = (_: number, total: number) => void told.push(total);
      buildHnsw(path, vectors, D, { before: { path: before, vectors: earlier }, onProgress });
      return told[0];
    };
    expect(added(vectors)).toBe(ROWS); // there is no file
    writeFileSync(before, "no graph");
    expect(added(vectors)).toBe(ROWS);
    buildHnsw(before, vectors, D);
    expect(added(vectors.slice(D))).toBe(ROWS); // all rows differ
    expect(added(vectors.slice(0, 900 * D))).toBe(ROWS); // a graph of others
  });

  test("still answers when its file has been removed", () => {
    const open = () => {
      using folder = temporaryFolder();
      const path = join(folder.path, "graph");
      buildHnsw(path, vectors, D);
      return openHnsw(path, vectors, D);
    };
    expect(open()(query, 5)).toEqual(nearestExact(vectors, query, 5));
  });

  test("answers in a thread of its own while this one searches too", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "graph");
    buildHnsw(path, vectors, D);
    const thread = new Worker(new URL("search-thread.ts", import.meta.url));
    const answer = new Promise((resolve) => (thread.onmessage = ({ data }) => resolve(data)));
    thread.postMessage({ path, vectors, d: D, query, count: 5 });
    const here = openHnsw(path, vectors, D)(query, 5);
    expect(await answer).toEqual({ scanned: here, searched: here, rebuilt: here });
    await thread.terminate();
  });

  test("is refused with other vectors than its own, or with other bytes", () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "graph");
    buildHnsw(path, vectors, D);
    const open = (rows: Float32Array, d: number) => () => openHnsw(path, rows, d);
    expect(open(vectors.subarray(D), D)).toThrow("1500 × 16 vectors, not 1499 × 16");
    expect(open(vectors, D / 2)).toThrow("1500 × 16 vectors, not 3000 × 8");
    for (const bytes of ["", "no graph, but longer than the head of one ".repeat(9)]) {
      writeFileSync(path, bytes);
      expect(open(vectors, D)).toThrow(IndexError);
    }
    expect(() => openHnsw(join(folder.path, "none"), vectors, D)).toThrow(IndexError);
  });
});

describe("an index", () => {
  test("is written from a number of rows on", () => {
    using folder = temporaryFolder();
    expect(indexWriter(vectors, D)).toBeUndefined();
    expect(indexWriter(vectors, D, {}, ROWS + 1)).toBeUndefined();
    expect(indexWriter(new Float32Array(0), 0)).toBeUndefined();
    expect(indexWriter(new Float32Array(HNSW_FROM), 1)).toBeFunction();
    const path = join(folder.path, "graph");
    indexWriter(vectors, D, {}, ROWS)!(path);
    expect(existsSync(path)).toBe(true);
    expect(atOnce(openNearest(vectors, D, path))(query, 5)).toEqual(
      nearestExact(vectors, query, 5),
    );
  });

  test("is not needed to search, nor is one that cannot be read", () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "graph");
    writeFileSync(path, "of a later version");
    for (const it of [undefined, path])
      expect(atOnce(openNearest(vectors, D, it))(query, 9)).toEqual(
        nearestExact(vectors, query, 9),
      );
    expect([...atOnce(openNearest(new Float32Array(0), 0, undefined))(query, 9)]).toEqual([]);
  });
});
