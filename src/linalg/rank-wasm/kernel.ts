/** The kernel of ranking: computations over a whole catalogue, by WASM SIMD or in plain code. */
import type { Steps } from "../../runtime/time-slicing.ts";
import { Arena, heap, type Arrays } from "../arena.ts";
import type { TopTable } from "../sparse.ts";
import { plainNearness, plainRowSum, plainStandardise, type Weighted } from "./columns.ts";
import { plainCombinations, wasmCombinations, type CombinationProducts } from "./combinations.ts";
import { plainProducts, wasmProducts, type Products } from "./products.ts";
import { PLACES_MAX, wasmRowSum } from "./row-sum.ts";
import { rankWasm } from "./wasm.ts";

/** Functions of ranking's kernel. Matrices are row-major, of 32-bit floats; results are allocated in `arrays`. */
export type RankKernel = {
  /** Allocates the arrays of a request. For arrays from elsewhere, plain code gives the same result. */
  readonly arrays: Arrays;
  /**
   * Prepares inner products of any vectors with the rows of a matrix `[rows × width]`. If `width` is a
   * multiple of 8, the matrix is copied in 16 bits: the error of a product of x and y is at most 1e-4 |x|
   * times the length of the longest row.
   *
   *     products(Float32Array.of(1, 0, 0, 1, 1, 1, 0, 2), 2).withAll(Float32Array.of(3, 4)) → 3, 4, 7, 8
   */
  readonly products: (matrix: Float32Array, width: number) => Steps<Products>;
  /**
   * Prepares inner products of weighted sums of rows with all rows of a matrix of unit vectors
   * `[rows × width]`, whose `products` are given; within 2e-4.
   *
   * 1/2 of row 0 and 1/2 of row 1 of (1, 0), (0, 1) → 0.5, 0.5
   */
  readonly combinations: (
    matrix: Float32Array,
    width: number,
    products: Products,
  ) => CombinationProducts;
  /**
   * Prepares sparse row sums of a table: `out[j] = Σ_n weight_n table[row_n → j]` for `size` places j.
   * Up to 65,536 places the table is copied, its scores rounded to 16 bits of a row's largest.
   *
   * Row 0 of {j 1: 4, j 2: 2} with weight 0.5 → 0, 2, 1
   */
  readonly rowSum: (table: TopTable, size: number) => Steps<(weighted: Weighted) => Float32Array>;
  /**
   * Standardises a column in place: mean 0 and standard deviation 1, then the root s of
   * z = s (1 + |s|), so that outliers of one term do not outweigh all other terms. Equal numbers become 0.
   *
   *     standardise(Float32Array.of(1, 3)) → −0.618, 0.618
   *
   * Under plain z-scores the fitted blend lost .004 nDCG@20 on ML-1M, .005 on the demo.
   */
  readonly standardise: (column: Float32Array) => Float32Array;
  /**
   * The largest number among the first `near` columns (at least −1; 0 without columns), minus `against`
   * times the largest above 0 among the `far` others.
   *
   *     nearness(Float32Array.of(0.5, 0.25, 0.5, −1), 1, 1, 0.5) → 0.25, 0.25
   */
  readonly nearness: (
    columns: Float32Array,
    near: number,
    far: number,
    against: number,
  ) => Float32Array;
};

/** A kernel without WASM, with arrays on the heap. */
export const plainRankKernel: RankKernel = plainKernelWith(heap);

/**
 * Opens a kernel; a plain one without SIMD or address space.
 *
 * @param isGuarded  See {@link Arena}.
 */
export function openRankKernel(isGuarded = false): RankKernel {
  let arena: Arena;
  try {
    arena = new Arena(isGuarded);
  } catch (cause) {
    if (cause instanceof RangeError) return plainRankKernel; // no addresses are left
    throw cause;
  }
  const plain = plainKernelWith(arena);
  const wasm = rankWasm(arena);
  if (wasm === undefined) return plain;
  return {
    arrays: arena,
    products: (matrix, width) =>
      width > 0 && width % 8 === 0
        ? wasmProducts(arena, wasm, matrix, width)
        : plain.products(matrix, width),
    combinations: (matrix, width, products) =>
      wasmCombinations(arena, wasm, matrix, width, products),
    rowSum: (table, size) =>
      size <= PLACES_MAX ? wasmRowSum(arena, wasm, table, size) : plain.rowSum(table, size),
    standardise: (column) => {
      const at = arena.addressOf(column);
      if (at === undefined) return plainStandardise(column);
      wasm.standardise(at, column.length);
      return column;
    },
    nearness: (columns, near, far, against) => {
      const length = near + far > 0 ? columns.length / (near + far) : 0;
      const from = arena.addressOf(columns);
      if (from === undefined || length % 4 > 0) return plain.nearness(columns, near, far, against);
      return arena.filled(length, (out) =>
        wasm.nearness(out, from, 4 * length, near, far, against),
      );
    },
  };
}

function plainKernelWith(arrays: Arrays): RankKernel {
  return {
    arrays,
    *products(matrix, width) {
      return plainProducts(arrays, matrix, width);
    },
    combinations: (matrix, width, products) => plainCombinations(arrays, matrix, width, products),
    *rowSum(table, size) {
      return (weighted) => plainRowSum(arrays, table, size, weighted);
    },
    standardise: plainStandardise,
    nearness: (...given) => plainNearness(arrays, ...given),
  };
}
