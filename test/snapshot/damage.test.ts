import { atOnce } from "../../src/runtime/time-slicing.ts";
import { afterAll, describe, expect, test } from "bun:test";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifestText, type Manifest } from "../../src/snapshot/manifest.ts";
import { openNewest, openSnapshot } from "../../src/snapshot/open.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { temporaryFolder } from "../support/folder.ts";
import { someModel } from "./some-model.ts";
import { LAYOUT } from "../../src/models/models.ts";
import { columnsOf } from "../../src/snapshot/files.ts";

const NOON_MS = Date.UTC(2026, 1, 3, 12);
const COLUMNS = [...columnsOf(someModel(1)).keys()];

/** Two good snapshots, written once: writing waits for the disk. */
const good = temporaryFolder();
const [older, newer] = [1, 2].map((seed) =>
  writeSnapshot(good.path, someModel(seed), "1.2.3", NOON_MS + seed),
) as [string, string];
afterAll(() => good[Symbol.dispose]());

/** A copy of them of which the newer one is damaged by `harm`, given the path of its folder. */
function damaged(harm: (path: string) => void = () => {}) {
  const folder = temporaryFolder();
  cpSync(good.path, folder.path, { recursive: true });
  harm(join(folder.path, newer));
  return folder;
}

/** Damage must be refused with a message that tells where; the older snapshot serves. */
function expectRefused(harm: (path: string) => void, ...says: string[]) {
  using folder = damaged(harm);
  const { snapshot, refused } = openNewest(folder.path, LAYOUT);
  expect(refused).toHaveLength(1);
  for (const it of [newer, ...says]) expect(refused[0]).toContain(it);
  expect(snapshot?.id).toBe(older);
  expect(snapshot?.model).toEqual(someModel(1));
  expect(() => atOnce(openSnapshot(folder.path, newer, LAYOUT))).toThrow(
    expect.objectContaining({ name: "SnapshotError" }),
  );
}

const flip = (file: string, at: (bytes: Uint8Array) => number) => (path: string) => {
  const bytes = readFileSync(join(path, file));
  bytes[at(bytes)]! ^= 1;
  writeFileSync(join(path, file), bytes);
};

/** Rewrite the manifest as somebody would who knows how. */
const forge = (change: (manifest: Manifest) => object) => (path: string) => {
  const { sha256: _, ...manifest } = JSON.parse(readFileSync(join(path, "manifest.json"), "utf8"));
  writeFileSync(
    join(path, "manifest.json"),
    manifestText(change(manifest as Manifest) as Manifest),
  );
};

describe("a snapshot is refused, and the one before serves,", () => {
  test("when it has other columns than these tests know", () => {
    using folder = damaged();
    expect(readdirSync(join(folder.path, newer)).sort()).toEqual(
      [...COLUMNS, "manifest.json"].sort(),
    );
  });

  test.each(COLUMNS)("when one bit of %s is flipped", (file) => {
    const middle = (bytes: Uint8Array) => bytes.length >> 1;
    expectRefused(flip(file, middle), `${file} is damaged`, "vidrec learn");
  });

  test.each(COLUMNS)("when %s is cut short", (file) => {
    const cut = (path: string) =>
      writeFileSync(join(path, file), readFileSync(join(path, file)).subarray(0, -1));
    expectRefused(cut, `${file} is damaged`, "bytes");
  });

  test("when a column is longer, or empty", () => {
    const longer = (path: string) => writeFileSync(join(path, "flags"), "x", { flag: "a" });
    expectRefused(longer, "flags is damaged");
    expectRefused((path) => writeFileSync(join(path, "flags"), ""), "flags is damaged: 0 bytes");
  });

  test.each(COLUMNS)("when %s is missing", (file) => {
    expectRefused((path) => rmSync(join(path, file)), `${file} is missing`, "vidrec learn");
  });

  test("when any bit of its manifest is flipped that changes its content", () => {
    const digit = (after: string) => (bytes: Uint8Array) =>
      new TextDecoder().decode(bytes).indexOf(after) + after.length;
    for (const name of ['"seed": ', '"asOfMs": 1', '"popular": [\n    ', '"k": '])
      expectRefused(flip("manifest.json", digit(name)), "manifest.json is damaged");
  });

  test("when its manifest is cut short, empty, or gone", () => {
    const cut = (path: string) => {
      const text = readFileSync(join(path, "manifest.json"), "utf8");
      writeFileSync(join(path, "manifest.json"), text.slice(0, text.length / 2));
    };
    expectRefused(cut, "manifest.json is damaged: not JSON");
    expectRefused((path) => writeFileSync(join(path, "manifest.json"), ""), "manifest.json");
    expectRefused((path) => rmSync(join(path, "manifest.json")), "there is no snapshot");
  });

  test.each(["null", "[]", '{"kind":"web app manifest"}', '{"kind":"vidrec snapshot"}'])(
    "when its manifest is another program's: %s",
    (text) => {
      expectRefused(
        (path) => writeFileSync(join(path, "manifest.json"), text),
        "manifest.json is not the manifest of a vidrec snapshot",
      );
    },
  );

  test("when its format is a later one", () => {
    expectRefused(
      forge((it) => ({ ...it, format: 99 })),
      "manifest.json has format 99",
      "vidrec learn",
    );
  });

  test("when its manifest leaves out a column", () => {
    const without = ({ files: { "popular.popularity": _, ...files }, ...it }: Manifest) => ({
      ...it,
      files,
    });
    expectRefused(forge(without), "popular.popularity is not a Float32Array of 10 entries");
  });

  test("when its columns do not fit each other", () => {
    expectRefused(
      forge((it) => ({ ...it, parts: { ...it.parts, collaborative: { k: 5, features: 3 } } })),
      "collaborative.postFactors is not a Float32Array of 50 entries",
    );
  });
});

describe("the pointer to the current snapshot", () => {
  test.each(["", "\0\xff garbage", "../../etc", "20991231T000000000Z"])(
    "does not mislead when it holds %j",
    (text) => {
      using folder = damaged((path) => writeFileSync(join(path, "../current"), text));
      const { snapshot, refused } = openNewest(folder.path, LAYOUT);
      expect(snapshot?.id).toBe(newer);
      expect(refused).toEqual([expect.stringContaining("there is no snapshot")]);
    },
  );

  test("is not needed to find the newest", () => {
    using folder = damaged((path) => rmSync(join(path, "../current")));
    expect(openNewest(folder.path, LAYOUT)).toMatchObject({ snapshot: { id: newer }, refused: [] });
  });
});

describe("where there is no good snapshot", () => {
  test("none is found, without an error", () => {
    using folder = temporaryFolder();
    expect(openNewest(folder.path, LAYOUT)).toEqual({ snapshot: undefined, refused: [] });
    expect(openNewest(join(folder.path, "none"), LAYOUT)).toEqual({
      snapshot: undefined,
      refused: [],
    });
  });

  test("an unfinished one is not taken for one", () => {
    using folder = damaged();
    for (const id of [older, newer]) rmSync(join(folder.path, id), { recursive: true });
    rmSync(join(folder.path, "current"));
    mkdirSync(join(folder.path, `${newer}.unfinished`));
    expect(openNewest(folder.path, LAYOUT)).toEqual({ snapshot: undefined, refused: [] });
  });

  test("every one is refused for its own reason", () => {
    using folder = damaged(flip("flags", () => 0));
    flip("ratings", () => 0)(join(folder.path, older));
    expect(openNewest(folder.path, LAYOUT)).toEqual({
      snapshot: undefined,
      refused: [expect.stringContaining("flags"), expect.stringContaining("ratings")],
    });
  });
});
