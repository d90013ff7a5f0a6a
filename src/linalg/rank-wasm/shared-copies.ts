/** A kernel that copies each matrix and table once, for the states of a snapshot with later posts. */
import type { Steps } from "../../runtime/time-slicing.ts";
import type { CombinationProducts } from "./combinations.ts";
import type { RankKernel } from "./kernel.ts";
import type { Products } from "./products.ts";

/** A kernel whose copies can be brought up to date. */
export type SharedKernel = RankKernel & {
  /** Reads rows of a matrix again that have been written to. */
  readonly refresh: (matrix: Float32Array, rows: Uint32Array) => void;
};

/** The kernel with one copy of each matrix and table, known by its array. */
export function sharedCopies(kernel: RankKernel): SharedKernel {
  const products = new WeakMap<Float32Array, Products>();
  const combinations = new WeakMap<Float32Array, CombinationProducts>();
  const rowSums = new WeakMap<Float32Array, RowSum>();
  return {
    ...kernel,
    products: (matrix, width) => once(products, matrix, () => kernel.products(matrix, width)),
    combinations: (matrix, width, theirs) => {
      const it = combinations.get(matrix) ?? kernel.combinations(matrix, width, theirs);
      combinations.set(matrix, it);
      return it;
    },
    rowSum: (table, size) => once(rowSums, table.scores, () => kernel.rowSum(table, size)),
    refresh: (matrix, rows) => {
      for (const it of [products.get(matrix), combinations.get(matrix)])
        for (const row of rows) it?.refresh?.(row);
    },
  };
}

type RowSum = ReturnType<RankKernel["rowSum"]> extends Steps<infer T> ? T : never;

function* once<T>(known: WeakMap<object, T>, key: object, make: () => Steps<T>): Steps<T> {
  const it = known.get(key) ?? (yield* make());
  known.set(key, it);
  return it;
}
