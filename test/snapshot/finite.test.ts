/** No number of a snapshot is NaN or infinite: such a one is not written, and not served if found. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { columnsOf } from "../../src/snapshot/files.ts";
import { checksumOf, manifestText, type Manifest } from "../../src/snapshot/manifest.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { openNewest } from "../../src/snapshot/open.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { temporaryFolder } from "../support/folder.ts";
import { someModel } from "./some-model.ts";
import { LAYOUT } from "../../src/models/models.ts";

const NOON_MS = Date.UTC(2026, 1, 3, 12);
const POSTS = 11;
const isOfFloats = (it: unknown) => it instanceof Float32Array || it instanceof Float64Array;
const FLOATS = [...columnsOf(someModel(1))].filter(([, it]) => isOfFloats(it) && it.length > 0);
const NAMES = FLOATS.map(([name]) => name);
const BAD = [Number.NaN, Infinity, -Infinity];

/** A model with one number of a column replaced. */
function spoilt(name: string, at: (length: number) => number, value: number): Model {
  const model = someModel(2, POSTS);
  const column = columnsOf(model).get(name)!;
  column[at(column.length)] = value;
  return model;
}

describe("a snapshot with a number that is not finite", () => {
  test.each(NAMES)("in %s is not written, and the error names the column and the place", (name) => {
    using folder = temporaryFolder();
    const good = writeSnapshot(folder.path, someModel(1), "1", NOON_MS);
    for (const [n, value] of BAD.entries()) {
      const at = (length: number) => Math.floor(((length - 1) * n) / 2);
      const write = () => writeSnapshot(folder.path, spoilt(name, at, value), "1", NOON_MS + 1);
      expect(write).toThrow(RegExp(`${RegExp.escape(name)}\\[\\d+\\] is not a finite number`));
    }
    expect(readdirSync(folder.path).sort()).toEqual([good, "current"]);
  });

  test.each(NAMES)("in %s is refused where it is found on disk", (name) => {
    using folder = temporaryFolder();
    const older = writeSnapshot(folder.path, someModel(1), "1", NOON_MS);
    const newer = writeSnapshot(folder.path, someModel(2, POSTS), "1", NOON_MS + 1);
    const column = columnsOf(spoilt(name, (length) => length - 1, Number.NaN)).get(name)!;
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    writeFileSync(join(folder.path, newer, name), bytes);
    reseal(folder.path, newer, ({ files, ...it }) => ({
      ...it,
      files: { ...files, [name]: { ...files[name]!, xxh3: atOnce(checksumOf(bytes)) } },
    }));
    const { snapshot, refused } = openNewest(folder.path, LAYOUT);
    expect(refused).toEqual([expect.stringContaining(`${newer}/${name}[${column.length - 1}]`)]);
    expect(snapshot!.id).toBe(older);
  });

  test.each<[string, (info: Model["info"]) => Model["info"]]>([
    ["blend.weights.popular.0", (it) => ({ ...it, blend: weighing(it.blend, Number.NaN) })],
    ["asOfMs", (it) => ({ ...it, asOfMs: Infinity })],
    ["confidence.dislike", (it) => ({ ...it, confidence: { ...it.confidence, dislike: NaN } })],
  ])("as its manifest's %s is not written, and refused on disk", (entry, spoil) => {
    using folder = temporaryFolder();
    const model = someModel(1);
    const info = spoil(model.info);
    const write = () => writeSnapshot(folder.path, { ...model, info }, "1", NOON_MS);
    expect(write).toThrow(`info.${entry} is not a finite number`);
    const id = writeSnapshot(folder.path, model, "1", NOON_MS);
    reseal(folder.path, id, (it) => ({ ...it, info }));
    expect(openNewest(folder.path, LAYOUT)).toEqual({
      snapshot: undefined,
      refused: [expect.stringContaining(`${id}/manifest.json: info.${entry}`)],
    });
  });

  test("has no cousin among large, small and negative numbers", () => {
    using folder = temporaryFolder();
    for (const value of [3.4e38, -3.4e38, 1e-45, -0]) {
      const id = writeSnapshot(
        folder.path,
        spoilt("popular.popularity", () => 3, value),
        "1",
        NOON_MS,
      );
      expect(openNewest(folder.path, LAYOUT)).toMatchObject({ snapshot: { id }, refused: [] });
    }
    const createdAtMs = new Float64Array(10).fill(Number.MAX_VALUE);
    const id = writeSnapshot(folder.path, { ...someModel(1), createdAtMs }, "1", NOON_MS);
    expect(openNewest(folder.path, LAYOUT)).toMatchObject({ snapshot: { id }, refused: [] });
  });
});

function weighing(blend: Model["info"]["blend"], popular: number) {
  return { ...blend, weights: { ...blend.weights, popular: [popular, 0, 0, 0] } };
}

/** Rewrite a manifest as somebody would who knows how. */
function reseal(folder: string, id: string, change: (manifest: Manifest) => Manifest): void {
  const path = join(folder, id, "manifest.json");
  const { sha256: _, ...manifest } = JSON.parse(readFileSync(path, "utf8"));
  const changed = JSON.parse(JSON.stringify(change(manifest as Manifest))) as Manifest;
  writeFileSync(path, manifestText(changed));
}
