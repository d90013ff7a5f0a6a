/** Many ridge regressions at once: every row of X on the rows of Y that it has entries for. */
import type { Address } from "../arena.ts";
import { invert, type Desk } from "./dense.ts";
import { regressSpare, regressTasks, type Regressions } from "./regress-tasks.ts";
import { crossProduct } from "./tall.ts";
import { SIZE } from "./wasm.ts";

/** How rows are drawn towards what. */
export type Regression = {
  /** Ridge, for each entry and α₀ for each row of Y. */
  readonly lambda: number;
  /** Weight of every row of Y, entry or not. */
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
 * Move X towards the minimum; see `Kernel.regress`.
 *
 * @param at  X, Y, row starts, columns and values of the entries, means if there are any.
 */
export async function regressAll(
  desk: Desk,
  { rows, others, entries, k }: Shape,
  at: readonly Address[],
  params: Regression,
): Promise<void> {
  const { arena, team } = desk;
  const [x = 0, y = 0, rowStart = 0, columns = 0, values = 0, means = 0] = at;
  const { lambda, alpha0, steps } = params;
  await arena.scratch(async () => {
    const [gram, inverse] = [arena.allocate(k * k * SIZE), arena.allocate(k * k * SIZE)];
    const sides = { a: y, aColumns: k, b: y, bColumns: k, rows: others };
    await crossProduct(desk, gram, sides, alpha0);
    const ridgeOfAll = lambda * alpha0 * others;
    const meanRidge = ridgeOfAll + (lambda * entries) / Math.max(1, rows);
    const shared = arena.floatsAt(inverse, k * k);
    shared.set(arena.floatsAt(gram, k * k));
    for (let i = 0; i < k; i++) shared[i * k + i]! += meanRidge;
    if (entries > 0) await invert(desk, inverse, k); // else no row reads it
    const of: Regressions = {
      ...{ x, rows, k, rowStart, columns, values, y, means, gram, inverse },
      ...{ ridge: lambda, ridgeOfAll, meanRidge, steps },
    };
    const size = regressSpare(k);
    const spare = { at: arena.allocate(size * team.threads), size };
    await team.run({ count: regressTasks(of), spare, work: { kind: "regress", of } });
  });
}
