/** Factors and inverses of large symmetric positive-definite matrices, block by block. */
import type { Address, Arena } from "../arena.ts";
import { BLOCK, blockAt, blocksOf, heightOf, lowerBlocks } from "./blocks.ts";
import { stripeScratch, type Stripes } from "./stripe-task.ts";
import { panelBlocks, SWEEP_SCRATCH, updateRows, type Half, type Sweep } from "./sweep-tasks.ts";
import type { Team } from "./team.ts";
import { SIZE, STRIP } from "./wasm.ts";

/** The memory and the threads of a kernel. */
export type Workspace = { readonly arena: Arena; readonly team: Team };

/** Most columns of a right side that are solved together: enough to be worth reading A for. */
const STRIPE = 128;

/**
 * Inverts A `[n × n]` in place, both triangles. n³ multiplications and additions.
 *
 * Sweeping block k replaces the rest of A by its Schur complement; after all blocks, A is −A⁻¹.
 *
 * @throws RangeError if A is not positive definite; A is overwritten then.
 * @see Goodnight, A Tutorial on the SWEEP Operator (1979).
 */
export async function invert(workspace: Workspace, a: Address, n: number): Promise<void> {
  await sweepAll(workspace, a, n, true);
  await mirror(workspace, { a, n, isNegated: true, isWhole: true });
}

/**
 * Solves A X = B in place: B `[n × m]` becomes X, A its Cholesky factor. n³ / 3 + 2 n² m operations.
 *
 * @throws RangeError if A is not positive definite; A is overwritten then.
 * @see Golub & Van Loan, Matrix Computations, 4th ed., algorithm 4.2.1, by blocks.
 */
export async function solveFor(
  workspace: Workspace,
  a: Address,
  n: number,
  b: Address,
  m: number,
): Promise<void> {
  const { arena, team } = workspace;
  await sweepAll(workspace, a, n, false);
  await mirror(workspace, { a, n, isNegated: false, isWhole: false });
  const share = Math.ceil(m / team.threads / STRIP) * STRIP;
  const of: Stripes = { a, n, b, m, width: Math.min(STRIPE, share) };
  await arena.scratch(() => {
    const size = stripeScratch(n, of.width);
    return team.run({
      count: Math.ceil(m / of.width),
      scratch: { at: arena.allocate(size * team.threads), size },
      work: { kind: "stripe", of },
    });
  });
}

/**
 * Sweeps block by block. The lower triangle becomes the negated inverse; or the Cholesky factor, with
 * inverted blocks on the diagonal.
 */
async function sweepAll(
  workspace: Workspace,
  a: Address,
  n: number,
  isInverse: boolean,
): Promise<void> {
  const { arena, team } = workspace;
  const blocks = blocksOf(n);
  await arena.scratch(async () => {
    const block = BLOCK * BLOCK * SIZE;
    const scratch = { at: arena.allocate(SWEEP_SCRATCH * team.threads), size: SWEEP_SCRATCH };
    const buffers = { dense: arena.allocate(block), doubles: arena.allocate(4 * block) };
    const [inverse, transposed] = [arena.allocate(block), arena.allocate(block)];
    const [w, q] = [arena.allocate(blocks * block), arena.allocate(blocks * block)];
    for (let k = 0; k < blocks; k++) {
      const of: Sweep = { a, n, k, isInverse, inverse, transposed, w, q };
      startSweep(team, of, buffers);
      const rows = updateRows(of, blocks);
      await team.run({ count: panelBlocks(of, blocks), scratch, work: { kind: "panel", of } });
      await team.run({ count: lowerBlocks(rows), scratch, work: { kind: "update", of } });
    }
  });
}

/** Inverts the factor of the block on the diagonal, which all other tasks need. */
function startSweep(
  { wasm }: Team,
  { a, n, k, isInverse, inverse, transposed }: Sweep,
  { dense, doubles }: { readonly dense: Address; readonly doubles: Address },
): void {
  const at = blockAt(a, n, k, k);
  const width = heightOf(k, n);
  const pivot = wasm.invertFactor(dense, at, n, width, doubles, doubles + 2 * BLOCK * BLOCK * SIZE);
  if (pivot >= 0)
    throw new RangeError(`matrix is not positive definite at pivot ${k * BLOCK + pivot}`);
  wasm.packRows(inverse, dense, width, width, width);
  wasm.packColumns(transposed, dense, width, width, width);
  if (!isInverse) wasm.copy(at, n, dense, width, width, width);
}

async function mirror({ team }: Workspace, of: Half): Promise<void> {
  const scratch = { at: 0, size: 0 };
  const count = lowerBlocks(blocksOf(of.n));
  await team.run({ count, scratch, work: { kind: "mirror", of } });
}
