/** How threads that were ended are started again, and how they let others go first. */
import { expect, test } from "bun:test";
import { getPriority } from "node:os";
import { join, resolve } from "node:path";
import { pauseAfter } from "../../src/runtime/supervised-worker.ts";
import { temporaryFolder } from "../support/folder.ts";

test("pauses double from the first one up to five minutes", () => {
  expect([1, 2, 3, 4].map((ends) => pauseAfter(ends))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect([1, 2].map((ends) => pauseAfter(ends, 10))).toEqual([10, 20]);
  expect(pauseAfter(50)).toBe(300_000);
});

test.skipIf(process.platform !== "linux")(
  "a thread that gives way is behind others from then on, and only it",
  async () => {
    const thread = resolve(import.meta.dir, "../../src/runtime/supervised-worker.ts");
    const script = `
      import { getPriority } from "node:os";
      import { giveWay } from ${JSON.stringify(thread)};
      if (Bun.isMainThread) {
        const worker = new Worker(import.meta.url);
        worker.onmessage = ({ data }) => {
          console.log(JSON.stringify([getPriority(), ...data]));
          process.exit(0);
        };
      } else {
        giveWay(15);
        const first = getPriority();
        giveWay(5);
        postMessage([first, getPriority()]);
      }`;
    using folder = temporaryFolder();
    const file = join(folder.path, "give-way.ts");
    await Bun.write(file, script);
    const child = Bun.spawn([process.execPath, file], { stdout: "pipe" });
    const said = JSON.parse(await child.stdout.text()) as number[];
    const own = getPriority();
    expect(said).toEqual([own, Math.max(15, own), Math.max(15, own)]);
  },
);
