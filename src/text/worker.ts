/** The encoder thread, which holds the one session of the model. Bundled as its own entry point. */
import PQueue from "p-queue";
import { keepOpen } from "../data/sqlite/open.ts";
import { lowerPriority } from "../runtime/priority.ts";
import { backfill } from "./backfill.ts";
import type { EncoderEvent, EncoderRequest, OpenRequest } from "./protocol.ts";
import { openEncoder } from "./sbert.ts";

declare const self: Worker;

lowerPriority(10); // behind the serving thread, before the learner

const send = (event: EncoderEvent) => self.postMessage(event);
const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

const { promise: opened, resolve: setOpened } = Promise.withResolvers<Session>();
type Session = Awaited<ReturnType<typeof open>>;

async function open(request: OpenRequest) {
  const { model, dimension, encode } = await openEncoder(request);
  const queue = new PQueue({ concurrency: 1 });
  return {
    model,
    dimension,
    // Queries work without a store, and with a read-only one.
    store: keepOpen(request.storePath),
    query: (text: string) => queue.add(() => encode(text), { priority: 1 }),
    backlog: (text: string) => queue.add(() => encode(text)),
  };
}

async function answer(id: number, text: string): Promise<void> {
  const { query } = await opened;
  send({ kind: "vector", id, vector: await query(text).catch(() => undefined) });
}

async function fill(extraTexts: readonly string[]): Promise<void> {
  const { store, model, backlog } = await opened;
  const onProgress = (done: number, total: number) => send({ kind: "progress", done, total });
  const filling = async () => backfill(store(), { model, encode: backlog }, extraTexts, onProgress);
  await filling().then(
    (encoded) => send({ kind: "backfilled", encoded }),
    (cause: unknown) => send({ kind: "backfillFailed", message: messageOf(cause) }),
  );
}

self.onmessage = ({ data }: MessageEvent<EncoderRequest>) => {
  switch (data.kind) {
    case "open":
      return void open(data).then(
        (session) => {
          setOpened(session);
          send({ kind: "ready", model: session.model, dimension: session.dimension });
        },
        (cause: unknown) => send({ kind: "failed", message: messageOf(cause) }),
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
