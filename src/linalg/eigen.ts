/** Eigenvectors of symmetric matrices, by ml-matrix. */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Eigenvalues by size, the smallest first, and a unit eigenvector of each `[n × n]`, one a row. */
type Eigen = { readonly values: readonly number[]; readonly vectors: Float64Array };

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
