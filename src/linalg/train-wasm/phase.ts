/** What threads do together: a phase is one kind of work, cut into numbered tasks. */
import { regressSome, type Regressions } from "./regress-tasks.ts";
import { solveStripe, type Stripes } from "./stripe-task.ts";
import { mirrorTile, panelBlock, updateTile, type Half, type Sweep } from "./sweep-tasks.ts";
import { addCross, multiplySome, type Cross, type Product } from "./tall-tasks.ts";
import type { Address } from "../arena.ts";
import type { Hand, Wasm } from "./wasm.ts";

/** No task of a phase may touch what another one writes: who does which, and when, is open. */
export type Phase = {
  /** The number of tasks. */
  readonly count: number;
  /** A thread's own room: so many bytes each, from an address on. */
  readonly spare: { readonly at: Address; readonly size: number };
  readonly work:
    | { readonly kind: "panel"; readonly of: Sweep }
    | { readonly kind: "update"; readonly of: Sweep }
    | { readonly kind: "mirror"; readonly of: Half }
    | { readonly kind: "stripe"; readonly of: Stripes }
    | { readonly kind: "cross"; readonly of: Cross }
    | { readonly kind: "product"; readonly of: Product }
    | { readonly kind: "regress"; readonly of: Regressions };
};

/** The place in the first page of the memory where threads count the tasks that they took. */
export const NEXT_TASK = 0;

/** The next task of the phase that no thread has taken; `count` or more if there is none. */
export function takeTask(counters: Int32Array): number {
  return Atomics.add(counters, NEXT_TASK, 1);
}

/** Do one task. */
export function doTask(work: Phase["work"], task: number, hand: Hand): void {
  switch (work.kind) {
    case "panel":
      return panelBlock(work.of, task, hand);
    case "update":
      return updateTile(work.of, task, hand);
    case "mirror":
      return mirrorTile(work.of, task, hand);
    case "stripe":
      return solveStripe(work.of, task, hand);
    case "cross":
      return addCross(work.of, task, hand);
    case "product":
      return multiplySome(work.of, task, hand);
    case "regress":
      return regressSome(work.of, task, hand);
    default:
      return work satisfies never;
  }
}

/** What a thread brings to a phase. */
export function handOf({ spare }: Phase, wasm: Wasm, thread: number): Hand {
  return { wasm, spare: spare.at + thread * spare.size };
}
