/**
 * The kernel beside OpenBLAS (numpy, scipy): two threads each, single precision, same sizes.
 *
 * Sizes are those of EASE on MovieLens-1M and, with `--full`, of the linear sequence model (3,416
 * posts by three decays: 1.1 TFLOP) and of the largest catalogue for EASE. What dense algebra costs
 * does not depend on the numbers.
 *
 * Fastest runs on two cores of an EPYC (Zen 5), seconds and GFLOP/s, scipy 1.17, OpenBLAS 0.3.31:
 *
 * | job                       |       ours |     theirs | ours / theirs |
 * | :------------------------ | ---------: | ---------: | ------------: |
 * | inverse 1,024             |  .043,  25 |  .012,  91 |           3.6 |
 * | inverse 3,416             |   .50,  80 |   .20, 197 |           2.5 |
 * | solve 3,416 for 1,000     |   .45,  81 |   .18, 204 |           2.5 |
 * | solve 10,248 for 3,416    |  14.3,  75 |   5.6, 194 |           2.6 |
 * | inverse 10,000            |  13.9,  72 |   6.9, 145 |           2.0 |
 *
 * Grams of sparse rows are plain code on one core (`addGram`).
 *
 * One core does 59 GFLOP/s inside a product: 128-bit vectors without fused multiplication can do 16
 * operations a cycle here, OpenBLAS's 512-bit ones 64.
 */
import { join } from "node:path";
import { openKernel } from "../../src/linalg/train-wasm/open.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { addGram, type Csr } from "../../src/linalg/sparse.ts";
import { temporaryFolder } from "../support/folder.ts";
import { openPeer } from "./peers/peer.ts";
import { compare, figure, interleaved, timed, type BenchOptions, type BenchRow } from "./row.ts";

/** A job: the operation, the size of its matrix, and its columns or rows. */
type Job = readonly ["solve" | "gram", number, number] | readonly ["inverse", number];

const THREADS = 2;
const HISTORY = 99; // entries of a row, as in the sequence model
const QUICK: readonly Job[] = [["inverse", 1_024], ["solve", 3_416, 1_000], ["gram", 3_416, 20_000]]; // prettier-ignore
const USUAL: readonly Job[] = [...QUICK, ["inverse", 3_416]];
const LARGE: readonly Job[] = [["solve", 10_248, 3_416], ["inverse", 10_000], ["gram", 10_248, 200_000]]; // prettier-ignore

export async function rows({ quick, full }: BenchOptions): Promise<BenchRow[]> {
  using folder = temporaryFolder();
  using peer = await openPeer({ script: "openblas.py", args: [folder.path], threads: THREADS });
  const done: BenchRow[] = [];
  for (const job of quick ? QUICK : full ? [...USUAL, ...LARGE] : USUAL) {
    const { once, close } = await prepare(job, folder.path);
    const times = quick ? 3 : LARGE.includes(job) ? 3 : 7;
    const runs = await interleaved(times, once, () => peer.ask<number>(job));
    await close();
    const target = job[0] === "gram" ? { reach: 1, go: 0.25 } : { reach: 3, go: 1 };
    const [ours, theirs] = [figure(runs.ours, "s"), figure(runs.theirs, "s", peer.version)];
    done.push(compare(job.map((it) => it.toLocaleString("en")).join(" "), target, ours, theirs));
  }
  return done;
}

/** Make a job's input; `once` does it once, and says how many seconds that took. */
async function prepare([name, n, m = 0]: Job, folder: string) {
  const kernel = await openKernel({ threads: THREADS, spawn });
  const random = seededRandom(1);
  const seconds = async (work: () => unknown) => (await timed(work)) / 1_000;
  if (name === "gram") {
    const x = someHistories(m, n, random);
    await Bun.write(join(folder, "columns"), x.columns);
    await Bun.write(join(folder, "values"), x.values);
    const gram = new Float32Array(n * n);
    return { once: () => seconds(() => addGram(x, gram.fill(0))), close: () => kernel.close() };
  }
  const [a, b] = [kernel.floats(n * n), kernel.floats(n * m)];
  const once = () => {
    for (let i = 0; i < a.length; i++) a[i] = random() - 0.5;
    for (let i = 0; i < n; i++) a[i * n + i] = n / 8;
    for (let i = 0; i < b.length; i++) b[i] = random() - 0.5;
    return seconds(() => (name === "solve" ? kernel.solve(a, b) : kernel.inverse(a)));
  };
  return { once, close: () => kernel.close() };
}

const spawn = () => new Worker(new URL("../../src/linalg/train-wasm/worker.ts", import.meta.url));

/** Histories that change by three posts from row to row; few posts are in most of them. */
function someHistories(rows: number, columnCount: number, random: () => number): Csr {
  const history = new Set<number>();
  const columns = new Uint32Array(rows * HISTORY);
  for (let r = 0; r < rows; r++) {
    for (const it of [...history].slice(0, 3)) history.delete(it);
    while (history.size < HISTORY) history.add(Math.floor(random() ** 2 * columnCount));
    columns.set(Uint32Array.from(history).sort(), r * HISTORY);
  }
  return {
    columnCount,
    rowStart: Uint32Array.from({ length: rows + 1 }, (_, r) => r * HISTORY),
    columns,
    values: Float32Array.from(columns, () => random()),
  };
}
