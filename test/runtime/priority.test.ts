/** Priority of threads: main goes first. */
import { expect, test } from "bun:test";
import { getPriority } from "node:os";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../support/folder.ts";

test.skipIf(process.platform !== "linux")(
  "a thread that gives way is behind others from then on, and only it",
  async () => {
    const thread = resolve(import.meta.dir, "../../src/runtime/priority.ts");
    const script = `
      import { getPriority } from "node:os";
      import { lowerPriority } from ${JSON.stringify(thread)};
      if (Bun.isMainThread) {
        const worker = new Worker(import.meta.url);
        worker.onmessage = ({ data }) => {
          console.log(JSON.stringify([getPriority(), ...data]));
          process.exit(0);
        };
      } else {
        lowerPriority(15);
        const first = getPriority();
        lowerPriority(5);
        postMessage([first, getPriority()]);
      }`;
    using folder = temporaryFolder();
    const file = join(folder.path, "give-way.ts");
    await Bun.write(file, script);
    const child = Bun.spawn([process.execPath, file], { stdout: "pipe" });
    const said = JSON.parse(await Bun.readableStreamToText(child.stdout)) as number[];
    const own = getPriority();
    expect(said).toEqual([own, Math.max(15, own), Math.max(15, own)]);
  },
);
