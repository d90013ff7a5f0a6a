/**
 * iALS: alternating least squares for implicit feedback, with frequency-scaled regularisation.
 *
 * Notation follows Hu, Koren & Volinsky, "Collaborative Filtering for Implicit Feedback Datasets"
 * (ICDM 2008) and Rendle, Krichene, Zhang & Koren, "Revisiting the Performance of iALS on Item
 * Recommendation Benchmarks" (RecSys 2022): X users, Y posts, C confidence, λ regularisation,
 * α₀ weight of everything unobserved. Here: k = columns of the factors, n = entries of one row.
 *
 *     L(X, Y) = Σ_observed |c_ui| (p_ui − x_u·y_i)² + α₀ Σ_all (x_u·y_i)²
 *             + λ Σ_u (n_u + α₀|I|) ‖x_u − μ_u‖² + λ Σ_i (n_i + α₀|U|) ‖y_i − μ_i‖²
 *
 * μ is the prior mean of a row: zero in plain iALS, a linear map of the row's features in the
 * feature-aware one (see priors.ts).
 */
import { solveCholesky } from "../../linalg/cholesky.ts";
import { addOuterProducts } from "../../linalg/outer-products.ts";
import { seededRandom } from "../../linalg/random.ts";
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import type { Csr } from "../../linalg/sparse.ts";

/** Parameters of iALS. */
export type AlsParams = {
  /** Columns of the factors. */
  readonly k: number;
  /** λ, per observation (frequency-scaled: multiplied by n + α₀ · other side's rows). */
  readonly lambda: number;
  /** α₀. */
  readonly alpha0: number;
  readonly epochs: number;
};

/** Defaults. */
export const ALS: AlsParams = { k: 64, lambda: 0.01, alpha0: 0.3, epochs: 12 };

/**
 * Conjugate gradient steps of a row in a sweep: warm-started from the last epoch, preconditioned by the
 * shared Gram matrix. Two steps match the exact solution, with a fifth of its arithmetic at k = 64 and an
 * eighteenth at 256. nDCG@20 on ML-1M (P1, k = 64, people folded in exactly) by the number of epochs, and
 * the relative CPU time of an epoch:
 *
 * | steps |     2 |     4 |     8 |    12 | CPU time |
 * | ----: | ----: | ----: | ----: | ----: | -------: |
 * |     1 | .2401 | .2539 | .2602 | .2622 |       .7 |
 * |     2 | .2489 | .2588 | .2621 | .2636 |        1 |
 * |     3 | .2493 | .2590 | .2622 | .2636 |      1.3 |
 * | exact | .2494 | .2589 | .2622 | .2636 |        – |
 */
const STEPS = 2;

/**
 * `α₀ YᵀY`: the part of the normal equations that all rows share, built once per sweep.
 *
 * @param factors  `[rows × k]`.
 * @returns `[k × k]`, symmetric.
 */
export function gram(factors: Float32Array, k: number, alpha0: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let row = 0; row < factors.length; row += k)
    for (let i = 0; i < k; i++) {
      const yi = factors[row + i]!;
      if (yi !== 0) for (let j = 0; j <= i; j++) out[i * k + j]! += yi * factors[row + j]!;
    }
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++) {
      out[i * k + j]! *= alpha0;
      out[j * k + i] = out[i * k + j]!;
    }
  return out;
}

/**
 * One sparse row of C: rows of the other side, and their confidences. The sign of a confidence is the
 * preference: positive draws the score to 1, negative (a dislike) to 0.
 */
type Observed = { readonly rows: Uint32Array; readonly confidence: Float32Array };

/**
 * The exact minimum of the loss in one row, with everything else fixed: serving folds users in by it,
 * training sweeps by it.
 *
 *     x = (α₀YᵀY + Σ |c| y yᵀ + λ' I)⁻¹ (Σ_{c>0} c y + λ' μ),   λ' = λ (n + α₀ |other|)
 *
 * O(n k² + k³).
 *
 * @param gramY  {@link gram} of `factors`, not modified.
 * @param factors  Y `[other × k]`.
 * @param prior  μ `[k]`; zero if absent.
 * @param scratch  Overwritten `[k × k]`. One for a whole sweep spares the garbage collector gigabytes.
 * @returns x `[k]`.
 * @throws RangeError if the system is singular: raise λ above 0.
 * @see Rendle et al. (2022), equations 3 and 8.
 */
export function foldIn(
  gramY: Float64Array,
  factors: Float32Array,
  observed: Observed,
  params: Pick<AlsParams, "lambda" | "alpha0">,
  prior?: Float32Array,
  scratch: Float64Array = new Float64Array(gramY.length),
): Float64Array {
  const k = Math.sqrt(gramY.length) | 0; // an integer to the engine too: see dotRows
  const n = observed.rows.length;
  const ridge = params.lambda * (n + (params.alpha0 * factors.length) / k);
  const a = scratch;
  a.set(gramY);
  const x = new Float64Array(k);
  addOuterProducts(a, factors, k, observed.rows, observed.confidence);
  for (let p = 0; p < n; p++) {
    const y = observed.rows[p]! * k;
    const c = observed.confidence[p]!;
    if (c > 0) for (let i = 0; i < k; i++) x[i]! += c * factors[y + i]!;
  }
  for (let i = 0; i < k; i++) {
    a[i * k + i]! += ridge;
    if (prior) x[i]! += ridge * prior[i]!;
  }
  solveCholesky(a, x);
  return x;
}

/**
 * Solves every row of one side in place. Rows without entries become their prior mean, or zero.
 *
 * @param matrix  C with this side as rows `[rows × other]`; entries ≠ 0.
 * @param priors  μ `[rows × k]`.
 */
export function sweep(
  target: Float32Array,
  matrix: Csr,
  factors: Float32Array,
  params: AlsParams,
  priors?: Float32Array,
): void {
  const { k } = params;
  const gramY = gram(factors, k, params.alpha0);
  const scratch = new Float64Array(gramY.length);
  for (let row = 0; row < matrix.rowStart.length - 1; row++) {
    const [from, to] = [matrix.rowStart[row]!, matrix.rowStart[row + 1]!];
    const prior = priors?.subarray(row * k, row * k + k);
    const x = target.subarray(row * k, row * k + k);
    if (from === to) {
      if (prior) x.set(prior);
      else x.fill(0);
      continue;
    }
    const rows = matrix.columns.subarray(from, to);
    const confidence = matrix.values.subarray(from, to);
    x.set(foldIn(gramY, factors, { rows, confidence }, params, prior, scratch));
  }
}

/**
 * {@link sweep} by the kernel, with {@link STEPS} conjugate gradient steps per row. Exact if the kernel
 * has no such function, or if k is not a multiple of 16.
 */
export async function sweepBy(
  kernel: Pick<Kernel, "regress">,
  target: Float32Array,
  matrix: Csr,
  factors: Float32Array,
  params: AlsParams,
  priors?: Float32Array,
): Promise<void> {
  if (kernel.regress && params.k % 16 === 0)
    await kernel.regress(target, matrix, factors, { ...params, steps: STEPS }, priors);
  else sweep(target, matrix, factors, params, priors);
}

/**
 * Random factors `[rows × k]`, uniform with standard deviation 1 / √k: about the final length of a row.
 * With a tenth of that, the paper's choice, ML-1M at k = 128 takes six epochs instead of three to the
 * same nDCG@20.
 */
export function randomFactors(rows: number, k: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const width = Math.sqrt(12 / k);
  return Float32Array.from({ length: rows * k }, () => (random() - 0.5) * width);
}
