/** Projects factors on their principal directions, to have fewer columns. */
import { eigenOf, randomRotation } from "../../linalg/orthogonal.ts";
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
  const { vectors } = eigenOf(gram, k); // the last ones are the principal directions
  const rotation = randomRotation(width, seed);
  const chosen = Float32Array.from({ length: k * width }, (_, at) => {
    const [i, j] = [Math.floor(at / width), at % width];
    let sum = 0;
    for (let m = 0; m < width; m++)
      sum += vectors[(k - width + m) * k + i]! * rotation[m * width + j]!;
    return sum;
  });
  const out = new Float32Array(rows * width);
  await kernel.multiply(out, factors, chosen, k);
  return out;
}
