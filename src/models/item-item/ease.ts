/**
 * EASE: a linear item-to-item model in closed form, with denoising and heavy-user damping.
 *
 *     P = (XᵀWX + Λ)⁻¹,   B_ij = −P_ij / P_jj for i ≠ j, 0 on the diagonal;   scores = x B
 *
 * W weighs people by w_u = (n_u / mean n)^−0.6: a person with n_u likes adds n_u² entries to the gram,
 * so heavy users would dominate it. Λ = λ + δ diag(XᵀWX) is equivalent to training with dropout of
 * likes. On ML-1M (a tenth of each user's training part held out) the two raised nDCG@20 from .2059 to
 * .2108, nearly all of it by W.
 *
 * @see Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019), equation 8, and
 *   "Autoencoders that don't overfit towards the Identity" (NeurIPS 2020), equation 9, for δ.
 */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import { fullestColumns, someColumns, type Csr, type TopTable } from "../../linalg/sparse.ts";
import { emptyTable, keepLargest } from "../top-tables.ts";
import { peopleSide, postsSide } from "./closed-form.ts";
import { svdAe, type SvdAeParams } from "./svd-ae.ts";

/** Parameters of EASE. */
export type EaseParams = {
  /** λ = `lambda` + `lambdaPerLike` × the mean diagonal of XᵀWX: posts with many likes need more. */
  readonly lambda: number;
  readonly lambdaPerLike: number;
  /** δ. */
  readonly denoising: number;
  /** Exponent of n_u that W divides by; 0 weighs all likes alike. */
  readonly fairness: number;
  /** Exponent of confidences: how strong and how old two likes are says little of whether their posts are related. */
  readonly strength: number;
  /** Share of SVD-AE's weights that is added where posts have many likes. */
  readonly lowRank: number;
  /** Likes of an average post at which half of that is added: with few, the spectrum is flat, and its leading span is chance. */
  readonly lowRankHalf: number;
  readonly svd: SvdAeParams;
  /** Weights kept per post, the largest by size: 400 of 3,043 keep .2636 of .2647 nDCG@20 on ML-1M. */
  readonly m: number;
  /** Most posts in the model, those with the most likes: time grows with their third power. */
  readonly postsMax: number;
  /** Fewest likes of a post in the model: one like relates it to nothing. */
  readonly likesMin: number;
};

/** Rows of B that are made at once. */
const BLOCK = 256;

/** Defaults. */
export const EASE: EaseParams = {
  lambda: 50,
  lambdaPerLike: 1.3,
  denoising: 1,
  fairness: 0.6,
  strength: 0.25,
  lowRank: 0.25,
  lowRankHalf: 20,
  svd: { share: 0.03, kMost: 128, normalisation: 0.4 },
  m: 400,
  postsMax: 8_000,
  likesMin: 2,
};

/**
 * Trains EASE.
 *
 * @param likes  X, users × posts, entries > 0.
 * @returns B, the largest weights of each row; rows of posts that are not in the model are empty.
 */
export async function ease(
  likes: Csr,
  params: EaseParams,
  kernel: Pick<Kernel, "floats" | "inverse" | "multiply" | "scratch" | "solve">,
): Promise<TopTable> {
  const active = fullestColumns(likes, params.postsMax, params.likesMin);
  const out = emptyTable(likes.columnCount, Math.min(params.m, likes.columnCount));
  if (active.length === 0) return out;
  await kernel.scratch(async () => {
    const x = weighed(someColumns(likes, active), params);
    const n = active.length;
    const { gram, solve } = (x.rowStart.length - 1 < n ? peopleSide : postsSide)(x, kernel);
    const likesEach = x.values.length / n;
    const share = (params.lowRank * likesEach) / (likesEach + params.lowRankHalf);
    const smooth = share > 0 ? await svdAe(gram, params.svd, kernel) : undefined;
    const addRows = await solve(ridgeOf(gram.diagonal, params));
    const block = kernel.floats(Math.min(BLOCK, n) * n);
    for (let from = 0; from < n; from += BLOCK) {
      const some = block.subarray(0, Math.min(BLOCK, n - from) * n);
      if (smooth) {
        const { k, left, right } = smooth;
        await kernel.multiply(some, left.subarray(from * k, (from + BLOCK) * k), right, k);
      }
      addRows(some, from, share);
      for (let i = 0; i * n < some.length; i++) some[i * n + from + i] = 0;
      keepLargest(some, active, out, (i) => active[from + i]!);
    }
  });
  return out;
}

/** √W X of flattened confidences, without people who like none of its posts. */
function weighed(x: Csr, { fairness, strength }: EaseParams): Csr {
  const values = x.values.map((it) => it ** strength);
  const people = x.rowStart.length - 1;
  const mean = values.length / Math.max(1, people);
  for (let u = 0; u < people; u++) {
    const [from, to] = [x.rowStart[u]!, x.rowStart[u + 1]!];
    const root = ((to - from) / mean) ** (-fairness / 2);
    for (let n = from; n < to; n++) values[n]! *= root;
  }
  return { ...x, values, rowStart: new Uint32Array(new Set(x.rowStart)) };
}

/** Λ `[n]`. */
function ridgeOf(diagonal: Float32Array, params: EaseParams): Float64Array {
  const { lambda, lambdaPerLike, denoising } = params;
  const sum = diagonal.reduce((total, it) => total + it, 0);
  const ridge = lambda + (lambdaPerLike * sum) / diagonal.length;
  return Float64Array.from(diagonal, (it) => ridge + denoising * it);
}
