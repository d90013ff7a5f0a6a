/** Sums over the rows of a table of others: what a few rows together say of all places. */
import { atOnce, type Steps } from "../../runtime/time-slicing.ts";
import type { TopTable } from "../sparse.ts";
import { roomFor, type Room } from "./room.ts";

/** Some rows, each with a weight. */
export type Weighted = { readonly rows: Uint32Array; readonly weights: Float32Array };

/** `Σ_n weight_n table[row_n → j]` for every place j. */
export type Spread = (weighted: Weighted) => Float32Array;

/** Places up to which an entry fits in 32 bits: place and score have 16 each. */
export const PLACES_MAX = 1 << 16;
/** The largest score of a row in 16 bits. */
const LARGEST = 32_767;

const ROWS_A_STEP = 64;

/** Bytes of the room that {@link spreadIn} takes. */
export function spreadBytes({ m, rows }: TopTable): number {
  return roomFor(4 * rows.length) + roomFor((4 * rows.length) / Math.max(1, m));
}

/**
 * Of a table that the room keeps in half of its size: scores are rounded to 16 bits of the largest of
 * their row. In half the time, too.
 *
 * @param places  How many there are, at most {@link PLACES_MAX}.
 */
export function spreadIn(room: Room, table: TopTable, places: number): Spread {
  return atOnce(spreading(room, table, places));
}

/** The same in steps. */
export function* spreading(
  room: Room,
  { m, rows, scores }: TopTable,
  places: number,
): Steps<Spread> {
  const count = m > 0 ? rows.length / m : 0;
  const table = room.words(rows.length);
  const ends = room.words(count);
  const units = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    if (row % ROWS_A_STEP === 0) yield;
    let largest = 0;
    let size = 0; // after the first 0 there are only zeros
    for (; size < m && scores[row * m + size] !== 0; size++)
      largest = Math.max(largest, Math.abs(scores[row * m + size]!));
    for (let n = row * m; n < row * m + size; n++)
      table[n] = (rows[n]! << 16) | (Math.round((scores[n]! / largest) * LARGEST) & 0xffff);
    ends[row] = size;
    units[row] = largest / LARGEST;
  }
  const sum = (weighted: Weighted) => {
    const size = weighted.rows.length;
    const out = room.floats(places).fill(0);
    const at = room.words(size);
    const weights = room.floats(size);
    at.set(weighted.rows);
    for (let n = 0; n < size; n++) weights[n] = weighted.weights[n]! * units[at[n]!]!;
    room.wasm.spread(
      out.byteOffset,
      table.byteOffset,
      m,
      ends.byteOffset,
      at.byteOffset,
      weights.byteOffset,
      size,
    );
    return out;
  };
  return (weighted) => room.lend(() => sum(weighted));
}

/**
 * The same in plain arithmetic: the oracle, and for larger tables, of which few rows are read.
 *
 * @param floats  Makes the sums' array.
 */
export function plainSpread(
  { m, rows: others, scores }: TopTable,
  places: number,
  floats: (length: number) => Float32Array = (length) => new Float32Array(length),
): Spread {
  return ({ rows, weights }) => {
    const out = floats(places).fill(0);
    for (let n = 0; n < rows.length; n++) {
      const weight = weights[n]!;
      let p = (rows[n]! * m) | 0; // an integer to the engine too: see dotRows
      for (const end = (p + m) | 0; p < end && scores[p] !== 0; p++)
        out[others[p]!]! += weight * scores[p]!;
    }
    return out;
  };
}
