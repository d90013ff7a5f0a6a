/** Factors and inverses of large symmetric positive-definite matrices, block by block. */
import type { Address, Arena } from "../arena.ts";
import { BLOCK, blockAt, blocksOf, heightOf, lowerPlaces } from "./blocks.ts";
import { stripeSpare, type Stripes } from "./stripe-task.ts";
import { panelBlocks, SWEEP_SPARE, updateRows, type Half, type Sweep } from "./sweep-tasks.ts";
import type { Team } from "./team.ts";
import { SIZE, STRIP } from "./wasm.ts";

/** Where the work is done. */
export type Desk = { readonly arena: Arena; readonly team: Team };

/** Columns of a right side that are solved together, at most: enough to be worth reading A for. */
const STRIPE = 128;

/**
 * A `[n × n]` becomes its inverse, both halves, in place. n³ multiplications and additions.
 *
 * Sweeping block k replaces A by what is left when those unknowns are solved for; when all are,
 * that is −A⁻¹.
 *
 * @throws RangeError if A is not positive definite; A is spoiled then.
 * @see Goodnight, A Tutorial on the SWEEP Operator (1979).
 */
export async function invert(desk: Desk, a: Address, n: number): Promise<void> {
  await sweepAll(desk, a, n, true);
  await mirror(desk, { a, n, isNegated: true, isWhole: true });
}

/**
 * B `[n × m]` becomes A⁻¹ B in place, and A its factor. n³ / 3 + 2 n² m operations.
 *
 * @throws RangeError if A is not positive definite; A is spoiled then.
 * @see Golub & Van Loan, Matrix Computations, 4th ed., algorithm 4.2.1, by blocks.
 */
export async function solveFor(
  desk: Desk,
  a: Address,
  n: number,
  b: Address,
  m: number,
): Promise<void> {
  const { arena, team } = desk;
  await sweepAll(desk, a, n, false);
  await mirror(desk, { a, n, isNegated: false, isWhole: false });
  const share = Math.ceil(m / team.threads / STRIP) * STRIP;
  const of: Stripes = { a, n, b, m, width: Math.min(STRIPE, share) };
  await arena.scratch(() => {
    const size = stripeSpare(n, of.width);
    return team.run({
      count: Math.ceil(m / of.width),
      spare: { at: arena.allocate(size * team.threads), size },
      work: { kind: "stripe", of },
    });
  });
}

/**
 * Sweep block after block: an inverse, turned in sign, in the lower half; or the Cholesky factor,
 * whose blocks on the diagonal are inverted.
 */
async function sweepAll(desk: Desk, a: Address, n: number, isInverse: boolean): Promise<void> {
  const { arena, team } = desk;
  const blocks = blocksOf(n);
  await arena.scratch(async () => {
    const block = BLOCK * BLOCK * SIZE;
    const spare = { at: arena.allocate(SWEEP_SPARE * team.threads), size: SWEEP_SPARE };
    const rooms = { dense: arena.allocate(block), doubles: arena.allocate(4 * block) };
    const [inverse, turned] = [arena.allocate(block), arena.allocate(block)];
    const [w, q] = [arena.allocate(blocks * block), arena.allocate(blocks * block)];
    for (let k = 0; k < blocks; k++) {
      const of: Sweep = { a, n, k, isInverse, inverse, turned, w, q };
      startSweep(team, of, rooms);
      const rows = updateRows(of, blocks);
      await team.run({ count: panelBlocks(of, blocks), spare, work: { kind: "panel", of } });
      await team.run({ count: lowerPlaces(rows), spare, work: { kind: "update", of } });
    }
  });
}

/** Invert the factor of the block on the diagonal, which everything else waits for. */
function startSweep(
  { wasm }: Team,
  { a, n, k, isInverse, inverse, turned }: Sweep,
  { dense, doubles }: { readonly dense: Address; readonly doubles: Address },
): void {
  const at = blockAt(a, n, k, k);
  const width = heightOf(k, n);
  const pivot = wasm.invertFactor(dense, at, n, width, doubles, doubles + 2 * BLOCK * BLOCK * SIZE);
  if (pivot >= 0)
    throw new RangeError(`matrix is not positive definite at pivot ${k * BLOCK + pivot}`);
  wasm.packRows(inverse, dense, width, width, width);
  wasm.packColumns(turned, dense, width, width, width);
  if (!isInverse) wasm.copy(at, n, dense, width, width, width);
}

async function mirror({ team }: Desk, of: Half): Promise<void> {
  const spare = { at: 0, size: 0 };
  const count = lowerPlaces(blocksOf(of.n));
  await team.run({ count, spare, work: { kind: "mirror", of } });
}
