import { atOnce } from "../../src/runtime/time-slicing.ts";
import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FORMAT } from "../../src/snapshot/manifest.ts";
import { currentId, openNewest, openSnapshot } from "../../src/snapshot/open.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { temporaryFolder } from "../support/folder.ts";
import { emptyModel, someModel } from "./some-model.ts";
import { LAYOUT } from "../../src/models/models.ts";
import { popularPart } from "../../src/models/popularity/model.ts";
import { withColumns } from "../support/parts.ts";

const NOON_MS = Date.UTC(2026, 1, 3, 12, 0, 0, 45);
const write = (folder: string, seed: number, atMs = NOON_MS + seed) =>
  writeSnapshot(folder, someModel(seed), "1.2.3", atMs);

describe("a snapshot", () => {
  test("comes back as it was written, column by column and bit by bit", () => {
    using folder = temporaryFolder();
    const id = write(folder.path, 1);
    expect(atOnce(openSnapshot(folder.path, id, LAYOUT)).model).toEqual(someModel(1));
  });

  test("may be one of an empty store", () => {
    using folder = temporaryFolder();
    const id = writeSnapshot(folder.path, emptyModel(), "1.2.3", NOON_MS);
    expect(atOnce(openSnapshot(folder.path, id, LAYOUT)).model).toEqual(emptyModel());
  });

  test("says when and by which version it was written", () => {
    using folder = temporaryFolder();
    const { id, manifest } = atOnce(openSnapshot(folder.path, write(folder.path, 0), LAYOUT));
    expect(id).toBe("20260203T120000045Z");
    expect(manifest).toMatchObject({ id, format: FORMAT, version: "1.2.3", writtenAtMs: NOON_MS });
  });

  test("may have any number of posts", () => {
    using folder = temporaryFolder();
    const id = writeSnapshot(folder.path, someModel(3, 1_001), "1.2.3", NOON_MS);
    expect(atOnce(openSnapshot(folder.path, id, LAYOUT)).model).toEqual(someModel(3, 1_001));
  });

  test("writes the part of a larger buffer that a column is, not the buffer", () => {
    using folder = temporaryFolder();
    const whole = Float32Array.from({ length: 30 }, (_, n) => n);
    const popularity = whole.subarray(7, 17);
    const id = writeSnapshot(
      folder.path,
      withColumns(someModel(1), popularPart, { popularity }),
      "1.2.3",
      NOON_MS,
    );
    const { model } = atOnce(openSnapshot(folder.path, id, LAYOUT));
    expect([...popularPart.of(model).columns.popularity]).toEqual([...popularity]);
  });
});

describe("writing a snapshot", () => {
  test("makes it the current one, and nothing else beside two snapshots stays", () => {
    using folder = temporaryFolder();
    const ids = [1, 2, 3].map((seed) => write(folder.path, seed));
    expect(currentId(folder.path)).toBe(ids[2]!);
    expect(readdirSync(folder.path).sort()).toEqual([ids[1]!, ids[2]!, "current"]);
    expect(openNewest(folder.path, LAYOUT)).toMatchObject({
      snapshot: { id: ids[2]! },
      refused: [],
    });
  });

  test("gives two of the same millisecond ids that sort as they were written", () => {
    using folder = temporaryFolder();
    const ids = [1, 2, 3].map((seed) => write(folder.path, seed, NOON_MS));
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(3);
    expect(openNewest(folder.path, LAYOUT).snapshot?.model.info.seed).toBe(3);
    expect(readdirSync(folder.path).sort()).toEqual([ids[1]!, ids[2]!, "current"]);
  });

  test("makes the last written one current, also when the clock was set back", () => {
    using folder = temporaryFolder();
    write(folder.path, 1, NOON_MS);
    write(folder.path, 2, NOON_MS - 86_400_000);
    expect(openNewest(folder.path, LAYOUT).snapshot?.model.info.seed).toBe(2);
  });

  test("forgets one that a wrong clock has dated ahead before the one that served last", () => {
    using folder = temporaryFolder();
    const ahead = write(folder.path, 1, Date.UTC(2036, 0, 1));
    const ids = [2, 3].map((seed) => write(folder.path, seed));
    expect(readdirSync(folder.path)).not.toContain(ahead);
    expect(readdirSync(folder.path).sort()).toEqual([...ids, "current"]);
  });

  test("removes the unfinished folder of a killed run", () => {
    using folder = temporaryFolder();
    const left = join(folder.path, "20260101T000000000Z.unfinished");
    mkdirSync(left);
    writeFileSync(join(left, "postKeys"), "half");
    writeFileSync(join(folder.path, "current.unfinished"), "2026");
    const id = write(folder.path, 1);
    expect(readdirSync(folder.path).sort()).toEqual([id, "current"]);
  });

  test("goes on from wherever a kill left the folder", () => {
    using folder = temporaryFolder();
    const [, second, third] = [1, 2, 3].map((seed) => write(folder.path, seed)) as string[];
    // Killed between the folder's new name and the pointer: the pointer holds.
    writeFileSync(join(folder.path, "current"), second!);
    expect(openNewest(folder.path, LAYOUT)).toMatchObject({
      snapshot: { id: second },
      refused: [],
    });
    // Killed while an old one was removed: what is left of it is in nobody's way.
    rmSync(join(folder.path, second!, "manifest.json"));
    writeFileSync(join(folder.path, "current"), third!);
    expect(openNewest(folder.path, LAYOUT)).toMatchObject({ snapshot: { id: third }, refused: [] });
    const fourth = write(folder.path, 4);
    expect(readdirSync(folder.path).sort()).toEqual([third!, fourth, "current"]);
  });

  test("leaves other files alone", () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "zz-notes.txt"), "mine");
    mkdirSync(join(folder.path, "backup"));
    const ids = [1, 2, 3].map((seed) => write(folder.path, seed));
    expect(readdirSync(folder.path).sort()).toEqual([
      ids[1]!,
      ids[2]!,
      "backup",
      "current",
      "zz-notes.txt",
    ]);
  });

  test("leaves an open snapshot readable when it is removed", () => {
    using folder = temporaryFolder();
    const { model } = atOnce(openSnapshot(folder.path, write(folder.path, 1), LAYOUT));
    for (const seed of [2, 3, 4]) write(folder.path, seed);
    expect(model).toEqual(someModel(1));
  });
});
