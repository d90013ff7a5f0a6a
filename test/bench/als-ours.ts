/**
 * Our iALS in a process of its own, so that its memory can be told: answers the jobs of
 * `peers/implicit_als.py`, with the whole of `factorise`.
 */
import { join } from "node:path";
import { factorise } from "../../src/models/ials/factorise.ts";
import { openKernel } from "../../src/linalg/train-wasm/open.ts";
import type { Csr } from "../../src/linalg/sparse.ts";
import { ALS, sweep } from "../../src/models/ials/als.ts";
import { featureTable, type Features } from "../../src/models/ials/priors.ts";

/** A job. */
export type AlsJob = { readonly k: number; readonly epochs: number; readonly save?: boolean };
/** Cost of a training: seconds in all and of each epoch, and the process's largest memory so far. */
export type AlsAnswer = {
  readonly seconds: number;
  readonly epochs: readonly number[];
  readonly peakMb: number;
};

const [folder = "", posts = "", threads = "1"] = process.argv.slice(2);

async function integersOf(name: string): Promise<Uint32Array> {
  return new Uint32Array(await Bun.file(join(folder, name)).arrayBuffer());
}

/** Nothing is known but who likes what. */
function nothing(rows: number): Features {
  return featureTable(new Float32Array(rows), 1, new Uint8Array(rows));
}

const columns = await integersOf("columns");
const likes: Csr = {
  columnCount: Number(posts),
  rowStart: await integersOf("rowStart"),
  columns,
  values: new Float32Array(columns.length).fill(1),
};
const users = likes.rowStart.length - 1;
const kernel = await openKernel({
  threads: Number(threads),
  spawn: () => new Worker(new URL("../../src/linalg/train-wasm/worker.ts", import.meta.url)),
});

async function fit({ k, epochs, save = false }: AlsJob): Promise<AlsAnswer> {
  const params = { ...ALS, k, epochs };
  const toldMs: number[] = [performance.now()];
  const onEpoch = () => void toldMs.push(performance.now());
  const run = { params, seed: 1, kernel, onEpoch };
  const { postFactors } = await factorise(likes, nothing(Number(posts)), nothing(users), run);
  const seconds = (performance.now() - toldMs[0]!) / 1_000;
  if (save) {
    const people = new Float32Array(users * k);
    sweep(people, likes, postFactors, params);
    await Bun.write(join(folder, `ours-${epochs}.x`), people);
    await Bun.write(join(folder, `ours-${epochs}.y`), postFactors);
  }
  const took = toldMs.slice(1).map((it, n) => (it - toldMs[n]!) / 1_000);
  return { seconds, epochs: took, peakMb: await peakMb() };
}

/** Of this program alone: resourceUsage() counts what its parent had, too. */
async function peakMb(): Promise<number> {
  const status = await Bun.file("/proc/self/status").text();
  return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) / 1e3;
}

console.log(JSON.stringify("vidrec"));
for await (const line of console)
  if (line !== "") console.log(JSON.stringify(await fit(JSON.parse(line) as AlsJob)));
process.exit(0);
