/** Inner products of a few vectors with every row of one matrix, by SIMD where it is worth it. */
import { atOnce, type Steps } from "../../runtime/time-slicing.ts";
import { dotRows } from "../vector.ts";
import { roomFor, type Room } from "./room.ts";

/** Inner products of vectors X `[count × width]` with rows of one matrix. */
export type Products = {
  /**
   * With all of them, or those `from` (a multiple of 4) up to `to`: `[count × stride]`, where a
   * stride is the number of rows, in a room rounded up to a multiple of 4.
   */
  readonly withAll: (vectors: Float32Array, from?: number, to?: number) => Float32Array;
  /** With some of them, in the same layout. */
  readonly withSome: (vectors: Float32Array, rows: Uint32Array) => Float32Array;
};

/** How the numbers of a matrix are kept: as they are, or rounded to 16 bits. */
export type Kept = "floats" | "shorts";

/** What the length of the longest row becomes in 16 bits: no sum of products leaves 31 bits. */
const ONE = 32_767;

const NUMBERS_A_STEP = 1 << 16;

/** The next multiple of 4: rows of a matrix and of columns in a room. */
export const padded = (rows: number): number => (rows + 3) & ~3;

/** Bytes of the room that {@link productsIn} takes. */
export function productsBytes(rows: number, width: number, kept: Kept): number {
  return roomFor(padded(rows) * width * (kept === "floats" ? 4 : 2));
}

/**
 * Products with one matrix `[rows × width]`, of which the room keeps a copy: 25 billion
 * multiplications a second instead of 2.4 on one core, while the matrix fits in the caches. They lie
 * in the room.
 *
 * @param kept  16 bits take half the room and the time; a product of vectors of length 1 is then
 *   within 1e-4, and of others as near in relation to the longest.
 */
export function productsIn(room: Room, matrix: Float32Array, width: number, kept: Kept): Products {
  return atOnce(productsOpening(room, matrix, width, kept));
}

/** The same in steps. */
export function* productsOpening(
  room: Room,
  matrix: Float32Array,
  width: number,
  kept: Kept,
): Steps<Products> {
  const rows = matrix.length / width;
  const stride = padded(rows);
  const copy = kept === "floats" ? room.floats(stride * width) : room.shorts(stride * width);
  let square = 0;
  for (const part of partsOf(matrix, width)) {
    square = Math.max(square, squareOfLongest(part, width));
    yield;
  }
  const length = Math.sqrt(square) || 1;
  let unit = 1;
  let at = 0;
  for (const part of partsOf(matrix, width)) {
    unit = store(copy.subarray(at, (at += part.length)), part, length);
    yield;
  }
  const isFloats = kept === "floats";
  /** The vectors in the room, and what a product of 1 and 1 stands for. */
  const prepared = (vectors: Float32Array) => {
    const x = isFloats ? room.floats(vectors.length) : room.shorts(vectors.length);
    return { x: x.byteOffset, units: unit * store(x, vectors, longest(vectors, width)) };
  };
  const withAll = (vectors: Float32Array, from = 0, to = rows) => {
    const count = vectors.length / width;
    const out = room.floats(count * padded(to - from));
    const { x, units } = prepared(vectors);
    const y = copy.byteOffset + from * width * copy.BYTES_PER_ELEMENT;
    const where = [out.byteOffset, x, count, y, padded(to - from), width] as const;
    if (isFloats) room.wasm.products(...where);
    else room.wasm.products16(...where, units);
    return out;
  };
  const withSome = (vectors: Float32Array, rows: Uint32Array) => {
    const count = vectors.length / width;
    const across = padded(rows.length);
    const out = room.floats(count * across).fill(0);
    const { x, units } = prepared(vectors);
    const at = room.words(rows.length);
    at.set(rows);
    const where = [out.byteOffset, across, x, count, copy.byteOffset, at.byteOffset, rows.length, width] as const; // prettier-ignore
    if (rows.length === 0) return out;
    if (isFloats) room.wasm.productsWithSome(...where);
    else room.wasm.productsWithSome16(...where, units);
    return out;
  };
  return {
    withAll: (...asked) => room.lend(() => withAll(...asked)),
    withSome: (vectors, rows) => room.lend(() => withSome(vectors, rows)),
  };
}

/** The same in plain arithmetic: the oracle, and what serves where WASM has no SIMD. */
export function plainProducts(matrix: Float32Array, width: number): Products {
  const count = width > 0 ? matrix.length / width : 0;
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  const withSome: Products["withSome"] = (vectors, rows) => {
    const out = new Float32Array(width > 0 ? (vectors.length / width) * rows.length : 0);
    for (let n = 0, v = 0; n < out.length; v++)
      for (let at = 0; at < rows.length; at++)
        out[n++] = dotRows(vectors, v, matrix, rows[at]!, width);
    return out;
  };
  return {
    withAll: (vectors, from, to) => withSome(vectors, all.subarray(from, to)),
    withSome,
  };
}

/** Rows of a matrix, some at a time. */
function* partsOf(matrix: Float32Array, width: number): Generator<Float32Array> {
  const size = width * Math.ceil(NUMBERS_A_STEP / Math.max(1, width));
  for (let from = 0; from < matrix.length; from += size) yield matrix.subarray(from, from + size);
}

/** The length of the longest row; 1 if all are empty. */
function longest(matrix: Float32Array, width: number): number {
  return Math.sqrt(squareOfLongest(matrix, width)) || 1;
}

function squareOfLongest(matrix: Float32Array, width: number): number {
  let most = 0;
  for (let row = 0; row * width < matrix.length; row++)
    most = Math.max(most, dotRows(matrix, row, matrix, row, width));
  return most;
}

/** Copies numbers; returns what 1 in the copy stands for. */
function store(out: Float32Array | Int16Array, numbers: Float32Array, longest: number): number {
  if (out instanceof Float32Array) {
    out.set(numbers);
    return 1;
  }
  const scale = ONE / longest;
  for (let i = 0; i < numbers.length; i++) out[i] = Math.floor(numbers[i]! * scale + 0.5);
  return 1 / scale;
}
