/**
 * The kernel beside OpenBLAS (numpy, scipy): two threads each, single precision, same sizes.
 *
 * Run: `bun test/bench/kernel.bench.ts [--python venv/bin/python] [--large]`. Sizes are those of
 * EASE on MovieLens-1M and, with `--large`, of the linear sequence model (3,416 posts by three
 * decays: 1.1 TFLOP) and of the largest catalogue for EASE. What dense algebra costs does not depend
 * on the numbers. Runs alternate, ours and theirs; without a Python that has scipy, only ours.
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
 * | gram 3,416, 20,000 rows   | .078, 2.5  |  .38,  .5  |            .2 |
 * | gram 10,248, 200,000 rows |  1.7, 1.2  |  6.6,  .3  |           .25 |
 *
 * One core does 59 GFLOP/s inside a product: 128-bit vectors without fused multiplication can do 16
 * operations a cycle here, OpenBLAS's 512-bit ones 64.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openKernel } from "../../src/math/kernel/kernel.ts";
import { seededRandom } from "../../src/math/random.ts";
import type { Csr } from "../../src/math/sparse.ts";
import { temporaryFolder } from "../support/folder.ts";
import { startPeer } from "./kernel-peer.ts";

const THREADS = 2;
const HISTORY = 99; // entries of a row, as in the sequence model

const { python, large } = parseArgs({
  options: { python: { type: "string" }, large: { type: "boolean", default: false } },
}).values;
const RUNS = large ? 3 : 7;
const JOBS = large
  ? ["solve 10248 3416", "inverse 10000", "gram 10248 200000"]
  : ["inverse 1024", "inverse 3416", "solve 3416 1000", "gram 3416 20000"];

const spawn = () => new Worker(new URL("../../src/math/kernel/worker.ts", import.meta.url));
const random = seededRandom(1);
using folder = temporaryFolder();
const peer = python === undefined ? undefined : startPeer(python, THREADS, folder.path);

/** Histories that change by three posts from row to row; few posts are in most of them. */
function someHistories(rows: number, columnCount: number): Csr {
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

/** Make a job's input; the result does it once, and says how many seconds that took. */
async function prepare(name: string, n: number, m: number): Promise<() => Promise<number>> {
  const kernel = await openKernel({ threads: THREADS, spawn });
  const timed = async (job: () => Promise<unknown>) => {
    const start = performance.now();
    await job();
    return (performance.now() - start) / 1_000;
  };
  if (name === "gram") {
    const x = someHistories(m, n);
    await Bun.write(join(folder.path, "columns"), x.columns);
    await Bun.write(join(folder.path, "values"), x.values);
    return () => timed(() => kernel.gramOfSparse(x));
  }
  const [a, b] = [kernel.floats(n * n), kernel.floats(n * m)];
  return () => {
    for (let i = 0; i < a.length; i++) a[i] = random() - 0.5;
    for (let i = 0; i < n; i++) a[i * n + i] = n / 8;
    for (let i = 0; i < b.length; i++) b[i] = random() - 0.5;
    return timed(() => (name === "solve" ? kernel.solve(a, b) : kernel.inverse(a)));
  };
}

/** Multiplications and additions of a job. */
function operations(name: string, n: number, m: number): number {
  if (name === "gram") return m * HISTORY * (HISTORY + 1);
  return name === "solve" ? n ** 3 / 3 + 2 * n ** 2 * m : n ** 3;
}

/** Fastest and median. */
function summary(seconds: readonly number[]) {
  const sorted = seconds.toSorted((x, y) => x - y);
  return { fastest: sorted[0]!, median: sorted[sorted.length >> 1]! };
}

for (const job of JOBS) {
  const [name, n, m = 0] = job.split(" ").map((it, at) => (at === 0 ? it : Number(it))) as [string, number, number?]; // prettier-ignore
  const once = await prepare(name, n, m);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    ours.push(await once());
    if (peer !== undefined) theirs.push(await peer.ask(job));
  }
  const rate = (seconds: number) =>
    `${(operations(name, n, m) / seconds / 1e9).toFixed(1)} GFLOP/s`;
  const line = (it: ReturnType<typeof summary>) =>
    `${it.fastest.toFixed(3)} s (median ${it.median.toFixed(3)}), ${rate(it.fastest)}`;
  const [us, them] = [summary(ours), theirs.length > 0 ? summary(theirs) : undefined];
  console.log(`${job}: ours ${line(us)}`);
  if (them !== undefined)
    console.log(
      `  theirs ${line(them)}: ours takes ${(us.fastest / them.fastest).toFixed(2)}× as long`,
    );
}
peer?.close();
process.exit(0);
