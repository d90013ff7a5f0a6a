/** Filling a table of the best, row by row, in one memory: a million rows would leave gigabytes behind. */
import { columnsIn, plainColumns } from "../linalg/rank-wasm/vector-ops.ts";
import { openRoom } from "../linalg/rank-wasm/room.ts";
import type { TopTable } from "../linalg/sparse.ts";

/** Bytes that choosing takes beside the scores: more than enough. */
const SPARE_BYTES = 1 << 20;

/** A table, and where what a row is chosen from is put: `scores[n]` of the post `found[n]`. */
export type BestRows = {
  readonly table: TopTable;
  readonly found: Uint32Array;
  readonly scores: Float32Array;
  /** Make the best of the first `size` places a row. */
  readonly keep: (row: number, size: number) => void;
};

/** An empty table of the best `m` for each of `posts`. */
export function bestRows(posts: number, m: number): BestRows {
  const room = openRoom(4 * posts + SPARE_BYTES);
  const columns = room ? columnsIn(room) : plainColumns;
  const scores = room?.floats(posts) ?? new Float32Array(posts);
  const found = new Uint32Array(posts);
  const table = { m, rows: new Uint32Array(posts * m), scores: new Float32Array(posts * m) };
  const keep = (row: number, size: number) =>
    columns.scope(() => {
      const best = columns.topK(scores.subarray(0, size), m);
      for (let i = 0, at = row * m; i < best.length; i++, at++) {
        table.rows[at] = found[best[i]!]!;
        table.scores[at] = scores[best[i]!]!;
      }
    });
  return { table, found, scores, keep };
}
