import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nearestExact } from "../../src/nearest/exact.ts";
import { buildHnsw, IndexError, openHnsw } from "../../src/nearest/hnsw.ts";
import { HNSW_FROM, indexWriter, openNearest } from "../../src/nearest/open.ts";
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
    expect(indexWriter(vectors, D, undefined, ROWS + 1)).toBeUndefined();
    expect(indexWriter(new Float32Array(0), 0)).toBeUndefined();
    expect(indexWriter(new Float32Array(HNSW_FROM), 1)).toBeFunction();
    const path = join(folder.path, "graph");
    indexWriter(vectors, D, undefined, ROWS)!(path);
    expect(existsSync(path)).toBe(true);
    expect(openNearest(vectors, D, path)(query, 5)).toEqual(nearestExact(vectors, query, 5));
  });

  test("is not needed to search, nor is one that cannot be read", () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "graph");
    writeFileSync(path, "of a later version");
    for (const it of [undefined, path])
      expect(openNearest(vectors, D, it)(query, 9)).toEqual(nearestExact(vectors, query, 9));
    expect([...openNearest(new Float32Array(0), 0, undefined)(query, 9)]).toEqual([]);
  });
});
