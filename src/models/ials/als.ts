/**
 * Alternating least squares for implicit feedback, with the regularisation that makes it strong.
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
 * Conjugate gradient steps of a row in a sweep, from where the last epoch left it, preconditioned by
 * what all rows share. Two do what the exact solution does, with a fifth of its arithmetic at k = 64 and
 * an eighteenth at 256. nDCG@20 on ML-1M (P1, k = 64, people folded in exactly) after so many epochs, and
 * what an epoch costs:
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
 * `α₀ YᵀY`: the share of the normal equations that is equal for all rows, built once per sweep.
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
 * One row of C, sparse: which rows of the other side, and how sure. Equal lengths. The sign of a
 * confidence is the preference: positive draws the score to 1, negative (a dislike) to 0.
 */
type Observed = { readonly rows: Uint32Array; readonly confidence: Float32Array };

/**
 * The exact minimum of the loss in one row, everything else fixed: serving calls this to fold a
 * user in, training to sweep.
 *
 *     x = (α₀YᵀY + Σ |c| y yᵀ + λ' I)⁻¹ (Σ_{c>0} c y + λ' μ),   λ' = λ (n + α₀ |other|)
 *
 * O(n k² + k³).
 *
 * @param gramY  {@link gram} of `factors`, not modified.
 * @param factors  Y `[other × k]`.
 * @param prior  μ `[k]`; zero if absent.
 * @param room  Overwritten `[k × k]`: one for a whole sweep keeps gigabytes from the collector.
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
  room: Float64Array = new Float64Array(gramY.length),
): Float64Array {
  const k = Math.sqrt(gramY.length) | 0; // an integer to the engine too: see dotRows
  const n = observed.rows.length;
  const ridge = params.lambda * (n + (params.alpha0 * factors.length) / k);
  const a = room;
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
 * Solve every row of one side in place. Rows without entries are their prior mean, or zero.
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
  const room = new Float64Array(gramY.length);
  for (let row = 0; row < matrix.rowStart.length - 1; row++) {
    const [from, to] = [matrix.rowStart[row]!, matrix.rowStart[row + 1]!];
    const prior = priors?.subarray(row * k, row * k + k);
    const place = target.subarray(row * k, row * k + k);
    if (from === to) {
      if (prior) place.set(prior);
      else place.fill(0);
      continue;
    }
    const rows = matrix.columns.subarray(from, to);
    const confidence = matrix.values.subarray(from, to);
    place.set(foldIn(gramY, factors, { rows, confidence }, params, prior, room));
  }
}

/**
 * {@link sweep} by the kernel, towards the minimum: {@link STEPS} from where each row is. Exactly
 * where the kernel cannot, or k is not a multiple of 16.
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
 * Random factors `[rows × k]`, uniform with standard deviation 1 / √k: rows are about as long as
 * they will be. From a tenth of that, the paper's choice, ML-1M at k = 128 takes six epochs to the
 * nDCG@20 that it has here after three.
 */
export function randomFactors(rows: number, k: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const width = Math.sqrt(12 / k);
  return Float32Array.from({ length: rows * k }, () => (random() - 0.5) * width);
}
