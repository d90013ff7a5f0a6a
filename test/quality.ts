/**
 * Quality of the lists on every benchmark: too slow for each run of the tests, so `bun run quality`, nightly.
 *
 *     bun run quality [--report] [folder of the data sets, ../shared/data if absent] [names, such as P1,P4]
 *
 * Each benchmark is held against its floors (quality/floors.ts). On each, on the demo, and where people stay in
 * one category, selectors may cost the blend 2 % at most. Exits with 1 where a floor is missed, or data are missing.
 *
 * With --report all systems run on what is measured anyway, and the tables and pictures of README.md and
 * src/models/README.md are written from it. The tables of `rolling`, `without` and `variety` take half an
 * hour more: they are measured where they are named, and stay as they are otherwise.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openApp } from "../src/app/compose.ts";
import { kernelThread } from "../src/app/worker-threads.ts";
import { simulationReport, type PolicyRow } from "../src/benchmarks/simulator/report.ts";
import { missingData } from "../src/benchmarks/data-sets.ts";
import { runExperiment } from "../src/benchmarks/run.ts";
import { simulated } from "../src/cli/simulate.ts";
import { parseConfig } from "../src/config/parse.ts";
import type { Report } from "../src/evaluation/report.ts";
import type { Metric } from "../src/evaluation/runs.ts";
import { BLEND, FEED, POPULARITY, RECENT_POPULARITY } from "../src/evaluation/systems.ts";
import { openKernel } from "../src/linalg/train-wasm/open.ts";
import type { Audience } from "../src/ranking/audience.ts";
import { TERMS } from "../src/models/models.ts";
import { experimentsOf } from "./quality/experiments.ts";
import { figuresOf, readFigures, type Figures } from "./quality/figures.ts";
import { FLOORS, MARGINS, SIMULATED } from "./quality/floors.ts";
import { LINES } from "./quality/lines.ts";
import { LONG } from "./quality/long.ts";
import { writeReport } from "./quality/pages.ts";

/** Smallest share of the blend's quality that the selectors leave. */
const KEPT = 0.98;
const SELECTED: readonly Metric[] = ["ndcg@20", "recall@20"];
/** Whose lists tell that: newcomers of P5 get posts of equal scores, of which the blend earns the mean over all orders, a feed that of one. */
const TELLING: Readonly<Record<string, Audience>> = { P5: "warm" };
/** Systems of a report beside the blend and the feed, where the others find nothing, or are P3's once more. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  P3b: [POPULARITY, RECENT_POPULARITY, "EASE", ...TERMS],
  P5: [POPULARITY, RECENT_POPULARITY, "content", ...TERMS],
};
const SEED = 1;

const { values, positionals } = parseArgs({
  options: { report: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [folder = "../shared/data", names = Object.keys(FLOORS).join(",")] = positionals;
const known = [...Object.keys(FLOORS), ...Object.keys(LONG)];
const asked = names.split(",");
const strange = asked.filter((it) => !known.includes(it));
if (strange.length > 0) {
  console.error(`there is no ${strange.join(", ")}: name some of ${known.join(", ")}`);
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), "vidrec-quality-"));
const silent = { log: () => {}, progress: () => {} };
const app = openApp(parseConfig({ DATA_DIR: scratch }), "quality", silent);
const kernel = await openKernel({ threads: availableParallelism(), spawn: kernelThread });
const experiments = experimentsOf(app, folder, SEED);

let [failed, passed] = [0, 0];
function against(what: string, reached: number, floor: number): void {
  const isReached = reached >= floor;
  if (isReached) passed++;
  else failed++;
  const verdict = isReached ? "reached" : "MISSED";
  console.log(`${what} ${reached.toFixed(4)}, floor ${floor.toFixed(4)}: ${verdict}`);
}

function fail(why: string): void {
  failed++;
  console.log(why);
}

/** Holds a report against its floors, and the feed against the blend. */
function judgeReport(name: string, report: Report): void {
  const of = (model: string, metric: Metric, audience?: Audience) => {
    const { rows } = audience ? report.audiences[audience]! : report;
    return rows.find((it) => it.model === model)!.metrics[metric];
  };
  for (const { metric, floor, audience } of FLOORS[name]!)
    against(`${name} ${audience ?? "all"} ${metric}`, of(BLEND, metric, audience), floor);
  for (const metric of SELECTED)
    against(
      `${name} feed ${metric}`,
      of(FEED, metric, TELLING[name]),
      KEPT * of(BLEND, metric, TELLING[name]),
    );
}

/** A simulation of every policy. */
async function simulation(): Promise<PolicyRow[]> {
  const context = { config: parseConfig({ DATA_DIR: scratch }), version: "quality", out: silent };
  return simulationReport(await simulated(context, { seed: SEED, ...SIMULATED }), SEED);
}

/** Holds the lead of vidrec over each other policy against its margin. */
function judgeSimulation(rows: readonly PolicyRow[]): void {
  for (const { policy, reward, lastLess } of rows.filter((it) => it.policy in MARGINS))
    against(`simulator over ${policy}`, lastLess.low / reward.mean, MARGINS[policy as keyof typeof MARGINS]); // prettier-ignore
}

/** The figures with what a benchmark, or a long part, measures now. */
async function measured(name: string, figures: Figures): Promise<Figures> {
  if (name === "simulator") return (judgeSimulation(await simulation()), figures);
  const long = LONG[name];
  const input = { folder, embed: app.embed, seed: SEED };
  if (long)
    return await long({ input, figures, experiments, kernel, seed: SEED, log: console.log });
  const beside = values.report ? BESIDE[name] : [];
  const models = beside && [...beside, BLEND, FEED];
  const run = { seed: SEED, kernel, onProgress: silent.progress, ...(models && { models }) };
  const report = await runExperiment(await experiments[name]!(), run);
  judgeReport(name, report);
  const isShown = LINES.some(({ benchmark }) => benchmark === name);
  if (!values.report || !isShown) return figures;
  const benchmarks = { ...figures.benchmarks, [name]: figuresOf(name, report) };
  return { ...figures, benchmarks };
}

try {
  let figures = await readFigures();
  for (const name of asked) {
    const startMs = performance.now();
    const missing = missingData(folder, name);
    try {
      if (missing !== undefined) fail(`${name} is not measured: ${missing}`);
      else figures = await measured(name, figures);
    } catch (cause) {
      fail(`${name} failed: ${cause instanceof Error ? cause.stack : cause}`);
    }
    console.log(`${name} took ${((performance.now() - startMs) / 1_000).toFixed(1)} s`);
  }
  if (values.report) await writeReport(figures);
} finally {
  await kernel.close();
  await app[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
