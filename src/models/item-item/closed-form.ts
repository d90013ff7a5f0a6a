/**
 * Closed form of EASE, from the smaller side of the likes: an inverse over posts, or one over people.
 *
 * Over people by Woodbury's identity, which is exact:
 *
 *     (XᵀX + Λ)⁻¹ = Λ⁻¹ − Λ⁻¹Xᵀ (I + X Λ⁻¹ Xᵀ)⁻¹ X Λ⁻¹
 *
 * @see Hager, "Updating the Inverse of a Matrix" (SIAM Review 1989).
 */
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import { addGram, addProduct, transpose, type Csr } from "../../linalg/sparse.ts";
import type { Gram } from "./svd-ae.ts";

/** Multiplies a block `[rows × n]` by `share`, and adds the rows of B from row `from` on; on B's diagonal it adds anything. */
type AddRows = (block: Float32Array, from: number, share: number) => void;

/** A way to solve EASE. */
type Side = {
  /** XᵀX; invalid once B is solved. */
  readonly gram: Gram;
  /** Solves B with Λ `[n]`. */
  readonly solve: (ridge: Float64Array) => Promise<AddRows>;
};

/** B by an inverse over posts, P = (XᵀX + Λ)⁻¹. n³ operations, n² numbers. */
export function postsSide(x: Csr, kernel: Pick<Kernel, "floats" | "inverse" | "multiply">): Side {
  const n = x.columnCount;
  const a = kernel.floats(n * n);
  addGram(x, a);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!;
  const diagonal = () => Float32Array.from({ length: n }, (_, i) => a[i * n + i]!);
  return {
    gram: { diagonal: diagonal(), times: (y, z) => kernel.multiply(y, a, z, n) },
    solve: async (ridge) => {
      for (let i = 0; i < n; i++) a[i * n + i]! += ridge[i]!;
      await kernel.inverse(a);
      const scale = diagonal();
      return (block, from, share) => {
        for (let start = 0; start < block.length; start += n)
          for (let j = 0, at = from * n + start; j < n; j++, at++)
            block[start + j] = Math.fround(-a[at]! / scale[j]!) + share * block[start + j]!;
      };
    },
  };
}

/**
 * B by a solution over people, B_ij = (Λ⁻¹XᵀZ)_ij / P_jj with Z = (I + X Λ⁻¹ Xᵀ)⁻¹ X Λ⁻¹ `[people × n]`. people² n + n × likes
 * operations, people² + people × n numbers.
 */
export function peopleSide(x: Csr, kernel: Pick<Kernel, "floats" | "solve">): Side {
  const n = x.columnCount;
  const people = x.rowStart.length - 1;
  const byPost = transpose(x);
  const diagonal = new Float32Array(n);
  for (const [at, j] of x.columns.entries()) diagonal[j]! += x.values[at]! ** 2;
  return {
    gram: {
      diagonal,
      times: async (y, z, k) => {
        const xz = new Float32Array(people * k);
        addProduct(xz, x, z, k);
        addProduct(y.fill(0), byPost, xz, k);
      },
    },
    solve: async (ridge) => {
      const [a, z] = [kernel.floats(people * people), kernel.floats(people * n)];
      addGram(transpose(overPowers(x, ridge, 0.5)), a);
      const right = overPowers(x, ridge, 1);
      for (let u = 0; u < people; u++) {
        a[u * people + u]! += 1;
        for (let at = x.rowStart[u]!; at < x.rowStart[u + 1]!; at++)
          z[u * n + x.columns[at]!] = right.values[at]!;
      }
      await kernel.solve(a, z);
      const p = ridge.map((it) => 1 / it);
      for (let u = 0; u < people; u++)
        for (let at = x.rowStart[u]!; at < x.rowStart[u + 1]!; at++)
          p[x.columns[at]!]! -= right.values[at]! * z[u * n + x.columns[at]!]!;
      for (let start = 0; start < z.length; start += n)
        for (let j = 0; j < n; j++) z[start + j]! /= p[j]!;
      const left = transpose(right);
      return (block, from, share) => {
        for (let at = 0; at < block.length; at++) block[at]! *= share;
        addProduct(block, left, z, n, from);
      };
    },
  };
}

/** X Λ^−e. */
function overPowers(x: Csr, ridge: Float64Array, e: number): Csr {
  return { ...x, values: x.values.map((it, at) => it / ridge[x.columns[at]!]! ** e) };
}
