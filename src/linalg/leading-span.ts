/**
 * The span of the leading eigenvectors of a large symmetric matrix, by randomised subspace iteration.
 *
 * @see Halko, Martinsson & Tropp, "Finding Structure with Randomness" (SIAM Review 2011), algorithm 4.4.
 */
import { gaussian, seededRandom } from "./random.ts";
import { dotRows } from "./vector.ts";

/** Times that the span is refined: enough that lists no longer change. */
const ROUNDS = 4;
/** Share of a vector's length that others may leave; with less, only rounding is left of it. */
const LEAST = 1e-5;

/**
 * An orthonormal basis of the span of the `k` eigenvectors with the largest eigenvalues, by size.
 *
 * @param times  Y = AX for X and Y `[n × k]`.
 * @returns `[k × n]`; rows of zeros where the matrix has fewer than `k` dimensions.
 */
export async function leadingSpan(
  { n, k, seed }: { readonly n: number; readonly k: number; readonly seed: number },
  times: (y: Float32Array, x: Float32Array) => Promise<void>,
): Promise<Float32Array> {
  const random = seededRandom(seed);
  const x = Float32Array.from({ length: n * k }, () => gaussian(random));
  const y = new Float32Array(n * k);
  const basis = new Float32Array(k * n);
  for (let round = 0; round < ROUNDS; round++) {
    await times(y, x);
    await times(x, y); // in 32 bits, twice is what vectors stand without becoming one
    transpose(basis, x, k);
    orthonormalise(basis, n);
    transpose(x, basis, n);
  }
  orthonormalise(basis, n); // what rounding left
  return basis;
}

/** Makes the rows orthonormal, from the first on (modified Gram–Schmidt). */
function orthonormalise(rows: Float32Array, n: number): void {
  for (let i = 0; i * n < rows.length; i++) {
    const before = Math.sqrt(dotRows(rows, i, rows, i, n));
    for (let j = 0; j < i; j++) {
      const share = dotRows(rows, i, rows, j, n);
      for (let c = 0; c < n; c++) rows[i * n + c]! -= share * rows[j * n + c]!;
    }
    const length = Math.sqrt(dotRows(rows, i, rows, i, n));
    const scale = length > LEAST * before ? 1 / length : 0;
    for (let c = 0; c < n; c++) rows[i * n + c]! *= scale;
  }
}

/** `out` becomes the transpose of `a`, whose rows have `columns` entries. */
function transpose(out: Float32Array, a: Float32Array, columns: number): void {
  const rows = a.length / columns;
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) out[c * rows + r] = a[r * columns + c]!;
}
