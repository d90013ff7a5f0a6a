/** `vidrec evaluate rolling`: week after week, what was learnt up to it scored on what people liked in it. */
import { join } from "node:path";
import { openApp } from "../app/compose.ts";
import { upgrade } from "../app/upgrade.ts";
import { rollingReport, type RollingReport } from "../benchmarks/rolling/report.ts";
import { roll } from "../benchmarks/rolling/roll.ts";
import { ROLLING_SETS, singleSets, STORE } from "../benchmarks/rolling/sets.ts";
import type { RollingSet } from "../benchmarks/rolling/weeks.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import type { Dataset } from "../training/dataset.ts";
import { CommandError, type Context } from "./command.ts";
import { rollingSummary, rollingText } from "./rolling-text.ts";

/** Name of the benchmark. */
export const ROLLING = "rolling";

/** Options of a run. */
type RollingOptions = {
  readonly sets: readonly string[];
  readonly seeds: readonly number[];
  readonly weeks: number;
  readonly kernel: Kernel;
  /** Reads what is stored. */
  readonly stored: () => Promise<Dataset>;
};

/** Rolls through every set with every seed, and prints the tables of a set as soon as it is done. */
export async function evaluateRolling(context: Context, run: RollingOptions): Promise<void> {
  const { out, print, options } = context;
  const isJson = options["json"] === true;
  const reports: RollingReport[] = [];
  for (const name of singleSets(run.sets)) {
    const set =
      name === STORE ? { name, days: 7, data: await run.stored() } : await read(context, name);
    const runs = [];
    for (const seed of run.seeds) {
      const onWeek = (done: number) =>
        out.progress(`${name}, seed ${seed}: weeks`, done, run.weeks);
      runs.push({ seed, rolled: await roll(set, { ...run, seed, onWeek }) });
    }
    reports.push(rollingReport(set, runs));
    if (Object.keys(reports.at(-1)!.groups).length === 0)
      throw new CommandError(`nobody liked anything new in these weeks of ${name}: roll through more with --weeks`); // prettier-ignore
    if (!isJson) print(`${rollingText(reports.at(-1)!)}\n`);
  }
  print(isJson ? JSON.stringify(reports, undefined, 2) : rollingSummary(reports));
}

/** A set of files, or a made-up one. Texts of files are kept apart: they are nobody's posts. */
async function read({ config, version, out, options }: Context, name: string): Promise<RollingSet> {
  const apart = { ...config, DATA_DIR: join(config.DATA_DIR, "evaluation") };
  await upgrade(apart, "evaluate", out);
  await using app = openApp(apart, version, out);
  const { embed } = app;
  return await ROLLING_SETS[name]!({ folder: options["data"] as string, embed, seed: 1 });
}
