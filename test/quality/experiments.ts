/** Experiments of the quality report: the benchmarks, people who stay in one category, and the demo. */
import type { openApp } from "../../src/app/compose.ts";
import { BENCHMARKS } from "../../src/benchmarks/benchmarks.ts";
import type { Experiment } from "../../src/benchmarks/experiment.ts";
import { sparseDataset } from "../../src/benchmarks/sparse/dataset.ts";
import { storeExperiment } from "../../src/benchmarks/store.ts";
import { readDataset } from "../../src/training/dataset.ts";
import { atHome } from "../support/one-category.ts";

/** Experiments by name; each reads its data when it is called. */
export type Experiments = Readonly<Record<string, () => Promise<Experiment>>>;

/** Seeds of the sparse sets that terms are left out on. */
const FURTHER_SEEDS = [21, 22];
/** Held-out shares of the demo's events and of a sparse set's. */
const [DEMO_SHARE, SPARSE_SHARE] = [0.1, 0.15];

/** Opens the experiments over a folder of data sets; texts are encoded by `app`, whose catalogue is the demo. */
export function experimentsOf(
  app: ReturnType<typeof openApp>,
  folder: string,
  seed: number,
): Experiments {
  const files = Object.entries(BENCHMARKS).map(
    ([name, read]) => [name, () => read({ folder, embed: app.embed, seed })] as const,
  );
  const cut = { by: "time", share: SPARSE_SHARE } as const;
  const further = FURTHER_SEEDS.map(
    (it) => [`sparse ${it}`, async () => storeExperiment(sparseDataset(it), cut, seed)] as const,
  );
  return {
    ...Object.fromEntries(files),
    ...Object.fromEntries(further),
    home: async () => storeExperiment(atHome(sparseDataset(seed), seed), cut, seed),
    demo: async () => {
      await app.cycle.sync(false);
      const encoder = await app.cycle.encoder();
      await app.cycle.backfill();
      const data = await readDataset(app.store, encoder, Date.now());
      return storeExperiment(data, { by: "time", share: DEMO_SHARE }, seed);
    },
  };
}
