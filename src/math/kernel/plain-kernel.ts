/** A kernel without WASM or threads. */
import type { Csr } from "../sparse.ts";
import type { Kernel } from "./kernel.ts";
import { addOuterPlain, invertPlain, mirrorPlain, solvePlain } from "./plain.ts";
import { outerTarget, shapeOf, sideOf } from "./shapes.ts";

/** The same in plain TypeScript, in the calling thread. */
export function plainKernel(): Kernel {
  return {
    threads: 1,
    floats: (length) => new Float32Array(length),
    solve: async (a, b) => {
      const { n, m } = shapeOf(a, b);
      solvePlain(a, n, b, m);
    },
    inverse: async (a) => invertPlain(a, sideOf(a)),
    sparse: (m) => m,
    scratch: (job) => job(),
    gramOfSparse: async (x, c) => outerPlain(x, undefined, c),
    productOfSparse: async (x, y, c) => outerPlain(x, y, c),
    close: async () => {},
  };
}

function outerPlain(x: Csr, y: Csr | undefined, given: Float32Array | undefined): Float32Array {
  const c = outerTarget(x, y ?? x, given, (length) => new Float32Array(length));
  if (y === undefined) mirrorPlain(c, x.columnCount);
  addOuterPlain(c, x, y ?? x);
  return c;
}
