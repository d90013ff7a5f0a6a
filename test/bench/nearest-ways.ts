/**
 * Cost of finding neighbours by each way, and what the graph overlooks, up to 100,000 × 384: where
 * `HNSW_FROM` and the shape of the graph come from (the table is in nearest.bench.ts).
 *
 * Run by hand, it takes minutes: `bun test/bench/nearest-ways.ts [rows …]`
 */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { bench, do_not_optimize, run, summary } from "mitata";
import { join } from "node:path";
import { nearestExact } from "../../src/index/exact.ts";
import { buildHnsw, openHnsw } from "../../src/index/hnsw.ts";
import { openScan } from "../../src/index/scan.ts";
import { nearestWhere } from "../../src/index/filtered.ts";
import { temporaryFolder } from "../support/folder.ts";
import { textLikeVectors } from "../support/vectors.ts";

const D = 384;
const QUERIES = 100;
const given = Bun.argv.slice(2).map(Number);
const SIZES = given.length > 0 ? given : [1_000, 10_000, 20_000, 50_000, 100_000];

using folder = temporaryFolder();
const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed(2);

for (const rows of SIZES) {
  const all = textLikeVectors(rows + QUERIES, D, 1);
  const vectors = all.slice(0, rows * D);
  const queries = Array.from({ length: QUERIES }, (_, n) =>
    all.slice((rows + n) * D, (rows + n + 1) * D),
  );
  const path = join(folder.path, `${rows}`);
  const started = performance.now();
  buildHnsw(path, vectors, D);
  const built = seconds(started);
  const graph = openHnsw(path, vectors, D);
  const opened = performance.now();
  const scan = atOnce(openScan(vectors, D));
  console.log(
    `${rows} rows: scan opened in ${seconds(opened)} s; graph built in ${built} s, ` +
      `${(Bun.file(path).size / 1e6).toFixed(0)} MB`,
  );
  for (const count of [100, 150, 400]) {
    let [ofScan, ofGraph] = [0, 0];
    for (const query of queries) {
      const nearest = new Set(nearestExact(vectors, query, count));
      ofScan += scan(query, count).filter((row) => nearest.has(row)).length;
      ofGraph += graph(query, count).filter((row) => nearest.has(row)).length;
    }
    const share = (hits: number) => (hits / (QUERIES * count)).toFixed(4);
    console.log(`  recall@${count}: scan ${share(ofScan)}, graph ${share(ofGraph)}`);
  }
  let turn = 0;
  const next = () => queries[turn++ % QUERIES]!;
  const tenth = (row: number) => row % 10 === 0;
  summary(() => {
    bench(`plain ${rows}, 150`, () => do_not_optimize(nearestExact(vectors, next(), 150)));
    for (const count of [100, 150, 400]) {
      bench(`scan ${rows}, ${count}`, () => do_not_optimize(scan(next(), count)));
      bench(`graph ${rows}, ${count}`, () => do_not_optimize(graph(next(), count)));
    }
    bench(`graph ${rows}, 150 of a tenth`, () =>
      do_not_optimize(nearestWhere(graph, vectors, next(), 150, tenth)),
    );
    bench(`scan ${rows}, 150 of a tenth`, () =>
      do_not_optimize(nearestWhere(scan, vectors, next(), 150, tenth)),
    );
  });
}

await run();
