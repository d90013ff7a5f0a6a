/**
 * Whether the lists are still as good as they were, on every protocol whose data is there: too slow
 * for each run of the tests, so `bun run quality`, nightly.
 *
 *     bun run quality [folder of the data sets, ../shared/data if absent] [protocols, such as P1,P4]
 *
 * A floor is what was measured (seed 1, see src/train/README.md) less about half of its interval.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { openApp } from "../src/app.ts";
import { parseConfig } from "../src/config.ts";
import type { Metric } from "../src/evaluate/answers.ts";
import type { Audience } from "../src/rank/audience.ts";
import { openKernel } from "../src/math/kernel/kernel.ts";
import { PROTOCOLS } from "../src/protocols/protocols.ts";
import { runTrial } from "../src/protocols/run.ts";
import { kernelThread } from "../src/threads.ts";

/** What the blend must reach, for everybody or one audience. */
type Floor = { readonly metric: Metric; readonly floor: number; readonly audience?: Audience };

const FLOORS: Readonly<Record<string, readonly Floor[]>> = {
  P1: [
    { metric: "recall@20", floor: 0.281 },
    { metric: "ndcg@20", floor: 0.27 },
  ],
  P2: [
    { metric: "recall@10", floor: 0.302 },
    { metric: "ndcg@10", floor: 0.18 },
  ],
  P3: [{ metric: "ndcg@20", floor: 0.08 }],
  P4: [
    { metric: "ndcg@20", floor: 0.13, audience: "warm" },
    { metric: "ndcg@20", floor: 0.37, audience: "cold" },
  ],
  P5: [{ metric: "recall@20", floor: 0.022 }],
  sparse: [{ metric: "ndcg@20", floor: 0.25 }],
};
const [folder = "../shared/data", names = Object.keys(FLOORS).join(",")] = process.argv.slice(2);
if (!existsSync(folder)) {
  console.log(`left out: there is no ${folder} on this machine`);
  process.exit(0);
}
const scratch = mkdtempSync(join(tmpdir(), "vidrec-quality-"));
const silent = { log: () => {}, progress: () => {} };
const app = openApp(parseConfig({ DATA_DIR: scratch }), "quality", silent);
const kernel = await openKernel({ threads: availableParallelism(), spawn: kernelThread });
let failed = 0;
let passed = 0;
try {
  for (const name of names.split(",")) {
    const trial = await PROTOCOLS[name]!.read({ folder, embed: app.embed, seed: 1 });
    const run = { seed: 1, kernel, models: ["blend"], onProgress: silent.progress };
    const report = await runTrial(trial, run);
    for (const { metric, floor, audience } of FLOORS[name]!) {
      const { rows } = audience ? report.audiences[audience]! : report;
      const reached = rows[0]!.metrics[metric];
      if (reached >= floor) passed++;
      else failed++;
      const verdict = reached >= floor ? "reached" : "MISSED";
      console.log(
        `${name} ${audience ?? "all"} ${metric} ${reached.toFixed(4)}, floor ${floor}: ${verdict}`,
      );
    }
  }
} finally {
  await kernel.close();
  await app.close();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
