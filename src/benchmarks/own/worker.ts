/** The evaluator thread: holds out the newest events of the store, learns from the rest, and sees who predicts them. Bundled as its own entry point. */
import { availableParallelism } from "node:os";
import { keepOpen } from "../../data/sqlite/open.ts";
import { storeTrouble } from "../../data/trouble.ts";
import { HELD_OUT } from "../../evaluation/split.ts";
import { POPULARITY, RANKER_SYSTEMS } from "../../evaluation/systems.ts";
import { openKernel } from "../../linalg/train-wasm/open.ts";
import { lowerPriority } from "../../runtime/priority.ts";
import { readDataset, type EncoderName } from "../../training/dataset.ts";
import { stageReporter } from "../../training/jobs/stages.ts";
import { runExperiment } from "../run.ts";
import { storeExperiment } from "../store.ts";
import type { Evaluated, EvaluatorEvent, EvaluatorRequest } from "./protocol.ts";

declare const self: Worker;

type Opening = Extract<EvaluatorRequest, { kind: "open" }>;

lowerPriority(19); // the kernel's threads inherit it

let opening: Opening;

const send = (event: EvaluatorEvent) => self.postMessage(event);
const progress = stageReporter((stage, done, total) =>
  send({ kind: "progress", stage, done, total }),
);

async function evaluate(encoder: EncoderName | undefined): Promise<Evaluated> {
  const { storePath, seed, threads } = opening;
  progress("reading the store", 0, 1);
  const store = keepOpen(storePath)();
  const data = await readDataset(store, encoder, Date.now()).finally(() => store.close());
  const experiment = storeExperiment(data, { by: "time", share: HELD_OUT }, seed);
  const kernel = await openKernel({
    threads: threads || availableParallelism(),
    spawn: () => new Worker(new URL("../../linalg/train-wasm/worker.ts", import.meta.url)),
  });
  const report = await runExperiment(experiment, {
    seed,
    kernel,
    models: [...RANKER_SYSTEMS, POPULARITY],
    onProgress: progress,
  }).finally(() => kernel.close());
  if (report.cases === 0)
    throw new Error("nobody liked anything new among the newest events: there is nothing to predict yet"); // prettier-ignore
  const rankings = report.rows.map(({ model, metrics, intervals }) => {
    const [low, high] = intervals["ndcg@20"];
    return { name: model, nDcg: metrics["ndcg@20"], low, high };
  });
  rankings.sort((a, b) => b.nDcg - a.nDcg);
  return { protocol: report.protocol, posts: report.catalogue, cases: report.cases, rankings };
}

self.onmessage = ({ data }: MessageEvent<EvaluatorRequest>) => {
  switch (data.kind) {
    case "open":
      opening = data;
      return send({ kind: "ready" });
    case "evaluate":
      return void evaluate(data.encoder).then(
        (evaluated) => send({ kind: "evaluated", evaluated }),
        (cause: unknown) => send({ kind: "broke", message: storeTrouble(cause, opening.storePath) }), // prettier-ignore
      );
    case "close":
      return process.exit(0);
    default:
      return data satisfies never;
  }
};
