import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../src/linalg/random.ts";
import { openNewest } from "../../src/snapshot/open.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { temporaryFolder } from "../support/folder.ts";
import { someModel } from "./some-model.ts";
import { LAYOUT } from "../../src/models/models.ts";

const KILLS = 20;
/** Long enough for one or two snapshots. */
const LONGEST_MS = 120;

/** Start a writer, let it write one and be killed at some moment of the next. */
async function writeAndKill(folder: string, firstSeed: number, afterMs: number): Promise<void> {
  const script = join(import.meta.dir, "write-forever.ts");
  const writer = Bun.spawn([process.execPath, script, folder, String(firstSeed)], {
    stdout: "pipe",
    stderr: "inherit",
  });
  await writer.stdout.getReader().read();
  await Bun.sleep(afterMs);
  writer.kill("SIGKILL");
  await writer.exited;
  expect(writer.signalCode).toBe("SIGKILL");
}

test("killing the writer at any moment leaves a good snapshot, no older than the last finished", async () => {
  using folder = temporaryFolder();
  const random = seededRandom(1);
  let unfinished = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    await writeAndKill(folder.path, kill * 1_000, random() * LONGEST_MS);
    const { snapshot, refused } = openNewest(folder.path, LAYOUT);
    expect(refused).toEqual([]);
    expect(snapshot!.model.info.seed).toBeGreaterThanOrEqual(kill * 1_000);
    expect(snapshot!.model).toEqual(someModel(snapshot!.model.info.seed, 500));
    unfinished += Number(readdirSync(folder.path).some((it) => it.endsWith(".unfinished")));
  }
  expect(unfinished).toBeGreaterThan(0); // else none was killed at work
  const last = writeSnapshot(folder.path, someModel(7), "1.2.3", Date.now());
  expect(openNewest(folder.path, LAYOUT).snapshot?.id).toBe(last);
  expect(readdirSync(folder.path)).toHaveLength(3);
});
