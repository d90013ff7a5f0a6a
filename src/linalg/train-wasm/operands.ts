/** Operands in the memory of training's kernel: allocated there, or copied there during a job. */
import type { Csr } from "../sparse.ts";
import type { Address, Arena } from "../arena.ts";
import { SIZE } from "./wasm.ts";

type Numbers = Float32Array | Uint32Array;

/** Allocates arrays in an arena, and runs jobs on their operands, one job at a time. */
export function openOperands(arena: Arena) {
  let isBusy = false;

  function mayChange(): void {
    if (isBusy) throw new TypeError("a kernel does one thing at a time");
  }

  function copyIn(array: Numbers): Address {
    const at = arena.allocate(array.length * SIZE);
    if (array instanceof Float32Array) arena.floatsAt(at, array.length).set(array);
    else arena.wordsAt(at, array.length).set(array);
    return at;
  }

  return {
    floats: (length: number): Float32Array => {
      mayChange();
      return arena.floatsAt(arena.allocate(length * SIZE), length).fill(0);
    },
    sparse: (rows: number, columnCount: number, entries: number): Csr => {
      mayChange();
      const integers = (length: number) =>
        arena.wordsAt(arena.allocate(length * SIZE), length).fill(0);
      return {
        columnCount,
        rowStart: integers(rows + 1),
        columns: integers(entries),
        values: arena.floatsAt(arena.allocate(entries * SIZE), entries).fill(0),
      };
    },
    /**
     * Runs a job on arrays that are in the memory during it; `arrays` are copied back.
     *
     * @param read  Arrays that the job does not change; their addresses come last.
     */
    inside: async (
      arrays: readonly Float32Array[],
      job: (at: readonly Address[]) => Promise<void>,
      read: readonly Numbers[] = [],
    ): Promise<void> => {
      mayChange();
      isBusy = true;
      await arena
        .scratch(async () => {
          const places = [...arrays, ...read].map((it) => arena.addressOf(it) ?? copyIn(it));
          await job(places);
          for (const [n, it] of arrays.entries())
            if (arena.addressOf(it) === undefined) it.set(arena.floatsAt(places[n]!, it.length));
        })
        .finally(() => (isBusy = false));
    },
  };
}
