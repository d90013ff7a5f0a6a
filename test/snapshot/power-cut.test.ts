/** A snapshot and the power: whatever a cut leaves of what was not synced, a good snapshot is found. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openNewest } from "../../src/snapshot/open.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { disksAfter, materialise, type Disk } from "../support/disk.ts";
import { temporaryFolder } from "../support/folder.ts";
import type { Operation } from "../support/recorded-fs.ts";
import { someModel } from "./some-model.ts";
import { LAYOUT } from "../../src/models/models.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

type Line = Operation | { readonly op: "done"; readonly path: string };

/** The lines that a script in this folder prints, as JSON. */
async function linesOf<T>(script: string, folder: string): Promise<T[]> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, script), folder], {
    stdout: "pipe",
    stderr: "inherit",
  });
  const out = await new Response(child.stdout).text();
  expect(await child.exited).toBe(0);
  return out
    .trim()
    .split("\n")
    .map((it) => JSON.parse(it) as T);
}

/** All below `folder`, by paths as they are recorded. */
function diskOf(folder: string): Disk {
  const paths = readdirSync(folder, { recursive: true }).map((it) => join(folder, String(it)));
  return new Map(
    paths.map((it) => [it, statSync(it).isDirectory() ? "folder" : readFileSync(it)] as const),
  );
}

/** A disk as readers see it: unfinished files are left out. */
function keyOf(disk: Disk): string {
  const seen = [...disk].filter(([path]) => !path.includes(".unfinished"));
  return Bun.hash(JSON.stringify(seen.sort())).toString();
}

test("a cut of the power at any moment leaves a good snapshot, no older than the last finished", async () => {
  using folder = temporaryFolder();
  const snapshots = join(folder.path, "snapshots");
  const first = writeSnapshot(snapshots, someModel(1), "1", 1);
  const before = diskOf(folder.path);
  const lines = await linesOf<Line>("write-recorded.ts", snapshots);
  const finished = [first];
  const operations: Operation[] = [];
  const known = new Set<string>();
  for (const line of lines) {
    if (line.op === "done") finished.push(line.path);
    else operations.push(line);
    for (const disk of disksAfter(before, operations)) {
      const key = `${finished.at(-1)} ${keyOf(disk)}`;
      if (known.has(key)) continue;
      known.add(key);
      using cut = temporaryFolder();
      materialise(disk, cut.path);
      const { snapshot, refused } = openNewest(join(cut.path, snapshots), LAYOUT);
      expect([refused, snapshot!.id >= finished.at(-1)!]).toEqual([[], true]);
    }
  }
  expect(finished).toHaveLength(3);
  expect(known.size).toBeGreaterThan(10);
});

test("the first snapshot in a new folder is safe once it is written", async () => {
  using folder = temporaryFolder();
  const snapshots = join(folder.path, "snapshots");
  const lines = await linesOf<Line>("write-recorded.ts", snapshots);
  const end = lines.findIndex((it) => it.op === "done");
  for (const disk of disksAfter(new Map(), lines.slice(0, end) as Operation[])) {
    using cut = temporaryFolder();
    materialise(disk, cut.path);
    const { snapshot, refused } = openNewest(join(cut.path, snapshots), LAYOUT);
    expect([refused, snapshot?.id]).toEqual([[], lines[end]!.path]);
  }
});

test("a snapshot that cannot be written leaves nothing behind, whichever operation it was that failed", async () => {
  using folder = temporaryFolder();
  const good = writeSnapshot(folder.path, someModel(1), "1", 1);
  const left = await linesOf<string[]>("write-failing.ts", folder.path);
  expect(left.length).toBeGreaterThan(60);
  // All but the last: there the pointer leads to the new one already, and only its sync has failed.
  expect(new Set(left.slice(0, -1).map(String))).toEqual(new Set([`${good},current`]));
  expect(left.at(-1)).toHaveLength(3);
});
