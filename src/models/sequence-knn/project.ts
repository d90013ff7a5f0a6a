/** Projects factors on their principal directions, to have fewer columns. */
import { EigenvalueDecomposition, Matrix, QrDecomposition } from "ml-matrix";
import { gaussian, seededRandom } from "../../linalg/random.ts";
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";

/**
 * The projection of factors `[rows × k]` on the space of their `width` principal directions
 * `[rows × width]`, in random directions of it, so that all columns vary alike and 4 bits do for each;
 * the factors themselves if k is at most `width`.
 *
 * @see Golub & Van Loan, Matrix Computations, 4th ed., section 2.4.
 */
export async function project(
  factors: Float32Array,
  k: number,
  width: number,
  kernel: Pick<Kernel, "multiply" | "multiplyTransposed">,
  seed: number,
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
  const random = seededRandom(seed);
  const mixed = Array.from({ length: width }, () => Array.from({ length: width }, () => gaussian(random))); // prettier-ignore
  const rotation = new QrDecomposition(new Matrix(mixed)).orthogonalMatrix;
  const chosen = directions
    .subMatrix(0, k - 1, k - width, k - 1)
    .mmul(rotation)
    .to1DArray();
  const out = new Float32Array(rows * width);
  await kernel.multiply(out, factors, Float32Array.from(chosen), k);
  return out;
}
