/** `vidrec evaluate`: how good the lists are, on what people did after a cut. */
import { openApp } from "../app.ts";
import { METRIC_NAMES } from "../evaluate/answers.ts";
import type { Difference } from "../evaluate/compare.ts";
import { evaluate as evaluateSplit } from "../evaluate/evaluate.ts";
import { COVERAGE, type Group, type Report } from "../evaluate/report.ts";
import { HELD_OUT, splitAtCut } from "../evaluate/split.ts";
import { readDataset, type Dataset } from "../learn/dataset.ts";
import { datasetBefore } from "../learn/past.ts";
import { learn, type Progress } from "../learn/run.ts";
import { nearestExact } from "../nearest/exact.ts";
import { placeOf } from "../place.ts";
import { openRanker } from "../rank/feed.ts";
import type { Command, Context } from "./command.ts";
import { table } from "./table.ts";

type Settings = { readonly share: number; readonly seed: number };

export const evaluate: Command = {
  name: "evaluate",
  summary: "hold the newest interactions out, learn from the rest, and see who predicts them",
  options: [
    {
      syntax: "--share <share>",
      help: "how much of the interactions is held out",
      fallback: HELD_OUT,
      limits: { min: 0.01, max: 0.5 },
    },
    {
      syntax: "--seed <n>",
      help: "seed of learning and resampling (default: SEED)",
      limits: { min: 0, max: 4_294_967_295, integer: true },
    },
    { syntax: "--json", help: "print the whole report as JSON" },
  ],
  run: async (context) => {
    const { config, out, print, options } = context;
    const data = await readStore(context);
    const { folder } = placeOf(config);
    if (data === undefined) {
      out.log(`there is nothing to evaluate in ${folder}: run \`vidrec sync\` first`);
      return 1;
    }
    const missing = data.posts.ids.length - data.embedded;
    if (missing > 0)
      out.log(
        `${missing} posts have no vector yet: run \`vidrec learn\` first to have their texts count`,
      );
    const seed = (options["seed"] as number | undefined) ?? config.SEED;
    const settings = { seed, share: options["share"] as number };
    const report = await evaluateStore(data, settings, out.progress);
    if (report.cases === 0) {
      out.log(`nobody in ${folder} liked anything new after the cut: hold out more with --share`);
      return 1;
    }
    print(options["json"] === true ? JSON.stringify(report, undefined, 2) : shown(report));
    return 0;
  },
};

/** What is stored, with the vectors of the encoder that is set; `undefined` if it is nothing. */
async function readStore({ config, version, out }: Context): Promise<Dataset | undefined> {
  const app = openApp(config, version, out);
  try {
    if ((await app.store.interactions.count()) === 0) return undefined;
    return await readDataset(app.store, await app.cycle.encoder(), Date.now());
  } finally {
    await app.close();
  }
}

/** Learn as if it were the moment of the cut; the blend is fitted at a cut of that past. */
async function evaluateStore(
  data: Dataset,
  { share, seed }: Settings,
  progress: Progress,
): Promise<Report> {
  const split = splitAtCut(data.histories, data.asOfMs, seed, share);
  const model = await learn(datasetBefore(data, split), seed, undefined, progress);
  const nearest = (vector: Float32Array, count: number) =>
    nearestExact(model.embeddings, vector, count);
  const cut = new Date(split.asOfMs).toISOString().slice(0, 10);
  const [heldOut, all] = [split.after.postIds.length, data.histories.postIds.length];
  return evaluateSplit({
    ranker: openRanker(model, nearest),
    nearest,
    split,
    protocol: `time split: the newest ${heldOut} of ${all} interactions held out, after ${cut}`,
    seed,
    onCase: (done, total) => progress("evaluating", done, total),
  });
}

function shown(report: Report): string {
  const groups = [["all", report], ...Object.entries(report.audiences)] as const;
  return [
    `${report.protocol}; ${report.catalogue} posts to recommend; seed ${report.seed}`,
    ...groups.flatMap(([name, group]) => ["", groupTable(name, group), ...gains(group)]),
  ].join("\n");
}

function groupTable(name: string, { cases, rows }: Group): string {
  const columns = [...METRIC_NAMES, COVERAGE] as const;
  return table(
    [`${name}, ${cases} people`, ...columns],
    rows.map(({ model, metrics }) => [model, ...columns.map((it) => metrics[it].toFixed(4))]),
  );
}

function gains({ rows, differences }: Group): string[] {
  const told = differences.filter(({ metric }) => metric === "ndcg@20");
  return told.map(({ model, over, mean, low, high }: Difference) => {
    const base = rows.find((it) => it.model === over)!.metrics["ndcg@20"];
    const relative = base > 0 ? ` = ${signed((100 * mean) / base, 0)} %` : "";
    return `ndcg@20 of ${model} over ${over}: ${signed(mean)}${relative}, 95 % interval ${signed(low)} to ${signed(high)}`;
  });
}

function signed(x: number, digits = 4): string {
  return `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(digits)}`;
}
