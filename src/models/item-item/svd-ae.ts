/**
 * SVD-AE: a truncated singular value decomposition of the likes, with people and posts normalised by size.
 *
 *     C = D^−b V Vᵀ D^b,   V = the k leading eigenvectors of D^−b XᵀWX D^−b,   D = diag(XᵀWX);   scores = x C
 *
 * A low-pass filter: it keeps what many share, where EASE keeps what two posts share. Left out is the
 * paper's normalisation by √: .4 for posts and W's .3 for people were better.
 *
 * @see Hong et al., "SVD-AE: Simple Autoencoders for Collaborative Filtering" (IJCAI 2024).
 */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import { leadingSpan } from "../../linalg/leading-span.ts";

/** Parameters of SVD-AE. */
export type SvdAeParams = {
  /** k as a share of the posts, and its bound: the paper's best are 3 to 4 in 100. */
  readonly share: number;
  readonly kMost: number;
  /** b: with more, posts that few like count more. */
  readonly normalisation: number;
};

/** C as a product of two tables. */
type LowRank = {
  readonly k: number;
  /** D^−b V `[n × k]`. */
  readonly left: Float32Array;
  /** Vᵀ D^b `[k × n]`. */
  readonly right: Float32Array;
};

const SEED = 1;

/** XᵀWX: its diagonal, and Y = XᵀWX Z for Y and Z `[n × k]`. */
export type Gram = {
  readonly diagonal: Float32Array;
  readonly times: (y: Float32Array, z: Float32Array, k: number) => Promise<void>;
};

/** Trains SVD-AE. */
export async function svdAe(
  gram: Gram,
  { share, kMost, normalisation }: SvdAeParams,
  kernel: Pick<Kernel, "floats" | "scratch">,
): Promise<LowRank> {
  const n = gram.diagonal.length;
  const k = Math.min(kMost, Math.ceil(share * n));
  const damped = gram.diagonal.map((it) => it ** -normalisation);
  const right = await kernel.scratch(async () => {
    const [to, from] = [kernel.floats(n * k), kernel.floats(n * k)];
    return await leadingSpan({ n, k, seed: SEED }, async (y, x) => {
      for (let at = 0; at < x.length; at++) from[at] = damped[Math.floor(at / k)]! * x[at]!;
      await gram.times(to, from, k);
      for (let at = 0; at < y.length; at++) y[at] = damped[Math.floor(at / k)]! * to[at]!;
    });
  });
  const left = new Float32Array(n * k);
  for (let c = 0; c < k; c++)
    for (let i = 0; i < n; i++) {
      left[i * k + c] = damped[i]! * right[c * n + i]!;
      right[c * n + i]! /= damped[i]!;
    }
  return { k, left, right };
}
