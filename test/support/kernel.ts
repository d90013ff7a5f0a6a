/** A kernel of one thread for whoever needs one: nothing is spawned. */
import { openKernel } from "../../src/linalg/train-wasm/open.ts";

export const oneThread = await openKernel({
  threads: 1,
  spawn: () => {
    throw new TypeError("a kernel of one thread spawns none");
  },
});
