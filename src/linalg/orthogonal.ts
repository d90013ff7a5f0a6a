/** Orthogonal matrices, by ml-matrix: the eigenvectors of a symmetric matrix, and random rotations. */
import { EigenvalueDecomposition, Matrix, QrDecomposition } from "ml-matrix";
import { gaussian, seededRandom } from "./random.ts";

/** Eigenvalues by size, the smallest first, and a unit eigenvector of each `[n × n]`, one a row. */
export type Eigen = { readonly values: readonly number[]; readonly vectors: Float64Array };

/** Eigenvalues and eigenvectors of a symmetric matrix `[n × n]`, whose lower triangle is read. */
export function eigenOf(a: ArrayLike<number>, n: number): Eigen {
  const symmetric = new Matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      symmetric.set(i, j, a[i * n + j]!);
      symmetric.set(j, i, a[i * n + j]!);
    }
  const found = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const vectors = Float64Array.from(found.eigenvectorMatrix.transpose().to1DArray());
  return { values: found.realEigenvalues, vectors };
}

/** A random orthogonal matrix `[n × n]`. */
export function randomRotation(n: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const drawn = Array.from({ length: n }, () => Array.from({ length: n }, () => gaussian(random)));
  return Float64Array.from(new QrDecomposition(new Matrix(drawn)).orthogonalMatrix.to1DArray());
}
