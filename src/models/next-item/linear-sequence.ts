/**
 * What comes next, in closed form: ridge regression from decayed histories to the next post.
 *
 *     W = (ΦᵀΦ + λI)⁻¹ ΦᵀY
 *
 * One row of Φ for every step of every history: the posts before it, each with weight decay^age,
 * once for every block (a decay and how far back it looks) side by side. Y is the post that
 * came next. It is EASE's regression with time in it: the short block says what follows at once,
 * the long one what follows in general.
 */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import { fullestColumns, someColumns, type Csr, type TopTable } from "../../linalg/sparse.ts";
import type { LookBack } from "./look-back.ts";
import { topK } from "../../linalg/top-k.ts";

/** What the regression is tuned by. */
export type LinearSequenceParams = {
  readonly blocks: readonly LookBack[];
  readonly lambda: number;
  /** Weights kept per post and block. */
  readonly m: number;
  /** Unknowns, blocks × posts that take part: time is their third power. */
  readonly unknownsMax: number;
  /** Likes a post needs to take part. */
  readonly likesMin: number;
};

/** Defaults. */
export const LINEAR_SEQUENCE: LinearSequenceParams = {
  blocks: [
    { decay: 0.5, window: 4, scale: 1 },
    { decay: 0.96, window: 80, scale: 0.35 },
  ],
  lambda: 200,
  m: 400,
  unknownsMax: 10_500,
  likesMin: 2,
};

/**
 * @param likes  Users × posts; a row's entries from oldest to newest, each post once; values unused.
 * @returns W: row `block × posts + post` of the table holds its largest weights; rows of posts
 *   that take no part are empty.
 */
export async function linearSequence(
  likes: Csr,
  params: LinearSequenceParams,
  kernel: Kernel,
): Promise<TopTable> {
  const { blocks } = params;
  const postsMax = Math.floor(params.unknownsMax / blocks.length);
  const active = fullestColumns(likes, postsMax, params.likesMin);
  const n = active.length;
  const m = Math.max(1, Math.min(params.m, n));
  const size = blocks.length * likes.columnCount * m;
  const out: TopTable = { m, rows: new Uint32Array(size), scores: new Float32Array(size) };
  if (n === 0) return out;
  await kernel.scratch(async () => {
    const unknowns = n * blocks.length;
    const a = kernel.floats(unknowns * unknowns);
    const weights = kernel.floats(unknowns * n);
    for (const { phi, y } of steps(someColumns(likes, active), blocks)) {
      await kernel.gramOfSparse(phi, a);
      await kernel.productOfSparse(phi, y, weights);
    }
    for (let i = 0; i < unknowns; i++) a[i * unknowns + i]! += params.lambda;
    await kernel.solve(a, weights);
    keepLargest(weights, active, likes.columnCount, out);
  });
  return out;
}

/** Entries of Φ made at a time: some 30 MB. */
const ENTRIES = 4_000_000;

/** The rows of Φ and Y, a part at a time. */
function* steps(
  likes: Csr,
  blocks: readonly LookBack[],
): Generator<{ readonly phi: Csr; readonly y: Csr }> {
  const n = likes.columnCount;
  let part = openPart(n, blocks.length);
  for (let user = 0; user < likes.rowStart.length - 1; user++) {
    const first = likes.rowStart[user]!;
    for (let next = first + 1; next < likes.rowStart[user + 1]!; next++) {
      for (const [block, { decay, window, scale }] of blocks.entries()) {
        let value = scale;
        for (let p = next - 1; p >= Math.max(first, next - window); p--, value *= decay)
          part.add(block * n + likes.columns[p]!, value);
      }
      part.endStep(likes.columns[next]!);
    }
    if (part.size() < ENTRIES) continue;
    yield part.close();
    part = openPart(n, blocks.length);
  }
  yield part.close();
}

function openPart(n: number, blocks: number) {
  const columns: number[] = [];
  const values: number[] = [];
  const rowStart = [0];
  const next: number[] = [];
  return {
    size: () => columns.length,
    add: (column: number, value: number) => {
      columns.push(column);
      values.push(value);
    },
    endStep: (post: number) => {
      rowStart.push(columns.length);
      next.push(post);
    },
    close: () => ({
      phi: {
        columnCount: n * blocks,
        rowStart: Uint32Array.from(rowStart),
        columns: Uint32Array.from(columns),
        values: Float32Array.from(values),
      },
      y: {
        columnCount: n,
        rowStart: Uint32Array.from(rowStart.keys()),
        columns: Uint32Array.from(next),
        values: new Float32Array(next.length).fill(1),
      },
    }),
  };
}

/** The largest weights of each row of W, by size. */
function keepLargest(
  weights: Float32Array,
  active: Uint32Array,
  posts: number,
  out: TopTable,
): void {
  const n = active.length;
  for (let i = 0; i * n < weights.length; i++) {
    const row = weights.subarray(i * n, i * n + n);
    const start = (Math.floor(i / n) * posts + active[i % n]!) * out.m;
    for (const [at, j] of topK(row.map(Math.abs), out.m).entries()) {
      out.rows[start + at] = active[j]!;
      out.scores[start + at] = row[j]!;
    }
  }
}
