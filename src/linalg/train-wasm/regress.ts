/** Many ridge regressions at once: each row of X on the rows of Y for which it has entries. */
import type { Address } from "../arena.ts";
import { invert, type Workspace } from "./dense.ts";
import { regressScratch, regressTasks, type Regressions } from "./regress-tasks.ts";
import { crossProduct } from "./tall.ts";
import { SIZE } from "./wasm.ts";

/** Parameters of the regressions. */
export type Regression = {
  /** λ: ridge per entry; per row of Y, α₀ times as much. */
  readonly lambda: number;
  /** α₀: weight of every row of Y, with or without an entry. */
  readonly alpha0: number;
  /** Conjugate gradient steps. */
  readonly steps: number;
};

/** Sizes of X `[rows × k]`, Y `[others × k]` and the entries between them. */
export type Shape = {
  readonly rows: number;
  readonly others: number;
  readonly entries: number;
  readonly k: number;
};

/**
 * Moves X towards the minimum; see `Kernel.regress`.
 *
 * @param at  Addresses of X, Y, the entries' row starts, columns and values, and of the means if any.
 */
export async function regressAll(
  workspace: Workspace,
  { rows, others, entries, k }: Shape,
  at: readonly Address[],
  params: Regression,
): Promise<void> {
  const { arena, team } = workspace;
  const [x = 0, y = 0, rowStart = 0, columns = 0, values = 0, means = 0] = at;
  const { lambda, alpha0, steps } = params;
  await arena.scratch(async () => {
    const [gram, inverse] = [arena.allocate(k * k * SIZE), arena.allocate(k * k * SIZE)];
    const sides = { a: y, aColumns: k, b: y, bColumns: k, rows: others };
    await crossProduct(workspace, gram, sides, alpha0);
    const ridgeOfAll = lambda * alpha0 * others;
    const meanRidge = ridgeOfAll + (lambda * entries) / Math.max(1, rows);
    const shared = arena.floatsAt(inverse, k * k);
    shared.set(arena.floatsAt(gram, k * k));
    for (let i = 0; i < k; i++) shared[i * k + i]! += meanRidge;
    if (entries > 0) await invert(workspace, inverse, k); // else no row reads it
    const of: Regressions = {
      x,
      rows,
      k,
      rowStart,
      columns,
      values,
      y,
      means,
      gram,
      inverse,
      ridge: lambda,
      ridgeOfAll,
      meanRidge,
      steps,
    };
    const size = regressScratch(k);
    const scratch = { at: arena.allocate(size * team.threads), size };
    await team.run({ count: regressTasks(of), scratch, work: { kind: "regress", of } });
  });
}
