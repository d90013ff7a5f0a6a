/** The search index in a snapshot: written, checked and opened with it. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { describe, expect, test } from "bun:test";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nearestExact } from "../../src/index/exact.ts";
import { openHnsw } from "../../src/index/hnsw.ts";
import { indexWriter } from "../../src/index/open.ts";
import { INDEX_FILE } from "../../src/snapshot/manifest.ts";
import { openNewest, openSnapshot } from "../../src/snapshot/open.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { temporaryFolder } from "../support/folder.ts";
import { someModel } from "./some-model.ts";
import { LAYOUT } from "../../src/models/models.ts";

const NOON_MS = Date.UTC(2026, 1, 3, 12);
const POSTS = 1_200;

/** A snapshot without an index, then one with it. */
function twoSnapshots() {
  const folder = temporaryFolder();
  const write = (seed: number, from: number) => {
    const model = someModel(seed, POSTS);
    const d = model.info.encoder!.dimension;
    const index = indexWriter(model.embeddings, d, {}, from);
    return writeSnapshot(folder.path, model, "1.2.3", NOON_MS + seed, undefined, index);
  };
  const [small, large] = [write(1, POSTS + 1), write(2, POSTS)];
  const indexPath = join(folder.path, large, INDEX_FILE);
  return { ...folder, small, large, indexPath, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

describe("a snapshot's index", () => {
  test("is at the snapshot's path, and finds the nearest embeddings", () => {
    using it = twoSnapshots();
    const { model, indexPath, manifest } = atOnce(openSnapshot(it.path, it.large, LAYOUT));
    expect(indexPath).toBe(it.indexPath);
    expect(manifest.files[INDEX_FILE]).toMatchObject({
      element: "Uint8Array",
      length: readFileSync(it.indexPath).length,
    });
    const d = model.info.encoder!.dimension;
    const find = openHnsw(indexPath!, model.embeddings, d);
    const query = model.embeddings.slice(7 * d, 8 * d);
    expect(find(query, 10)).toEqual(nearestExact(model.embeddings, query, 10));
    expect(model).toEqual(someModel(2, POSTS));
  });

  test("is none where none was written", () => {
    using it = twoSnapshots();
    const { indexPath, manifest } = atOnce(openSnapshot(it.path, it.small, LAYOUT));
    expect([indexPath, manifest.files[INDEX_FILE]]).toEqual([undefined, undefined]);
  });

  test.each([
    ["flipped", (bytes: Buffer) => ((bytes[bytes.length >> 1]! ^= 1), bytes)],
    ["cut off", (bytes: Buffer) => bytes.subarray(0, -1)],
    ["added", (bytes: Buffer) => Buffer.concat([bytes, bytes.subarray(0, 1)])],
  ])("with one byte %s has the snapshot refused, and the one before serves", (_, harm) => {
    using it = twoSnapshots();
    writeFileSync(it.indexPath, harm(readFileSync(it.indexPath)));
    const { snapshot, refused } = openNewest(it.path, LAYOUT);
    expect(refused).toEqual([expect.stringContaining(`${INDEX_FILE} is damaged`)]);
    expect(snapshot?.id).toBe(it.small);
  });

  test("that is missing has it refused too", () => {
    using it = twoSnapshots();
    rmSync(it.indexPath);
    expect(openNewest(it.path, LAYOUT).refused).toEqual([expect.stringContaining("is missing")]);
  });
});

test("a failure while an index is written leaves the previous snapshot", () => {
  using folder = temporaryFolder();
  const good = writeSnapshot(folder.path, someModel(1), "1.2.3", NOON_MS);
  const fails = () => {
    throw new Error("no memory");
  };
  const write = () =>
    writeSnapshot(folder.path, someModel(2), "1.2.3", NOON_MS + 1, undefined, fails);
  expect(write).toThrow("no memory");
  expect(openNewest(folder.path, LAYOUT)).toMatchObject({ snapshot: { id: good }, refused: [] });
  const next = writeSnapshot(folder.path, someModel(3), "1.2.3", NOON_MS + 2);
  expect(openNewest(folder.path, LAYOUT)).toMatchObject({ snapshot: { id: next }, refused: [] });
});
