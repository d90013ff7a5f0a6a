/** What threads do together: a phase is one kind of work, cut into numbered tasks. */
import { regressSome } from "./regress-tasks.ts";
import { solveStripe } from "./stripe-task.ts";
import { mirrorTile, panelBlock, updateTile } from "./sweep-tasks.ts";
import { addCross, multiplySome } from "./tall-tasks.ts";
import type { Address } from "../arena.ts";
import type { Hand, Wasm } from "./wasm.ts";

/** No task of a phase may touch what another one writes: who does which, and when, is open. */
export type Phase = {
  /** The number of tasks. */
  readonly count: number;
  /** A thread's own room: so many bytes each, from an address on. */
  readonly spare: { readonly at: Address; readonly size: number };
  readonly work: Work;
};

/** The kinds of work: what does one task of each. */
const TASKS = {
  panel: panelBlock,
  update: updateTile,
  mirror: mirrorTile,
  stripe: solveStripe,
  cross: addCross,
  product: multiplySome,
  regress: regressSome,
};
type Of = { readonly [K in keyof typeof TASKS]: Parameters<(typeof TASKS)[K]>[0] };
type Work<Kind extends keyof Of = keyof Of> = {
  readonly [K in Kind]: { readonly kind: K; readonly of: Of[K] };
}[Kind];

/** The place in the first page of the memory where threads count the tasks that they took. */
export const NEXT_TASK = 0;

/** The next task of the phase that no thread has taken; `count` or more if there is none. */
export function takeTask(counters: Int32Array): number {
  return Atomics.add(counters, NEXT_TASK, 1);
}

/** Do one task. */
export function doTask<Kind extends keyof Of>(work: Work<Kind>, task: number, hand: Hand): void {
  const tasks: { [K in keyof Of]: (of: Of[K], task: number, hand: Hand) => void } = TASKS;
  tasks[work.kind](work.of, task, hand);
}

/** What a thread brings to a phase. */
export function handOf({ spare }: Phase, wasm: Wasm, thread: number): Hand {
  return { wasm, spare: spare.at + thread * spare.size };
}
