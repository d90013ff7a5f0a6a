/** `vidrec evaluate`: quality of the ranked lists on held-out events. */
import { availableParallelism } from "node:os";
import { RANKER_SYSTEMS } from "../evaluation/systems.ts";
import { HELD_OUT } from "../evaluation/split.ts";
import { openKernel } from "../linalg/train-wasm/open.ts";
import { BASELINES } from "../benchmarks/baselines.ts";
import { BENCHMARKS } from "../benchmarks/benchmarks.ts";
import { runExperiment } from "../benchmarks/run.ts";
import { ROLLING_NAMES, STORE } from "../benchmarks/rolling/sets.ts";
import { missingData } from "../benchmarks/data-sets.ts";
import { kernelThread } from "../app/worker-threads.ts";
import { TERMS } from "../models/models.ts";
import { folder, oneOf, placeForFile, seeds, someOf } from "../config/values.ts";
import { CommandError, UsageError, type Command, type Context } from "./command.ts";
import { evaluateDiversity } from "./diversity-curve.ts";
import { benchmarkExperiment, storedDataset, storedExperiment } from "./experiment.ts";
import { reportText } from "./report.ts";
import { evaluateRolling, ROLLING } from "./rolling.ts";

const NAMES = [...Object.keys(BENCHMARKS), ROLLING];
/** Options that only the rolling benchmark has, and those that it has not. */
const ROLLING_ONLY = ["on", "weeks", "seeds"];
const NOT_ROLLING = ["models", "without", "seed", "curve", "svg", "diversityCurve"];
/** Weeks that it rolls through if it is not told. */
const WEEKS = 24;
/** Benchmarks of the diversity curve. */
const VARIED = ["P1", "P4", "sparse"];
/** Options that the diversity curve has not. */
const NOT_VARIED = ["models", "without", "curve"];
const MODEL_NAMES: readonly string[] = [...BASELINES, ...RANKER_SYSTEMS];

export const evaluate: Command = {
  name: "evaluate",
  summary: "hold something out, learn from the rest, and see who predicts it",
  blocksSignals: true,
  args: [
    {
      syntax: "[benchmark]",
      help: `${NAMES.join(", ")} over --data; without one, what is stored is split as --split says`,
      parse: oneOf(NAMES),
    },
  ],
  options: [
    { syntax: "--data <folder>", help: "folder of the data sets", fallback: "data", parse: folder },
    {
      syntax: "--split <how>",
      help: "of what is stored: time (the newest; default), last (of everybody) or random",
      choices: ["time", "last", "random"],
    },
    {
      syntax: "--share <share>",
      help: `of what is stored, how much is held out (default: ${HELD_OUT})`,
      limits: { min: 0.01, max: 0.5 },
    },
    {
      syntax: "--models <names>",
      help: "only these rows, such as feed,EASE",
      parse: someOf(MODEL_NAMES),
    },
    {
      syntax: "--without <terms>",
      help: "terms the blend does without, such as sequence,fresh",
      parse: someOf(TERMS),
    },
    {
      syntax: "--seed <n>",
      help: "seed of learning and resampling (default: SEED)",
      limits: { min: 0, max: 4_294_967_295, integer: true },
    },
    { syntax: "--curve", help: "also with histories cut to their newest 0, 1, 2, 3, 5, 10 posts" },
    {
      syntax: "--diversity-curve",
      help: `nDCG@20 and intra-list diversity by the slider of variety, of ${VARIED.join(", ")} and of what is stored, or of one benchmark`,
    },
    { syntax: "--svg <file>", help: "write a picture of the table there too", parse: placeForFile },
    {
      syntax: "--on <sets>",
      help: `rolling over these: ${ROLLING_NAMES.join(", ")} (default: ${STORE}, what is stored)`,
      parse: someOf(ROLLING_NAMES),
    },
    {
      syntax: "--weeks <n>",
      help: `rolling through the newest of them (default: ${WEEKS})`,
      limits: { min: 1, max: 1_000, integer: true },
    },
    {
      syntax: "--seeds <list>",
      help: "rolling with each of these seeds, such as 1,2,3",
      parse: seeds,
    },
    { syntax: "--json", help: "print the whole report as JSON" },
  ],
  run: async (context) => {
    const { config, out, print, options, args } = context;
    checkOptions(args[0], options);
    const threads = config.LEARN_THREADS || availableParallelism();
    if (args[0] === ROLLING) {
      const kernel = await openKernel({ threads, spawn: kernelThread });
      await evaluateRolling(context, {
        sets: words(options["on"]) ?? [STORE],
        seeds: words(options["seeds"])?.map(Number) ?? [config.SEED],
        weeks: (options["weeks"] as number | undefined) ?? WEEKS,
        kernel,
        stored: () => storedDataset(context),
      }).finally(() => kernel.close());
      return 0;
    }
    const seed = (options["seed"] as number | undefined) ?? config.SEED;
    const svg = options["svg"] as string | undefined;
    if (options["diversityCurve"] === true) {
      const kernel = await openKernel({ threads, spawn: kernelThread });
      const experiments = experimentsOf(context, args[0], seed);
      await evaluateDiversity(context, { seed, kernel, svg, experiments }).finally(() => kernel.close()); // prettier-ignore
      return 0;
    }
    const models = words(options["models"]);
    const without = words(options["without"]);
    const [name] = args;
    const experiment = await (name === undefined
      ? storedExperiment(context, seed)
      : benchmarkExperiment(context, name, seed));
    const kernel = await openKernel({ threads, spawn: kernelThread });
    const report = await runExperiment(experiment, {
      seed,
      kernel,
      withCurve: options["curve"] === true,
      ...(models && { models }),
      ...(without && { without }),
      onProgress: out.progress,
    }).finally(() => kernel.close());
    if (report.cases === 0)
      throw new CommandError("nobody liked anything new after the cut: hold out more with --share");
    print(options["json"] === true ? JSON.stringify(report, undefined, 2) : reportText(report));
    if (svg !== undefined) {
      // Loaded when drawn: no other command needs the charts.
      const { reportPicture } = await import("../evaluation/picture.ts");
      await Bun.write(svg, reportPicture(report));
    }
    return 0;
  },
};

/** `a, b` as a list; `undefined` if the option was not given. */
function words(option: string | number | boolean | undefined): string[] | undefined {
  return typeof option === "string" ? option.split(",") : undefined;
}

/** The experiments of the diversity curve by name: `only`, or all whose data are there. */
function experimentsOf(context: Context, only: string | undefined, seed: number) {
  const folder = context.options["data"] as string;
  const names = (only === undefined ? VARIED : [only]).filter((name) => {
    const missing = only === undefined ? missingData(folder, name) : undefined;
    if (missing !== undefined) context.out.log(`left out ${name}: ${missing}`);
    return missing === undefined;
  });
  return {
    ...Object.fromEntries(names.map((it) => [it, () => benchmarkExperiment(context, it, seed)])),
    ...(only === undefined && { stored: () => storedExperiment(context, seed) }),
  };
}

/** @throws UsageError for an option that the benchmark has not. */
function checkOptions(name: string | undefined, options: Context["options"]): void {
  const given = (names: readonly string[]) =>
    names
      .filter((it) => options[it] !== undefined)
      .map((it) => `--${it.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  if (name !== undefined && given(["split", "share"]).length > 0)
    throw new UsageError(`${name} says itself what is held out: leave out --split and --share`);
  const notVaried = options["diversityCurve"] === true ? given(NOT_VARIED) : [];
  if (notVaried.length > 0)
    throw new UsageError(`the diversity curve is of the feed alone: leave out ${notVaried.join(" and ")}`); // prettier-ignore
  const wrong = given(name === ROLLING ? NOT_ROLLING : ROLLING_ONLY);
  if (wrong.length > 0)
    throw new UsageError(
      name === ROLLING
        ? `${ROLLING} has --on, --weeks, --seeds and --json: leave out ${wrong.join(" and ")}`
        : `only \`vidrec evaluate ${ROLLING}\` has ${wrong.join(" and ")}`,
    );
}
