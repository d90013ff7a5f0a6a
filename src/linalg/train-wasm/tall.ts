/** Products of matrices with many rows and few columns. */
import type { Address } from "../arena.ts";
import type { Workspace } from "./dense.ts";
import { crossScratch, packedSize, productTasks, type Cross, type Product } from "./tall-tasks.ts";
import { SIZE, STRIP } from "./wasm.ts";

/** Parts of a sum over rows: enough for all threads. */
const PARTS = 16;

/** `C = scale AᵀB`. */
export async function crossProduct(
  { arena, team }: Workspace,
  c: Address,
  factors: Omit<Cross, "sums" | "parts">,
  scale = 1,
): Promise<void> {
  const numbers = factors.aColumns * factors.bColumns;
  await arena.scratch(async () => {
    const sums = arena.allocate(PARTS * numbers * SIZE);
    const size = crossScratch(factors);
    const scratch = { at: arena.allocate(size * team.threads), size };
    const of: Cross = { ...factors, sums, parts: PARTS };
    await team.run({ count: PARTS, scratch, work: { kind: "cross", of } });
    const parts = arena.floatsAt(sums, PARTS * numbers);
    const out = arena.floatsAt(c, numbers);
    for (let i = 0; i < numbers; i++) {
      let sum = 0;
      for (let part = i; part < parts.length; part += numbers) sum -= parts[part]!;
      out[i] = scale * sum;
    }
  });
}

/** `C = AB` */
export async function product(
  { arena, team }: Workspace,
  b: Address,
  factors: Omit<Product, "packed">,
): Promise<void> {
  const { depth, columns } = factors;
  await arena.scratch(async () => {
    const packed = arena.allocate(packedSize(factors));
    team.wasm.packRows(packed, b, columns, depth, columns);
    const of: Product = { ...factors, packed };
    const size = 2 * STRIP * SIZE;
    const scratch = { at: arena.allocate(size * team.threads), size };
    await team.run({ count: productTasks(of), scratch, work: { kind: "product", of } });
  });
}
