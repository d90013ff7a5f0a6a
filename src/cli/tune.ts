/** `vidrec tune`: searches training settings for this store and keeps them for `vidrec learn`. */
import { availableParallelism } from "node:os";
import { openApp } from "../app/compose.ts";
import { readDataset } from "../training/dataset.ts";
import { TUNED, TUNING } from "../training/tuning.ts";
import { openKernel } from "../linalg/train-wasm/open.ts";
import { tune as search, type Tuned } from "../benchmarks/tune.ts";
import { kernelThread } from "../app/worker-threads.ts";
import { CommandError, takeLeaseFor, type Command, type Context } from "./command.ts";
import { needEvents } from "./experiment.ts";
import { table } from "./table.ts";

const MINUTE_MS = 60_000;

export const tune: Command = {
  name: "tune",
  summary: "search settings of training on what is stored, and keep those that help for learn",
  migrates: true,
  blocksSignals: true,
  options: [
    {
      syntax: "--minutes <n>",
      help: "how long to search",
      fallback: 10,
      limits: { min: 0.1, max: 1_440 },
    },
  ],
  run: async (context) => {
    const { config, version, out, print } = context;
    await using app = openApp(config, version, out);
    await takeLeaseFor("tune", app);
    await needEvents(app, "tune on");
    const data = await readDataset(app.store, await app.cycle.encoder(), Date.now());
    const found = await searchFor(context, data);
    if (found.people === 0)
      throw new CommandError(
        "nobody liked anything new in the newest tenth: there is nothing to tune on yet",
      );
    print(shown(found));
    if (found.gain.low <= 0) {
      print(
        found.tries === 0
          ? "nothing was kept: there was no time for a try; raise --minutes"
          : "nothing was kept: on people the search had not seen the gain could be luck",
      );
      return 0;
    }
    await app.store.meta.keepTuning(JSON.stringify(found.tuning));
    print("kept: the next `vidrec learn` trains with these settings");
    return 0;
  },
};

async function searchFor(
  { config, out, options }: Context,
  data: Parameters<typeof search>[0],
): Promise<Tuned> {
  const threads = config.LEARN_THREADS || availableParallelism();
  const kernel = await openKernel({ threads, spawn: kernelThread });
  const budgetMs = (options["minutes"] as number) * MINUTE_MS;
  const start = Date.now();
  const spentMs = () => Date.now() - start;
  return search(data, {
    seed: config.SEED,
    kernel,
    hasTime: () => spentMs() < budgetMs,
    onTry: (tries, best) =>
      out.progress(`tuning, try ${tries}, nDCG@20 ${best.toFixed(4)}`, spentMs(), budgetMs),
  }).finally(() => kernel.close());
}

function shown({ tuning, tries, before, after, gain }: Tuned): string {
  const rows = TUNED.map((it) => [it, String(TUNING[it]), String(tuning[it])]);
  const four = (x: number) => x.toFixed(4);
  return [
    table(["setting", "default", "found"], rows),
    `${tries} tries; on the newest tenth, which the search had not seen, nDCG@20 of the feed ` +
      `${four(before)} → ${four(after)}: ${four(gain.mean)}, 95 % interval ${four(gain.low)} to ${four(gain.high)}`,
  ].join("\n");
}
