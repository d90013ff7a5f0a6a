/** A kernel without WASM or threads. */
import { emptyCsr } from "../sparse.ts";
import type { Kernel } from "./kernel.ts";
import { invertPlain, multiplyPlain, multiplyTurnedPlain, solvePlain } from "./plain.ts";
import { productShape, shapeOf, sideOf, turnedShape } from "./shapes.ts";

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
    scratch: (job) => job(),
    close: async () => {},
  };
}
