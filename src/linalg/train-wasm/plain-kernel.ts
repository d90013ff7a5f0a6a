/** A kernel without WASM or threads. */
import { emptyCsr, type Csr } from "../sparse.ts";
import type { Kernel } from "./kernel.ts";
import { nearestPlain } from "./nearest.ts";
import {
  addOuterPlain,
  invertPlain,
  mirrorPlain,
  multiplyPlain,
  multiplyTurnedPlain,
  solvePlain,
} from "./plain.ts";
import { outerTarget, productShape, shapeOf, sideOf, turnedShape } from "./shapes.ts";

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
    sparse: emptyCsr,
    multiply: async (c, a, b, depth) =>
      multiplyPlain(c, a, b, productShape(c, a, b, depth).columns),
    multiplyTurned: async (c, a, b, rows) =>
      multiplyTurnedPlain(c, a, b, turnedShape(c, a, b, rows).bColumns),
    nearest: async (a, b, width) => nearestPlain(a, b, width),
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
