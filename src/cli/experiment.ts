/** The experiments that `vidrec evaluate` names: benchmarks over files, and what is stored. */
import { join } from "node:path";
import { openApp, type App } from "../app/compose.ts";
import { upgrade } from "../app/upgrade.ts";
import { BENCHMARKS } from "../benchmarks/benchmarks.ts";
import type { Experiment } from "../benchmarks/experiment.ts";
import { storeExperiment } from "../benchmarks/store.ts";
import { HELD_OUT, type Cut } from "../evaluation/split.ts";
import { readDataset, type Dataset } from "../training/dataset.ts";
import { CommandError, type Context } from "./command.ts";

/** A benchmark's experiment. Texts of the data sets are kept apart: they are nobody's posts. */
export async function benchmarkExperiment(
  { config, version, out, options }: Context,
  name: string,
  seed: number,
): Promise<Experiment> {
  const DATA_DIR = join(config.DATA_DIR, "evaluation");
  const apart = { ...config, DATA_DIR };
  await upgrade(apart, "evaluate", out);
  await using app = openApp(apart, version, out);
  const { embed } = app;
  return await BENCHMARKS[name]!({ folder: options["data"] as string, embed, seed });
}

/** The stored data, split as the options say. @throws CommandError if nothing is stored. */
export async function storedExperiment(context: Context, seed: number): Promise<Experiment> {
  const { options } = context;
  const cut = { by: options["split"] ?? "time", share: options["share"] ?? HELD_OUT } as Cut;
  return storeExperiment(await storedDataset(context), cut, seed);
}

/** @throws CommandError if no event is stored, for the purpose in words. */
export async function needEvents({ store, paths }: App, purpose: string): Promise<void> {
  if ((await store.events.count()) > 0) return;
  const isOwn = paths.catalogue === "own";
  const first = isOwn ? "send events to POST /events, or run `vidrec import events FILE`" : "run `vidrec sync`"; // prettier-ignore
  throw new CommandError(`there is nothing to ${purpose} in ${paths.folder}: ${first} first`);
}

/** The stored data with vectors of the configured encoder. @throws CommandError if nothing is stored. */
export async function storedDataset(context: Context): Promise<Dataset> {
  const { config, version, out } = context;
  await using app = openApp(config, version, out);
  await needEvents(app, "evaluate");
  const data = await readDataset(app.store, await app.cycle.encoder(), Date.now());
  const missing = data.posts.keys.length - data.embedded;
  if (missing > 0)
    out.log(
      `${missing} posts have no vector yet: run \`vidrec learn\` first to have their texts count`,
    );
  return data;
}
