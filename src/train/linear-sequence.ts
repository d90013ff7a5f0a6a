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
import type { Kernel } from "../math/kernel/kernel.ts";
import { fullestColumns, type Csr, type TopTable } from "../math/sparse.ts";
import type { LookBack } from "../snapshot/model.ts";
import { topK } from "../math/top-k.ts";

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
    { decay: 0.8, window: 15, scale: 0.7 },
    { decay: 0.96, window: 80, scale: 0.35 },
  ],
  lambda: 200,
  m: 200,
  unknownsMax: 10_500,
  likesMin: 2,
};

/**
 * @param likes  Users × posts; a row's entries from oldest to newest, values unused.
 * @returns W: row `block × posts + post` of the table holds its largest weights; rows of posts
 *   that take no part are empty.
 */
export async function linearSequence(
  likes: Csr,
  params: LinearSequenceParams,
  kernel: Pick<Kernel, "floats" | "solve">,
): Promise<TopTable> {
  const postsMax = Math.floor(params.unknownsMax / params.blocks.length);
  const active = fullestColumns(likes, postsMax, params.likesMin);
  const n = active.length;
  const unknowns = n * params.blocks.length;
  const a = kernel.floats(unknowns * unknowns);
  const weights = kernel.floats(unknowns * n);
  addNormalEquations(a, weights, likes, active, params);
  await kernel.solve(a, weights);
  const m = Math.max(1, Math.min(params.m, n));
  const size = params.blocks.length * likes.columnCount * m;
  const out: TopTable = { m, rows: new Uint32Array(size), scores: new Float32Array(size) };
  for (let i = 0; i < unknowns; i++) {
    const row = weights.subarray(i * n, i * n + n);
    const start = (Math.floor(i / n) * likes.columnCount + active[i % n]!) * m;
    const best = topK(row.map(Math.abs), m);
    for (const [at, j] of best.entries()) {
      out.rows[start + at] = active[j]!;
      out.scores[start + at] = row[j]!;
    }
  }
  return out;
}

/** Add `ΦᵀΦ + λI` (lower half) and `ΦᵀY` to zeros. */
function addNormalEquations(
  a: Float32Array,
  b: Float32Array,
  likes: Csr,
  active: Uint32Array,
  params: LinearSequenceParams,
): void {
  const n = active.length;
  const unknowns = n * params.blocks.length;
  const placeOf = new Int32Array(likes.columnCount).fill(-1);
  for (const [place, row] of active.entries()) placeOf[row] = place;
  const places = new Int32Array(params.blocks.reduce((sum, it) => sum + it.window, 0));
  const values = new Float32Array(places.length);
  for (let user = 0; user < likes.rowStart.length - 1; user++)
    for (let next = likes.rowStart[user]! + 1; next < likes.rowStart[user + 1]!; next++) {
      const y = placeOf[likes.columns[next]!]!;
      if (y < 0) continue;
      let size = 0;
      for (const [block, { decay, window, scale }] of params.blocks.entries()) {
        let value = scale;
        const oldest = Math.max(likes.rowStart[user]!, next - window);
        for (let p = next - 1; p >= oldest; p--, value *= decay) {
          const place = placeOf[likes.columns[p]!]!;
          if (place < 0) continue;
          places[size] = block * n + place;
          values[size++] = value;
        }
      }
      addOuter(a, unknowns, places, values, size);
      for (let i = 0; i < size; i++) b[places[i]! * n + y]! += values[i]!;
    }
  for (let i = 0; i < unknowns; i++) a[i * unknowns + i]! += params.lambda;
}

/** Add φφᵀ to the lower half of A. */
function addOuter(
  a: Float32Array,
  unknowns: number,
  places: Int32Array,
  values: Float32Array,
  size: number,
): void {
  for (let i = 0; i < size; i++) {
    const row = places[i]!;
    const vi = values[i]!;
    for (let j = 0; j < size; j++)
      if (places[j]! <= row) a[row * unknowns + places[j]!]! += vi * values[j]!;
  }
}
