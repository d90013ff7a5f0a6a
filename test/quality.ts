/**
 * Whether the lists are still as good as they were, on every benchmark whose data is there: too slow
 * for each run of the tests, so `bun run quality`, nightly.
 *
 *     bun run quality [folder of the data sets, ../shared/data if absent] [benchmarks, such as P1,P4]
 *
 * A floor is what was measured (seed 1, see src/models/README.md) less about half of its interval.
 * On every benchmark, on the demo, and where people stay in one category, selectors may cost the
 * blend 1 % at most.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { openApp } from "../src/app/compose.ts";
import { parseConfig } from "../src/config/parse.ts";
import type { Metric } from "../src/evaluation/runs.ts";
import type { Audience } from "../src/ranking/audience.ts";
import { readDataset } from "../src/training/dataset.ts";
import { openKernel } from "../src/linalg/train-wasm/open.ts";
import { BENCHMARKS } from "../src/benchmarks/benchmarks.ts";
import { runExperiment } from "../src/benchmarks/run.ts";
import { sparseDataset } from "../src/benchmarks/sparse/dataset.ts";
import { storeExperiment } from "../src/benchmarks/store.ts";
import type { Experiment } from "../src/benchmarks/experiment.ts";
import { kernelThread } from "../src/app/worker-threads.ts";
import { atHome } from "./support/one-category.ts";

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
  P3b: [{ metric: "ndcg@20", floor: 0.101 }],
  P4: [
    { metric: "ndcg@20", floor: 0.13, audience: "warm" },
    { metric: "ndcg@20", floor: 0.37, audience: "cold" },
  ],
  P5: [{ metric: "recall@20", floor: 0.022 }],
  sparse: [{ metric: "ndcg@20", floor: 0.25 }],
  home: [],
  demo: [],
};
/** What is left of the blend's quality after the selectors, at least. */
const KEPT = 0.99;
const SELECTED: readonly Metric[] = ["ndcg@20", "recall@20"];
/** Whose lists tell that: newcomers of P5 get posts of equal scores, of which the blend earns the mean over all orders, a feed that of one. */
const TELLING: Readonly<Record<string, Audience>> = { P5: "warm" };
const SEED = 1;
const [folder = "../shared/data", names = Object.keys(FLOORS).join(",")] = process.argv.slice(2);
/** Made up here: they need no folder. */
const MADE_UP = ["sparse", "home", "demo"];
const hasData = existsSync(folder);
if (!hasData) console.log(`left out all but ${MADE_UP}: there is no ${folder} on this machine`);
const scratch = mkdtempSync(join(tmpdir(), "vidrec-quality-"));
const silent = { log: () => {}, progress: () => {} };
const app = openApp(parseConfig({ DATA_DIR: scratch }), "quality", silent);
const kernel = await openKernel({ threads: availableParallelism(), spawn: kernelThread });
const cut = { by: "time", share: 0.1 } as const;
const OTHERS: Readonly<Record<string, () => Promise<Experiment>>> = {
  home: async () =>
    storeExperiment(atHome(sparseDataset(SEED), SEED), { ...cut, share: 0.15 }, SEED),
  demo: async () => {
    await app.cycle.sync(false);
    const encoder = await app.cycle.encoder();
    await app.cycle.backfill();
    return storeExperiment(await readDataset(app.store, encoder, Date.now()), cut, SEED);
  },
};
let [failed, passed] = [0, 0];
function judge(what: string, reached: number, floor: number): void {
  const isReached = reached >= floor;
  if (isReached) passed++;
  else failed++;
  const verdict = isReached ? "reached" : "MISSED";
  console.log(`${what} ${reached.toFixed(4)}, floor ${floor.toFixed(4)}: ${verdict}`);
}
try {
  for (const name of names.split(",").filter((it) => hasData || MADE_UP.includes(it))) {
    const read =
      OTHERS[name] ?? (() => BENCHMARKS[name]!({ folder, embed: app.embed, seed: SEED }));
    const run = { seed: SEED, kernel, models: ["blend", "feed"], onProgress: silent.progress };
    const report = await runExperiment(await read(), run);
    for (const { metric, floor, audience } of FLOORS[name]!) {
      const { rows } = audience ? report.audiences[audience]! : report;
      judge(`${name} ${audience ?? "all"} ${metric}`, rows[0]!.metrics[metric], floor);
    }
    const { rows } = TELLING[name] ? report.audiences[TELLING[name]]! : report;
    for (const metric of SELECTED) {
      const [blend, feed] = rows.map((it) => it.metrics[metric]);
      judge(`${name} feed ${metric}`, feed!, KEPT * blend!);
    }
  }
} finally {
  await kernel.close();
  await app[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
