/**
 * EASE: a linear item-to-item model with a closed form.
 *
 *     P = (XᵀX + λI)⁻¹,   B_ij = −P_ij / P_jj for i ≠ j, 0 on the diagonal;   scores = x B
 *
 * @see Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019), equation 8.
 */
import type { Kernel } from "../math/kernel/kernel.ts";
import { fullestColumns, type Csr, type TopTable } from "../math/sparse.ts";
import { topK } from "../math/top-k.ts";

/** What EASE is tuned by. */
export type EaseParams = {
  /** λ = `lambda` + `lambdaPerLike` × the mean diagonal of XᵀX: well-known posts need more of it. */
  readonly lambda: number;
  readonly lambdaPerLike: number;
  /** Weights kept per post, the largest by size: 400 of 3,043 keep .2636 of .2647 nDCG@20 on ML-1M. */
  readonly m: number;
  /** Posts that take part, those with the most likes: time is their third power. */
  readonly postsMax: number;
  /** Likes a post needs to take part: one alone says nothing of it. */
  readonly likesMin: number;
};

/** Defaults. */
export const EASE: EaseParams = {
  lambda: 50,
  lambdaPerLike: 1.3,
  m: 400,
  postsMax: 6_000,
  likesMin: 2,
};

/**
 * @param likes  X, users × posts, entries > 0.
 * @returns B, the largest weights of each row; rows of posts that take no part are empty.
 */
export async function ease(
  likes: Csr,
  params: EaseParams,
  kernel: Pick<Kernel, "floats" | "inverse">,
): Promise<TopTable> {
  const active = fullestColumns(likes, params.postsMax, params.likesMin);
  const n = active.length;
  const inverse = kernel.floats(n * n);
  addNormalMatrix(inverse, likes, active, params);
  await kernel.inverse(inverse);
  const m = Math.min(params.m, likes.columnCount);
  const out: TopTable = {
    m,
    rows: new Uint32Array(likes.columnCount * m),
    scores: new Float32Array(likes.columnCount * m),
  };
  const weights = new Float32Array(n);
  const sizes = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      weights[j] = i === j ? 0 : -inverse[i * n + j]! / inverse[j * n + j]!;
      sizes[j] = weights[j] === 0 ? -Infinity : Math.abs(weights[j]!);
    }
    const start = active[i]! * m;
    for (const [at, j] of topK(sizes, m).entries()) {
      out.rows[start + at] = active[j]!;
      out.scores[start + at] = weights[j]!;
    }
  }
  return out;
}

/** Add `XᵀX + λI` over the active posts to zeros `[n × n]`. */
function addNormalMatrix(
  out: Float32Array,
  likes: Csr,
  active: Uint32Array,
  { lambda, lambdaPerLike }: EaseParams,
): void {
  const n = active.length;
  const placeOf = new Int32Array(likes.columnCount).fill(-1);
  for (const [place, row] of active.entries()) placeOf[row] = place;
  for (let user = 0; user < likes.rowStart.length - 1; user++) {
    const [from, to] = [likes.rowStart[user]!, likes.rowStart[user + 1]!];
    for (let p = from; p < to; p++) {
      const i = placeOf[likes.columns[p]!]!;
      if (i < 0) continue;
      for (let q = from; q < to; q++) {
        const j = placeOf[likes.columns[q]!]!;
        if (j >= 0) out[i * n + j]! += likes.values[p]! * likes.values[q]!;
      }
    }
  }
  let sum = 0;
  for (let i = 0; i < n; i++) sum += out[i * n + i]!;
  const ridge = lambda + (lambdaPerLike * sum) / n;
  for (let i = 0; i < n; i++) out[i * n + i]! += ridge;
}
