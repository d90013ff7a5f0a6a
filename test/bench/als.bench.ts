/**
 * iALS beside implicit (Cython, BLAS), two threads each, every program in a process of its own.
 *
 * MovieLens-1M's P1 split is what one small service has after a year; 200,000 × 50,000 with ten million
 * likes is more than one box is asked to learn every night. An epoch is both sides once: implicit takes
 * three conjugate gradient steps a row, we two preconditioned ones. Time to quality is the whole of
 * learning, until exactly folded-in people get lists of nDCG@20 .262: k = 128, implicit at its best α and λ.
 *
 * Minimum / median of seven runs (three of the last) on two cores of an EPYC (Zen 5), with little else
 * running; implicit 0.7.3. CPU time is of both threads, measured on a busy day. Ten million likes
 * take 367 MB of ours and 399 MB of theirs.
 *
 * |                            |       ours, s |     theirs, s | ratio | CPU time, ms |
 * | :------------------------- | ------------: | ------------: | ----: | -----------: |
 * | epoch on P1, k = 64        | .0295 / .0305 | .0698 / .0706 |   .43 |     65 : 158 |
 * | k = 128                    | .0636 / .0662 | .0946 / .0953 |   .70 |    138 : 245 |
 * | k = 256                    |   .164 / .167 |   .177 / .184 |   .91 |    356 : 450 |
 * | nDCG@20 .262, 3 : 7 epochs |   .233 / .252 |   .706 / .762 |   .33 |              |
 * | epoch of ten million       |   1.00 / 1.08 |   2.38 / 2.39 |   .45 |              |
 *
 * An epoch at k = 64 is 1.5 billion operations, at 256 it is 9.6: 23 and 27 GFLOP/s a core. Of 128-bit
 * vectors without fused multiplication a core can do 59 here; inner products that load each number for
 * one multiplication get two thirds of that, and the rows they are of come from the second- and
 * third-level cache (19 GB/s at k = 64). Of ten million likes people's factors (51 MB) are in neither:
 * 15 GB go by in an epoch.
 */
import { join } from "node:path";
import { openKernel } from "../../src/linalg/train-wasm/open.ts";
import type { Kernel } from "../../src/linalg/train-wasm/kernel.ts";
import { temporaryFolder } from "../support/folder.ts";
import { generatedLikes, movielensSplit, quality, writeLikes, type Split } from "./als-data.ts";
import type { AlsAnswer, AlsJob } from "./als-ours.ts";
import { openPeer, startPeer, type Peer } from "./peers/peer.ts";
import { compare, figure, interleaved, type BenchOptions, type BenchRow } from "./row.ts";

const THREADS = 2;
const WANTED = 0.262;
/** Neither needs more epochs for that. */
const EPOCHS_MAX = 16;

/** Ours and theirs, on the same likes. */
type Pair = { readonly ours: Peer; readonly theirs: Peer; readonly folder: string } & Disposable;

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  const done: BenchRow[] = [];
  const split = await movielensSplit();
  if (split !== undefined) done.push(...(await onMovielens(split, quick ? 3 : 7)));
  if (!quick) done.push(...(await onGenerated(3)));
  return done;
}

async function onMovielens(split: Split, times: number): Promise<BenchRow[]> {
  using folder = temporaryFolder();
  await writeLikes(folder.path, split.train);
  using pair = await openPair(folder.path, split.train.columnCount);
  const done: BenchRow[] = [];
  for (const k of [64, 128, 256]) {
    const epoch = (it: Peer) => async () => medianEpoch(await ask(it, { k, epochs: 5 }));
    const runs = await interleaved(times, epoch(pair.ours), epoch(pair.theirs));
    const target = { reach: 1.5, go: 1 };
    done.push(beside(`ALS epoch P1 k=${k}, ${THREADS} threads`, target, pair, runs));
  }
  done.push(await timeToQuality(pair, split, times));
  return done;
}

async function timeToQuality(pair: Pair, split: Split, times: number): Promise<BenchRow> {
  const k = 128;
  const kernel = await openKernel({ threads: 1, spawn: () => new Worker("") });
  const reached = async (name: string) => (await qualityOf(kernel, pair, split, name)) >= WANTED;
  await ask(pair.theirs, { k, epochs: EPOCHS_MAX, save: true });
  const theirs = await fewest(async (epochs) => reached(`theirs-${epochs}`));
  const ours = await fewest(async (epochs) => {
    await ask(pair.ours, { k, epochs, save: true });
    return reached(`ours-${epochs}`);
  });
  await kernel.close();
  const seconds = (it: Peer, epochs: number) => async () => (await ask(it, { k, epochs })).seconds;
  const runs = await interleaved(times, seconds(pair.ours, ours), seconds(pair.theirs, theirs));
  const name = `time to nDCG@20 ${WANTED} on P1, ${ours} epochs beside ${theirs}`;
  return beside(name, { reach: 1, go: 0.5 }, pair, runs);
}

/** The fewest epochs that are enough: more of them never spoil it. */
async function fewest(isEnough: (epochs: number) => Promise<boolean>): Promise<number> {
  let [low, high] = [1, EPOCHS_MAX];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (await isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  if (!(await isEnough(low))) throw new Error(`${EPOCHS_MAX} epochs do not reach ${WANTED}`);
  return low;
}

async function qualityOf(kernel: Kernel, { folder }: Pair, split: Split, name: string) {
  const read = async (side: string) =>
    new Float32Array(await Bun.file(join(folder, `${name}.${side}`)).arrayBuffer());
  return quality(kernel, split, await read("x"), await read("y"));
}

async function onGenerated(times: number): Promise<BenchRow[]> {
  using folder = temporaryFolder();
  const likes = generatedLikes(200_000, 50_000, 50, 1);
  await writeLikes(folder.path, likes);
  const millions = (likes.columns.length / 1e6).toFixed(1);
  using pair = await openPair(folder.path, likes.columnCount);
  const job: AlsJob = { k: 64, epochs: 3 };
  const peak = async (it: Peer) => [(await ask(it, job)).peakMb]; // of the first job of a process
  const peaks = { ours: await peak(pair.ours), theirs: await peak(pair.theirs) };
  const epoch = (it: Peer) => async () => medianEpoch(await ask(it, job));
  const runs = await interleaved(times, epoch(pair.ours), epoch(pair.theirs));
  const target = { reach: 1.5, go: 1 };
  const name = `200k × 50k × ${millions}M generated, k=64`;
  return [
    beside(`${name}: an epoch`, target, pair, runs),
    beside(`${name}: memory`, target, pair, peaks, "MB"),
  ];
}

/** Both programs, reading likes from a folder. */
async function openPair(folder: string, posts: number): Promise<Pair> {
  const args = [folder, `${posts}`, `${THREADS}`];
  const ours = await startPeer([process.execPath, join(import.meta.dir, "als-ours.ts"), ...args]);
  // Its threads call BLAS, each by itself.
  const theirs = await openPeer({ script: "implicit_als.py", args, threads: 1 });
  const close = () => (ours[Symbol.dispose](), theirs[Symbol.dispose]());
  return { ours, theirs, folder, [Symbol.dispose]: close };
}

function ask(peer: Peer, job: AlsJob): Promise<AlsAnswer> {
  return peer.ask<AlsAnswer>(job);
}

function medianEpoch({ epochs }: AlsAnswer): number {
  return figure(epochs, "s").median;
}

function beside(
  name: string,
  target: { reach: number; go: number },
  { theirs }: Pair,
  runs: { readonly ours: readonly number[]; readonly theirs: readonly number[] },
  unit = "s",
): BenchRow {
  return compare(name, target, figure(runs.ours, unit), figure(runs.theirs, unit, theirs.version));
}
