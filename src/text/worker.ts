/** The encoder thread, which holds the one session of the model. Bundled as its own entry point. */
import PQueue from "p-queue";
import { keepOpen } from "../data/sqlite/open.ts";
import { giveWay } from "../runtime/give-way.ts";
import { backfill } from "./backfill.ts";
import type { EncoderEvent, EncoderRequest, OpenRequest } from "./protocol.ts";
import { openEncoder } from "./sbert.ts";

declare const self: Worker;

giveWay(10); // behind the serving thread, before the learner

const say = (event: EncoderEvent) => self.postMessage(event);
const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

const { promise: opened, resolve: setOpened } = Promise.withResolvers<Desk>();
type Desk = Awaited<ReturnType<typeof open>>;

async function open(request: OpenRequest) {
  const { model, dimension, encode } = await openEncoder(request);
  const queue = new PQueue({ concurrency: 1 });
  return {
    model,
    dimension,
    // Queries need no store, nor does it have to be one that can be written.
    store: keepOpen(request.storePath),
    query: (text: string) => queue.add(() => encode(text), { priority: 1 }),
    backlog: (text: string) => queue.add(() => encode(text)),
  };
}

async function answer(id: number, text: string): Promise<void> {
  const desk = await opened;
  say({ kind: "vector", id, vector: await desk.query(text).catch(() => undefined) });
}

async function fill(extraTexts: readonly string[]): Promise<void> {
  const { store, model, backlog } = await opened;
  const onProgress = (done: number, total: number) => say({ kind: "progress", done, total });
  const filling = async () => backfill(store(), { model, encode: backlog }, extraTexts, onProgress);
  await filling().then(
    (encoded) => say({ kind: "filled", encoded }),
    (cause: unknown) => say({ kind: "unfilled", message: messageOf(cause) }),
  );
}

self.onmessage = ({ data }: MessageEvent<EncoderRequest>) => {
  switch (data.kind) {
    case "open":
      return void open(data).then(
        (desk) => {
          setOpened(desk);
          say({ kind: "ready", model: desk.model, dimension: desk.dimension });
        },
        (cause: unknown) => say({ kind: "failed", message: messageOf(cause) }),
      );
    case "query":
      return void answer(data.id, data.text);
    case "backfill":
      return void fill(data.extraTexts);
    case "close":
      return process.exit(0);
    default:
      return data satisfies never;
  }
};
