/** Successor tables: successors of every post in blocks, each of which weighs the newest likes by their age. */
import type { DecayedWindow } from "../linalg/decayed-window.ts";
import type { TopTable } from "../linalg/sparse.ts";
import type { Weighted } from "../linalg/rank-wasm/columns.ts";
import { partSpec } from "../snapshot/columns.ts";
import type { Steps } from "../runtime/time-slicing.ts";
import type { Served, ServingView } from "./contract.ts";
import { likedRows, type Person } from "./person.ts";
import { serveTable } from "./serve-table.ts";
import { tableColumns, tableIn } from "./top-tables.ts";

type Info = {
  readonly m: number;
  readonly blocks: number;
  readonly windows: readonly DecayedWindow[];
};

/** A table with the blocks' successors of every post, in row `block × posts + post`. */
type SuccessorTable = { readonly table: TopTable; readonly windows: readonly DecayedWindow[] };

/** Declares a model's part: `m` successors of every post for each window. */
export const successorPart = (name: string) =>
  partSpec<Info>()(name, tableColumns("blocks", "posts"));

type SuccessorPart = ReturnType<ReturnType<typeof successorPart>["of"]>;

/** The part of a table. */
export function partOf({ table, windows }: SuccessorTable): SuccessorPart {
  const { m, ...columns } = table;
  return { info: { m, blocks: windows.length, windows }, columns };
}

/** Scores posts by the sum of the rows of the newest likes, in every block. */
export function serveSuccessors(part: SuccessorPart, view: ServingView): Steps<Served> {
  const posts = view.model.postKeys.length;
  return serveTable(tableIn(part), view, (it) => newestLiked(it, part.info.windows, posts));
}

/** The newest liked posts as rows of the table, weighted by age only: the next post depends on the last ones. */
function newestLiked(person: Person, windows: readonly DecayedWindow[], posts: number): Weighted {
  const liked = likedRows(person);
  const rows: number[] = [];
  const weights: number[] = [];
  for (const [block, { decay, window, scale }] of windows.entries())
    for (let age = 0; age < Math.min(window, liked.length); age++) {
      rows.push(block * posts + liked[liked.length - 1 - age]!);
      weights.push(scale * decay ** age);
    }
  return { rows: Uint32Array.from(rows), weights: Float32Array.from(weights) };
}
