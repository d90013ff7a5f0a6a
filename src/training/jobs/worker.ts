/** The learner thread, which syncs and trains. Bundled as its own entry point. */
import { availableParallelism } from "node:os";
import { demoFetch } from "../../ingest/demo/upstream.ts";
import { indexWriter } from "../../index/open.ts";
import { LAYOUT } from "../../models/models.ts";
import { openNewest, type Newest } from "../../snapshot/open.ts";
import { writeSnapshot } from "../../snapshot/write.ts";
import { believedUntilMs } from "../../data/clock.ts";
import type { Store } from "../../data/contract.ts";
import { keepOpen } from "../../data/sqlite/open.ts";
import { storeTrouble } from "../../data/trouble.ts";
import { giveWay } from "../../runtime/give-way.ts";
import { openClient, type UpstreamClient } from "../../ingest/socialverse/client.ts";
import type { SyncRequest } from "../../ingest/socialverse/scan.ts";
import { syncAll } from "../../ingest/socialverse/sync.ts";
import { readDataset, type EncoderName } from "../dataset.ts";
import { fingerprint } from "../fingerprint.ts";
import type {
  LearnerEvent,
  LearnerRequest,
  LearnOptions,
  OpenRequest,
  Upstream,
} from "./protocol.ts";
import { openKernel } from "../../linalg/train-wasm/kernel.ts";
import { withNewVectors } from "../renew.ts";
import { learn } from "../run.ts";

declare const self: Worker;

type Desk = { readonly request: OpenRequest; readonly store: () => Store };

giveWay(19); // the kernel's threads inherit it

/** Shortest time between two messages of progress. */
const TELL_MS = 100;

const { promise: opened, resolve: setOpened } = Promise.withResolvers<Desk>();
let storePath = "the store";

const say = (event: LearnerEvent) => self.postMessage(event);
const messageOf = (cause: unknown) => storeTrouble(cause, storePath);

async function open(request: OpenRequest): Promise<void> {
  storePath = request.storePath;
  const store = keepOpen(storePath);
  await store().meta.checkIsFor(nameOf(request.upstream));
  setOpened({ request, store });
}

function nameOf(upstream: Upstream): string {
  return upstream.kind === "demo" ? "the demo catalogue" : upstream.baseUrl;
}

async function sync({ request, store }: Desk, wishes: SyncRequest): Promise<LearnerEvent> {
  const { upstream } = request;
  const report = await syncAll({
    client: clientOf(upstream),
    store: store(),
    nowMs: Date.now,
    onRows: () => store().meta.claimFor(nameOf(upstream)),
    onProgress: (progress) => say({ kind: "syncing", ...progress }),
    ...wishes,
  });
  return { kind: "synced", report };
}

function clientOf(upstream: Upstream): UpstreamClient {
  return upstream.kind === "api"
    ? openClient(upstream)
    : openClient({
        baseUrl: "http://demo.invalid",
        token: "demo",
        resonanceAlgorithm: "demo",
        fetch: demoFetch(),
      });
}

async function train(
  { request, store }: Desk,
  { encoder, isQuick = false, ifSynced = false, force = false }: LearnOptions,
): Promise<LearnerEvent> {
  if (ifSynced && (await store().scans.lastRun(Date.now())) === undefined)
    return { kind: "learned", learned: undefined };
  const start = performance.now();
  const { seed, threads, snapshotsFolder, version } = request;
  const data = await readDataset(store(), encoder, Date.now());
  const now = await store().mark();
  const mark = now && { ...now, seq: data.seq ?? 0 };
  // Without events "as of" is the wall clock, which is nothing new.
  const learntFrom = fingerprint(
    { ...data, asOfMs: undefined, seq: undefined },
    seed,
    version,
    isQuick,
  );
  const newest = openNewest(snapshotsFolder, LAYOUT, mark);
  const isKnown =
    newest.refused.length === 0 &&
    newest.snapshot?.manifest.source.learntFrom === learntFrom &&
    newest.snapshot.manifest.writtenAtMs <= believedUntilMs(Date.now());
  if (data.posts.keys.length === 0 || (isKnown && !force))
    return { kind: "learned", learned: undefined };
  // Reading a large store leaves gigabytes of garbage, which nothing else would collect soon.
  Bun.gc(true);
  const all = threads || availableParallelism();
  const kernel = await openKernel({
    threads: all,
    spawn: () => new Worker(new URL("../../linalg/train-wasm/worker.ts", import.meta.url)),
  });
  const model = await learn(data, {
    seed,
    kernel,
    warmStart: newest.snapshot?.model,
    isQuick,
    onProgress: tellAndClear,
  }).finally(() => kernel.close());
  const index = indexWriter(model.embeddings, model.info.encoder?.dimension ?? 0, {
    onProgress: (done, total) => tell("indexing", done, total),
    threads: all,
    before: indexBefore(newest),
  });
  const snapshot = writeSnapshot(
    snapshotsFolder,
    model,
    version,
    Date.now(),
    { learntFrom, store: mark },
    index,
  );
  const learned = {
    snapshot,
    posts: model.postKeys.length,
    events: data.histories.postKeys.length,
    embedded: data.embedded,
    seconds: (performance.now() - start) / 1_000,
  };
  return { kind: "learned", learned };
}

async function renew({ request, store }: Desk, encoder: EncoderName): Promise<LearnerEvent> {
  const { snapshotsFolder, version } = request;
  const newest = openNewest(snapshotsFolder, LAYOUT, await store().mark());
  const model = newest.snapshot && (await withNewVectors(store(), newest.snapshot.model, encoder));
  if (model === undefined) return { kind: "renewed", renewed: undefined };
  const before = indexBefore(newest);
  // A new index of many posts takes minutes: until the next training they are scanned.
  const index = before && indexWriter(model.embeddings, encoder.dimension, { before });
  // No fingerprint: a renewed snapshot never makes training unnecessary.
  const source = { learntFrom: "", store: newest.snapshot?.manifest.source.store };
  const snapshot = writeSnapshot(snapshotsFolder, model, version, Date.now(), source, index);
  const { embedded } = model.info;
  return { kind: "renewed", renewed: { snapshot, posts: model.postKeys.length, embedded } };
}

function indexBefore({ snapshot }: Newest) {
  if (snapshot?.indexPath === undefined) return undefined;
  return { path: snapshot.indexPath, vectors: snapshot.model.embeddings };
}

let toldAtMs = 0;
function tell(stage: string, done: number, total: number): void {
  const now = performance.now();
  if (done < total && now - toldAtMs < TELL_MS) return;
  toldAtMs = now;
  say({ kind: "progress", stage, done, total });
}

let stageBefore = "";
/** Collects the garbage of each stage of training: it may be gigabytes, which nothing else would collect soon. */
function tellAndClear(stage: string, done: number, total: number): void {
  if (stage !== stageBefore) Bun.gc(true);
  stageBefore = stage;
  tell(stage, done, total);
}

/** Do a job once the store is open, and answer with its event, whatever happens. */
function answer(job: (desk: Desk) => Promise<LearnerEvent>): void {
  opened.then(job).then(say, (cause: unknown) => say({ kind: "broke", message: messageOf(cause) }));
}

self.onmessage = ({ data }: MessageEvent<LearnerRequest>) => {
  switch (data.kind) {
    case "open":
      return void open(data).then(
        () => say({ kind: "ready" }),
        (cause: unknown) => say({ kind: "failed", message: messageOf(cause) }),
      );
    case "sync":
      return answer((desk) => sync(desk, data));
    case "learn":
      return answer((desk) => train(desk, data));
    case "renew":
      return answer((desk) => renew(desk, data.encoder));
    case "close":
      return process.exit(0);
    default:
      return data satisfies never;
  }
};
