/** Memory that is given back: what was in it is still there. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { releasePages, trimHeap } from "../../src/runtime/memory.ts";
import { temporaryFolder } from "../support/folder.ts";

/** Resident bytes of the mapping of `path` in this process. */
function residentOf(path: string): number {
  const maps = readFileSync("/proc/self/smaps", "utf8").split(/^(?=[\da-f]+-[\da-f]+ )/m);
  const mapping = maps.find((it) => it.split("\n", 1)[0]!.endsWith(path))!;
  return Number(/^Rss:\s+(\d+)/m.exec(mapping)?.[1]);
}

test.skipIf(process.platform !== "linux")(
  "pages of a mapped file are given back, and read again",
  async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "column");
    const written = Uint8Array.from({ length: 1 << 20 }, (_, n) => n % 251);
    await Bun.write(path, written);
    const mapped = Bun.mmap(path, { shared: false });
    expect(Bun.hash(mapped)).toBe(Bun.hash(written));
    expect(residentOf(path)).toBe(1_024);
    releasePages(mapped);
    expect(residentOf(path)).toBe(0);
    expect(Bun.hash(mapped)).toBe(Bun.hash(written));
  },
);

test("the C heap works on after it is trimmed", () => {
  const before = Uint8Array.from({ length: 1 << 20 }, (_, n) => n % 251);
  trimHeap();
  expect(before).toEqual(Uint8Array.from({ length: 1 << 20 }, (_, n) => n % 251));
});
