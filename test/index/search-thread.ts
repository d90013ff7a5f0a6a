/** A thread that searches, for a test. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { buildHnsw, openHnsw } from "../../src/index/hnsw.ts";
import { openScan } from "../../src/index/scan.ts";

declare const self: Worker;

type Job = { path: string; vectors: Float32Array; d: number; query: Float32Array; count: number };

self.onmessage = ({ data }: MessageEvent<Job>) => {
  const { path, vectors, d, query, count } = data;
  const scanned = atOnce(openScan(vectors, d))(query, count);
  const searched = openHnsw(path, vectors, d)(query, count);
  buildHnsw(`${path} again`, vectors, d);
  const rebuilt = openHnsw(`${path} again`, vectors, d)(query, count);
  self.postMessage({ scanned, searched, rebuilt });
};
