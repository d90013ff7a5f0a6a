/** A dataset as it was at a cut. */
import type { Split } from "../evaluation/split.ts";
import { hasVector } from "../index/exact.ts";
import type { PostColumns } from "../data/catalogue.ts";
import type { Dataset } from "./dataset.ts";

/**
 * The dataset at the time of the cut: the events of `split.before`, without posts that were made
 * later. Upstream's counters and the profiles are left out: they are of today.
 */
export function datasetBefore(data: Dataset, { before, asOfMs }: Split): Dataset {
  const { posts } = data;
  const d = data.encoder?.dimension ?? 0;
  const touched = new Set(before.postKeys);
  const kept = Uint32Array.from(posts.keys.keys()).filter(
    // A post with an event existed then, whatever its time says.
    (row) => posts.createdAtMs[row]! <= asOfMs || touched.has(posts.keys[row]!),
  );
  const embeddings = someRows(data.embeddings, kept, d);
  return {
    ...data,
    asOfMs,
    histories: before,
    profiles: data.profiles.map(() => undefined),
    posts: withoutCounters(posts, kept),
    embeddings,
    embedded: kept.filter((_, n) => hasVector(embeddings, n, d)).length,
    texts: {}, // held-out cases have no query texts
  };
}

/** Some rows of the catalogue, without upstream's counters. */
function withoutCounters(posts: PostColumns, rows: Uint32Array): PostColumns {
  const some = Object.entries(posts).map(([name, column]) => [name, entriesOf(column, rows)]);
  const none = () => new Float64Array(rows.length);
  return { ...Object.fromEntries(some), viewCounts: none(), exitCounts: none() } as PostColumns;
}

/** Some entries of a column. */
function entriesOf(column: NonNullable<PostColumns[keyof PostColumns]>, rows: Uint32Array) {
  if (column instanceof Float64Array) return Float64Array.from(rows, (row) => column[row]!);
  if (column instanceof Uint8Array) return Uint8Array.from(rows, (row) => column[row]!);
  return Array.from(rows, (row) => column[row]);
}

/** Some rows of a table `[rows × d]`; no copy of those at its beginning. */
function someRows(table: Float32Array, rows: Uint32Array, d: number): Float32Array {
  if (rows.length === 0 || rows.at(-1) === rows.length - 1)
    return table.subarray(0, rows.length * d);
  const out = new Float32Array(rows.length * d);
  for (const [n, row] of rows.entries()) out.set(table.subarray(row * d, row * d + d), n * d);
  return out;
}
