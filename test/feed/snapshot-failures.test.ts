/** The snapshot registry where a pointer leads nowhere, or a snapshot cannot be prepared. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openRanker } from "../../src/ranking/feed.ts";
import { openRegistry, type ServedSnapshot } from "../../src/feed/snapshot-registry.ts";
import type { Steps } from "../../src/runtime/time-slicing.ts";
import { currentId, type Snapshot } from "../../src/snapshot/open.ts";
import { snapshots } from "./snapshots.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

describe("a pointer that leads nowhere", () => {
  const HARMS: readonly (readonly [string, (path: string) => void])[] = [
    ["is missing", (path) => rmSync(path)],
    ["is empty", (path) => writeFileSync(path, "")],
    ["is garbage", (path) => writeFileSync(path, "\0\xff garbage")],
    ["names no snapshot that is there", (path) => writeFileSync(path, "20991231T000000000Z")],
  ];

  test.each(HARMS)("since it %s is made again at a start", async (_, harm) => {
    using folder = snapshots();
    folder.learn();
    const newest = folder.learn();
    harm(join(folder.path, "current"));
    const registry = openRegistry(folder.path);
    expect(registry.current()!.id).toBe(newest);
    expect(currentId(folder.path)).toBe(newest);
    expect([await registry.poll(), registry.refused()]).toEqual([undefined, []]);
  });

  test.each(HARMS)("since it %s is made again by a process that serves", async (_, harm) => {
    using folder = snapshots();
    const registry = openRegistry(folder.path);
    const id = folder.learn();
    harm(join(folder.path, "current"));
    expect(await registry.poll()).toBe(id);
    expect(currentId(folder.path)).toBe(id);
  });

  test("since a folder has taken its place is not needed", () => {
    using folder = snapshots();
    const id = folder.learn();
    rmSync(join(folder.path, "current"));
    mkdirSync(join(folder.path, "current"));
    expect(openRegistry(folder.path).current()!.id).toBe(id);
  });

  test("is left so where the newest is damaged, which goes on being told", async () => {
    using folder = snapshots();
    const first = folder.learn();
    folder.damage(folder.learn());
    rmSync(join(folder.path, "current"));
    const registry = openRegistry(folder.path);
    expect([registry.current()!.id, await registry.poll()]).toEqual([first, undefined]);
    expect(registry.refused().join()).toContain("popularity is damaged");
    expect(currentId(folder.path)).toBeUndefined();
  });
});

describe("a snapshot whose preparation fails", () => {
  /** Prepares `broken` never while it is one's id. */
  function failing(folder: string) {
    let [nowMs, broken, tries] = [0, "", 0];
    const none = () => new Uint32Array(0);
    const prepare = function* (snapshot: Snapshot): Steps<ServedSnapshot> {
      if (snapshot.id === broken) throw (tries++, new RangeError("no memory"));
      return {
        ...snapshot,
        ranker: atOnce(openRanker(snapshot.model, none)),
        nearest: none,
        state: "",
      };
    };
    return {
      open: () => openRegistry(folder, { prepare, nowMs: () => nowMs }),
      fail: (id: string) => (broken = id),
      later: (ms: number) => (nowMs += ms),
      tries: () => tries,
    };
  }

  test("is named, tried again after growing pauses, and served as soon as it succeeds", async () => {
    using folder = snapshots();
    const { open, fail, later, tries } = failing(folder.path);
    const first = folder.learn();
    const registry = open();
    const second = folder.learn();
    fail(second);
    const told = [expect.stringMatching(RegExp(`${second}.*no memory`))];
    for (const [pauseMs, after] of [
      [0, 1],
      [0, 1],
      [1_000, 2],
      [1_000, 2],
      [1_000, 3],
    ] as const) {
      later(pauseMs);
      expect(await registry.poll()).toBeUndefined();
      expect([registry.current()!.id, registry.refused(), tries()]).toEqual([first, told, after]);
    }
    fail("");
    later(300_000);
    expect([await registry.poll(), registry.refused()]).toEqual([second, []]);
  });

  test("lets the one before serve at a start", () => {
    using folder = snapshots();
    const { open, fail } = failing(folder.path);
    const first = folder.learn();
    fail(folder.learn());
    const registry = open();
    expect([registry.current()!.id, registry.refused().length]).toEqual([first, 1]);
  });
});
