/** Ridge regression from decayed histories to the next post. */
import type { Address } from "../arena.ts";
import type { DecayedWindow } from "../decayed-window.ts";
import type { Csr } from "../sparse.ts";
import type { Workspace } from "./dense.ts";
import { historyScratch, historyTasks, type Histories } from "./history-tasks.ts";
import { SIZE } from "./wasm.ts";

/** Parameters of the regression. */
export type HistoryRegression = {
  /** Blocks of Φ: a post counts `scale` × decay^age in the rows of the next `window` steps. */
  readonly blocks: readonly DecayedWindow[];
  /** λ */
  readonly lambda: number;
};

/** Solves all columns; see `Kernel.regressHistories`. */
export async function regressAllHistories(
  { arena, team }: Workspace,
  [w = 0, rowStart = 0, columns = 0]: readonly Address[],
  { columnCount: n, rowStart: starts }: Csr,
  { blocks, lambda }: HistoryRegression,
): Promise<void> {
  const longest = starts.reduce((most, it, u) => Math.max(most, it - (starts[u - 1] ?? 0)), 0);
  await arena.scratch(async () => {
    const at = arena.allocate(blocks.length * 4 * SIZE);
    for (const [b, { decay, window, scale }] of blocks.entries()) {
      arena.floatsAt(at + b * 4 * SIZE, 3).set([decay, decay ** window, scale]);
      arena.wordsAt(at + b * 4 * SIZE, 4)[3] = window;
    }
    const [users, blockCount] = [starts.length - 1, blocks.length];
    const of: Histories = { w, n, rowStart, columns, users, blocks: at, blockCount, lambda };
    const size = historyScratch(of, longest);
    const scratch = { at: arena.allocate(size * team.threads), size };
    await team.run({ count: historyTasks(of), scratch, work: { kind: "histories", of } });
  });
}
