/** Projects factors on their principal directions, to have fewer columns. */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";

/**
 * The projection of factors `[rows × k]` on their `width` principal directions `[rows × width]`; the
 * factors themselves if k is at most `width`.
 *
 * @see Golub & Van Loan, Matrix Computations, 4th ed., section 2.4.
 */
export async function project(
  factors: Float32Array,
  k: number,
  width: number,
  kernel: Pick<Kernel, "multiply" | "multiplyTransposed">,
): Promise<Float32Array> {
  if (k <= width) return factors;
  const rows = factors.length / k;
  const gram = new Float32Array(k * k);
  await kernel.multiplyTransposed(gram, factors, factors, rows);
  const symmetric = new Matrix(k, k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++) {
      symmetric.set(i, j, gram[i * k + j]!);
      symmetric.set(j, i, gram[i * k + j]!);
    }
  // Eigenvalues ascend: the last columns are the principal directions.
  const directions = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true })
    .eigenvectorMatrix;
  const chosen = directions.subMatrix(0, k - 1, k - width, k - 1).to1DArray();
  const out = new Float32Array(rows * width);
  await kernel.multiply(out, factors, Float32Array.from(chosen), k);
  return out;
}
