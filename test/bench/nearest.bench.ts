/**
 * The nearest 100 of 100,000 × 384, one query at a time, beside faiss-cpu's IndexFlatIP.
 *
 * Sized so because this is where a catalogue gets a graph (`HNSW_FROM`): the largest that is ever
 * looked at row by row. What it costs is memory: 154 MB of floats go by for each query of theirs,
 * 38 MB of bytes for each of ours, which then compares exactly what is left. Both must find the
 * same; a query for which ours overlooks a row fails the benchmark.
 *
 * The way taken from a number of rows on is decided by nearest-ways.ts. Milliseconds for the
 * nearest 150 (p50, on one of two EPYC cores that others worked on too):
 *
 * |    rows | plain | scan | graph | graph built in | its file | its recall@100 |
 * | ------: | ----: | ---: | ----: | -------------: | -------: | -------------: |
 * |   1,000 |   .24 |  .14 |   .20 |           .1 s |     1 MB |              1 |
 * |  10,000 |   1.9 |  .40 |   .91 |            2 s |    10 MB |          .9994 |
 * |  20,000 |   4.5 |  .65 |   1.3 |            9 s |    20 MB |          .9975 |
 * |  50,000 |   9.3 |  1.1 |   1.2 |           25 s |    49 MB |          .9961 |
 * | 100,000 |    22 |  2.0 |   1.4 |           90 s |    98 MB |          .9936 |
 *
 * The scan missed none in any of these. Usearch's own scan of 32-bit vectors takes twice as long as
 * ours. Real texts are harder than these vectors: among sums of two titles, t + t′/2 of 19,738 real
 * ones, 100,000 × 384, the graph's recall@100 is .988.
 */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { join } from "node:path";
import { dotRows } from "../../src/linalg/vector.ts";
import { openScan } from "../../src/index/scan.ts";
import { temporaryFolder } from "../support/folder.ts";
import { textLikeVectors } from "../support/vectors.ts";
import { openPeer } from "./peers/peer.ts";
import { compare, figure, interleaved, timed, type BenchOptions, type BenchRow } from "./row.ts";

const [ROWS, D, COUNT] = [100_000, 384, 100];
/** Queries that are timed as one run: a single one is too short for a clock. */
const QUERIES = 20;
/** Two rows this near to each other may stand in either order: sums of 32 bits end so. */
const ROUNDING = 1e-5;

type Answer = { readonly ms: number; readonly rows: readonly number[] };

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  const all = textLikeVectors(ROWS + QUERIES, D, 1);
  const vectors = all.slice(0, ROWS * D);
  const queries = Array.from({ length: QUERIES }, (_, n) =>
    all.slice((ROWS + n) * D, (ROWS + n + 1) * D),
  );
  using folder = temporaryFolder();
  const path = join(folder.path, "vectors");
  await Bun.write(path, all);
  const args = [path, `${ROWS}`, `${D}`, `${COUNT}`];
  // One thread each: on two cores faiss is slower with a second one.
  using faiss = await openPeer({ script: "faiss_flat.py", args, threads: 1 });
  const scan = atOnce(openScan(vectors, D));
  for (const [n, query] of queries.entries()) {
    const { rows } = await faiss.ask<Answer>(n);
    const last = (found: Iterable<number>) =>
      Math.min(...[...found].map((row) => dotRows(query, 0, vectors, row, D)));
    const behind = last(rows) - last(scan(query, COUNT));
    if (behind > ROUNDING) throw new Error(`query ${n}: ours overlooks a row, by ${behind}`);
  }
  const runs = await interleaved(
    quick ? 5 : 25,
    async () => (await timed(() => queries.forEach((it) => scan(it, COUNT)))) / QUERIES,
    async () => {
      let ms = 0;
      for (let n = 0; n < QUERIES; n++) ms += (await faiss.ask<Answer>(n)).ms;
      return ms / QUERIES;
    },
  );
  const [ours, theirs] = [figure(runs.ours, "ms"), figure(runs.theirs, "ms", faiss.version)];
  return [compare("exact top-100 of 100,000 × 384", { reach: 1.5, go: 1 }, ours, theirs)];
}
