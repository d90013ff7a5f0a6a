/** A phase: one kind of work as numbered, independent tasks, which threads share. */
import { regressStrip } from "./history-tasks.ts";
import { regressSome } from "./regress-tasks.ts";
import { solveStripe } from "./stripe-task.ts";
import { mirrorTile, panelBlock, updateTile } from "./sweep-tasks.ts";
import { addCross, multiplySome } from "./tall-tasks.ts";
import type { Address } from "../arena.ts";
import type { ThreadContext, Wasm } from "./wasm.ts";

/** A phase. Any thread may do any task at any time: no task reads or writes what another one writes. */
export type Phase = {
  /** The number of tasks. */
  readonly count: number;
  /** Scratch memory of all threads: the address of the first, and bytes per thread. */
  readonly scratch: { readonly at: Address; readonly size: number };
  readonly work: Work;
};

/** The kinds of work, each with the function that does one task. */
const TASKS = {
  panel: panelBlock,
  update: updateTile,
  mirror: mirrorTile,
  stripe: solveStripe,
  cross: addCross,
  product: multiplySome,
  regress: regressSome,
  histories: regressStrip,
};
type Of = { readonly [K in keyof typeof TASKS]: Parameters<(typeof TASKS)[K]>[0] };
type Work<Kind extends keyof Of = keyof Of> = {
  readonly [K in Kind]: { readonly kind: K; readonly of: Of[K] };
}[Kind];

/** Index, in the first page of the memory, of the counter of taken tasks. */
export const NEXT_TASK = 0;

/** The next task of the phase that no thread has taken; `count` or more if there is none. */
export function takeTask(counters: Int32Array): number {
  return Atomics.add(counters, NEXT_TASK, 1);
}

/** Does one task. */
export function doTask<Kind extends keyof Of>(
  work: Work<Kind>,
  task: number,
  context: ThreadContext,
): void {
  const tasks: { [K in keyof Of]: (of: Of[K], task: number, context: ThreadContext) => void } =
    TASKS;
  tasks[work.kind](work.of, task, context);
}

/** The context of one thread in a phase. */
export function contextOf({ scratch }: Phase, wasm: Wasm, thread: number): ThreadContext {
  return { wasm, scratch: scratch.at + thread * scratch.size };
}
