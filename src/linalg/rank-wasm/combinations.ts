/**
 * Inner products of combinations of a matrix's rows with all of its rows, from the products of the
 * rows with each other: those are worked out when first needed, and kept.
 */
import type { Products } from "./products.ts";
import { roomFor, type Room } from "./room.ts";

/** Combinations `x_v = Σ_n weight_n × row_n`, n from `starts[v]` up to `starts[v + 1]`. */
export type Combinations = {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly weights: Float32Array;
};

/** x·y for all combinations X and all rows of the matrix `[combinations × stride]`, see {@link Products}. */
export type CombinationProducts = (combinations: Combinations) => Float32Array;

/** Bytes of the room that {@link combinationsIn} takes. */
export function combinationsBytes(rows: number): number {
  return roomFor(2 * rows * widthOf(rows));
}

/** What a product of 1 is in 16 bits, and the largest weight; sums of weights keep sums in 31 bits. */
const [ONE, SUM_MAX] = [32_767, 65_000];

/** Numbers from one row of the table to the next. */
const widthOf = (rows: number) => (rows + 31) & ~31;

/**
 * What it costs is the products of the rows that are combined, not their width: for 50 rows of
 * 3,400 × 384, 30 µs instead of 300. Products are kept in 16 bits.
 *
 * @param products  Of unit vectors with all rows of the matrix, which are such too.
 * @param row  One row of it.
 */
export function combinationsIn(
  room: Room,
  rows: number,
  products: Products["withAll"],
  row: (row: number) => Float32Array,
): CombinationProducts {
  const width = widthOf(rows);
  const table = room.shorts(rows * width);
  const isKnown = new Uint8Array(rows);

  function know(wanted: Uint32Array): void {
    for (let n = 0; n < wanted.length; n++) {
      const it = wanted[n]!;
      if (isKnown[it] === 1) continue;
      room.scope(() => {
        const found = products(row(it));
        for (let n = 0; n < rows; n++)
          table[it * width + n] = Math.round(Math.max(-1, Math.min(1, found[n]!)) * ONE);
      });
      isKnown[it] = 1;
    }
  }

  const combine = ({ starts, rows: combined, weights }: Combinations) => {
    know(combined);
    const out = room.floats((starts.length - 1) * width);
    for (let v = 0; v + 1 < starts.length; v++)
      room.scope(() => {
        const [from, to] = [starts[v]!, starts[v + 1]!];
        const even = (to - from + 1) & ~1;
        const places = room.words(even).fill(0);
        places.set(combined.subarray(from, to));
        const rounded = room.shorts(even).fill(0);
        const unit = unitOf(weights, from, to);
        for (let n = from; n < to; n++) rounded[n - from] = Math.round(weights[n]! / unit);
        room.wasm.combine(
          out.byteOffset + 4 * v * width,
          table.byteOffset,
          width,
          places.byteOffset,
          rounded.byteOffset,
          even,
          unit / ONE,
        );
      });
    return out;
  };
  return (combinations) => room.lend(() => combine(combinations));
}

/** What 1 stands for when some weights are rounded to 16 bits. */
function unitOf(weights: Float32Array, from: number, to: number): number {
  let [most, sum] = [0, 0];
  for (let n = from; n < to; n++) {
    most = Math.max(most, Math.abs(weights[n]!));
    sum += Math.abs(weights[n]!);
  }
  return Math.max(most / ONE, sum / SUM_MAX) || 1;
}
