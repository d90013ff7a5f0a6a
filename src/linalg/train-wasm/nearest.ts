/** For many vectors the nearest of a few. */
import type { Address } from "../arena.ts";
import { dotRows } from "../vector.ts";
import type { Desk } from "./dense.ts";
import { nearestSpare, nearestTasks, type Places } from "./nearest-tasks.ts";
import { SIZE, STRIP } from "./wasm.ts";

/** For each row of A the place of the row of B with the largest inner product: a view, soon overwritten. */
export async function nearestOf(
  { arena, team }: Desk,
  { b, ...sides }: Omit<Places, "out" | "packed"> & { readonly b: Address },
): Promise<Uint32Array> {
  const { rows, columns, width } = sides;
  return arena.scratch(async () => {
    const out = arena.allocate(rows * SIZE);
    const packed = arena.allocate(Math.ceil(columns / STRIP) * STRIP * width * SIZE);
    team.wasm.packColumns(packed, b, width, width, columns);
    const of: Places = { ...sides, out, packed };
    const size = nearestSpare(of);
    const spare = { at: arena.allocate(size * team.threads), size };
    await team.run({ count: nearestTasks(of), spare, work: { kind: "nearest", of } });
    return arena.wordsAt(out, rows);
  });
}

/** The same by plain arithmetic. */
export function nearestPlain(a: Float32Array, b: Float32Array, width: number): Uint32Array {
  return Uint32Array.from({ length: a.length / width }, (_, row) => {
    let [place, most] = [0, -Infinity];
    for (let n = 0; n < b.length / width; n++) {
      const product = dotRows(a, row, b, n, width);
      if (product > most) [place, most] = [n, product];
    }
    return place;
  });
}
