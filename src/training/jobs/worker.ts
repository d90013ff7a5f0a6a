/** The learner thread, which syncs and trains. Bundled as its own entry point. */
import { availableParallelism } from "node:os";
import { indexWriter } from "../../index/open.ts";
import { LAYOUT } from "../../models/models.ts";
import { openNewest, type Newest } from "../../snapshot/open.ts";
import { padding, postCount, spareRows } from "../../snapshot/spare.ts";
import { writeSnapshot } from "../../snapshot/write.ts";
import { signalWeights } from "../../domain/known-signals.ts";
import { believedUntilMs } from "../../data/clock.ts";
import type { Store } from "../../data/contract.ts";
import { keepOpen } from "../../data/sqlite/open.ts";
import { storeTrouble } from "../../data/trouble.ts";
import { lowerPriority } from "../../runtime/priority.ts";
import type { SyncRequest } from "../../ingest/socialverse/scan.ts";
import { nothingToSync, syncAll } from "../../ingest/socialverse/sync.ts";
import { readDataset, type EncoderName } from "../dataset.ts";
import { fingerprint } from "../fingerprint.ts";
import {
  nameOf,
  type LearnerEvent,
  type LearnerRequest,
  type LearnOptions,
  type OpenRequest,
} from "./protocol.ts";
import { openKernel } from "../../linalg/train-wasm/open.ts";
import { withNewVectors } from "../renew.ts";
import { upstreamClient } from "./upstream-client.ts";
import { stageReporter } from "./stages.ts";
import { learn } from "../run.ts";

declare const self: Worker;

type Opened = { readonly request: OpenRequest; readonly store: () => Store };

lowerPriority(19); // the kernel's threads inherit it

const { promise: opened, resolve: setOpened } = Promise.withResolvers<Opened>();
let storePath = "the store";

const send = (event: LearnerEvent) => self.postMessage(event);
const messageOf = (cause: unknown) => storeTrouble(cause, storePath);

async function open(request: OpenRequest): Promise<void> {
  storePath = request.storePath;
  const store = keepOpen(storePath);
  await store().meta.checkIsFor(nameOf(request.upstream));
  setOpened({ request, store });
}

async function sync({ request, store }: Opened, options: SyncRequest): Promise<LearnerEvent> {
  const { upstream } = request;
  if (upstream.kind === "none") {
    await store().meta.claimFor(nameOf(upstream));
    return { kind: "synced", report: nothingToSync(Date.now()) };
  }
  const report = await syncAll({
    client: upstreamClient(upstream, (message) => send({ kind: "retrying", message })),
    store: store(),
    nowMs: Date.now,
    onRows: () => store().meta.claimFor(nameOf(upstream)),
    onProgress: (progress) => send({ kind: "syncing", ...progress }),
    ...options,
  });
  return { kind: "synced", report };
}

async function train(
  { request, store }: Opened,
  { encoder, isQuick = false, ifSynced = false, force = false }: LearnOptions,
): Promise<LearnerEvent> {
  if (ifSynced && (await store().scans.lastRun(Date.now())) === undefined)
    return { kind: "learned", learned: undefined };
  const start = performance.now();
  const { seed, threads, snapshotsFolder, version } = request;
  const learnt = {
    atMs: Date.now(),
    changes: await store().meta.postChanges(),
    postChange: await store().posts.lastChange(),
    isQuick,
  };
  report("reading the store", 0, 1);
  const data = await readDataset(store(), encoder, learnt.atMs);
  report("reading the store", 1, 1);
  const now = await store().mark();
  const mark = now && { ...now, seq: data.seq ?? 0 };
  // `asOfMs` is left out: without events it is the wall clock, and changes in every run.
  const input = { ...data, asOfMs: undefined, seq: undefined };
  const learntFrom = fingerprint(input, signalWeights(), seed, version, isQuick);
  const newest = openNewest(snapshotsFolder, LAYOUT, mark);
  const isKnown =
    newest.refused.length === 0 &&
    newest.snapshot?.manifest.source.learntFrom === learntFrom &&
    newest.snapshot.manifest.writtenAtMs <= believedUntilMs(Date.now());
  if (data.posts.keys.length === 0 || (isKnown && !force))
    return { kind: "learned", learned: undefined };
  const all = threads || availableParallelism();
  const kernel = await openKernel({
    threads: all,
    spawn: () => new Worker(new URL("../../linalg/train-wasm/worker.ts", import.meta.url)),
  });
  // What was learnt from somebody who was erased since is no start: the next snapshot has nothing of them.
  const learntSeq = newest.snapshot?.manifest.source.store?.seq ?? 0;
  const isErased = (await store().events.lastErasure()) > learntSeq;
  const model = await learn(data, {
    seed,
    kernel,
    warmStart: isErased ? undefined : newest.snapshot?.model,
    isQuick,
    onProgress: report,
  }).finally(() => kernel.close());
  const posts = model.postKeys.length;
  const index = indexWriter(model.embeddings, model.info.encoder?.dimension ?? 0, {
    onProgress: (done, total) => report("indexing", done, total),
    threads: all,
    before: indexBefore(newest),
  });
  report("writing the snapshot", 0, 1);
  const snapshot = writeSnapshot(
    snapshotsFolder,
    model,
    version,
    Date.now(),
    { learntFrom, store: mark, learnt: { ...learnt, posts } },
    index,
    padding(model, LAYOUT, spareRows(posts)),
    isErased ? 1 : undefined,
  );
  report("writing the snapshot", 1, 1);
  // Older snapshots than the one before are not served.
  await store().posts.forgetChanges(newest.snapshot?.manifest.source.learnt?.postChange ?? 0);
  const events = data.histories.postKeys.length;
  const seconds = (performance.now() - start) / 1_000;
  const { embedded } = data;
  return { kind: "learned", learned: { snapshot, posts, events, embedded, seconds } };
}

async function renew({ request, store }: Opened, encoder: EncoderName): Promise<LearnerEvent> {
  const { snapshotsFolder, version } = request;
  const newest = openNewest(snapshotsFolder, LAYOUT, await store().mark());
  const model = newest.snapshot && (await withNewVectors(store(), newest.snapshot.model, encoder));
  if (model === undefined) return { kind: "renewed", renewed: undefined };
  const before = indexBefore(newest);
  // A new index of many posts takes minutes: until the next training run, vectors are scanned instead.
  const index = before && indexWriter(model.embeddings, encoder.dimension, { before });
  // `learntFrom` is empty, so that the next run trains again.
  const source = { ...newest.snapshot!.manifest.source, learntFrom: "" };
  const snapshot = writeSnapshot(snapshotsFolder, model, version, Date.now(), source, index);
  const { embedded } = model.info;
  return { kind: "renewed", renewed: { snapshot, posts: postCount(model), embedded } };
}

function indexBefore({ snapshot }: Newest) {
  if (snapshot?.indexPath === undefined) return undefined;
  return { path: snapshot.indexPath, vectors: snapshot.model.embeddings };
}

const report = stageReporter((stage, done, total) =>
  send({ kind: "progress", stage, done, total }),
);

/** Runs a job once the store is open, and sends its event or the reason of its failure. */
function runJob(job: (opened: Opened) => Promise<LearnerEvent>): void {
  opened
    .then(job)
    .then(send, (cause: unknown) => send({ kind: "broke", message: messageOf(cause) }));
}

self.onmessage = ({ data }: MessageEvent<LearnerRequest>) => {
  switch (data.kind) {
    case "open":
      return void open(data).then(
        () => send({ kind: "ready" }),
        (cause: unknown) => send({ kind: "failed", message: messageOf(cause) }),
      );
    case "sync":
      return runJob((it) => sync(it, data));
    case "learn":
      return runJob((it) => train(it, data));
    case "renew":
      return runJob((it) => renew(it, data.encoder));
    case "close":
      return process.exit(0);
    default:
      return data satisfies never;
  }
};
