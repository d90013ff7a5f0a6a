/** What ranking does with columns: by SIMD where they lie in a room, by plain arithmetic elsewhere. */
import { largest, topK } from "../top-k.ts";
import { addWeighted, compact, keep, nearness, standardise } from "./plain-vector-ops.ts";
import type { Numbers, Room } from "./room.ts";

/** Arrays of numbers, and what is done with them. */
export type Columns = {
  /** New arrays, not cleared; inside a scope they are good until it ends. */
  readonly floats: (length: number) => Float32Array;
  readonly words: (length: number) => Uint32Array;
  readonly bytes: (length: number) => Uint8Array;
  readonly scope: Room["scope"];
  /** `values[rows[n]]`. */
  readonly gather: (values: Float32Array, rows: Uint32Array) => Float32Array;
  /** See {@link largest}. */
  readonly largest: typeof largest;
  /** See {@link topK}. */
  readonly topK: typeof topK;
  /** See {@link standardise}. */
  readonly standardise: typeof standardise;
  /** See {@link addWeighted}. */
  readonly addWeighted: typeof addWeighted;
  /** See {@link keep}. */
  readonly keep: typeof keep;
  /** See {@link compact}. */
  readonly compact: typeof compact;
  /** See {@link nearness}. */
  readonly nearness: typeof nearness;
};

/** Columns on the heap. */
export const plainColumns: Columns = {
  floats: (length) => new Float32Array(length),
  words: (length) => new Uint32Array(length),
  bytes: (length) => new Uint8Array(length),
  scope: (run) => run(),
  gather: (values, rows) => {
    const out = new Float32Array(rows.length);
    for (let n = 0; n < out.length; n++) out[n] = values[rows[n]!]!;
    return out;
  },
  largest,
  topK,
  standardise,
  addWeighted,
  keep,
  compact,
  nearness,
};

/** Most that are picked at once by SIMD, and how many more are looked at together. */
const [PICKED_MAX, BATCH] = [8_192, 2_048];
/** Bytes that picking needs; see `assembly/select.ts`. */
const SPARE_BYTES = 4 * (2 * (PICKED_MAX + BATCH) + 2 * PICKED_MAX + 4_096);

/**
 * Columns in a room. What lies elsewhere, or is made outside of a scope, is worked on as plain ones
 * are, with the same result.
 */
export function columnsIn(room: Room): Columns {
  const { wasm } = room;
  let depth = 0;
  const pick = picker(room);
  const isHere = (a: Numbers, b = a, c = a) =>
    depth > 0 && room.has(a) && room.has(b) && room.has(c);

  return {
    floats: (length) => (depth > 0 ? room.floats(length) : new Float32Array(length)),
    words: (length) => (depth > 0 ? room.words(length) : new Uint32Array(length)),
    bytes: (length) => (depth > 0 ? room.bytes(length) : new Uint8Array(length)),
    scope: (run) => {
      depth++;
      try {
        return room.scope(run);
      } finally {
        depth--;
      }
    },
    gather: (values, rows) => {
      if (!isHere(values, rows)) return plainColumns.gather(values, rows);
      const out = room.floats(rows.length);
      wasm.gather(out.byteOffset, values.byteOffset, rows.byteOffset, rows.length);
      return out;
    },
    largest: (scores, k, allowed, above = -Infinity) =>
      isHere(scores, allowed) && k <= PICKED_MAX
        ? pick(scores, k, allowed, above, false)
        : largest(scores, k, allowed, above),
    topK: (scores, k) =>
      isHere(scores) && k <= PICKED_MAX
        ? pick(scores, k, undefined, -Infinity, true)
        : topK(scores, k),
    standardise: (column) => {
      if (!isHere(column)) return standardise(column);
      wasm.standardise(column.byteOffset, column.length);
      return column;
    },
    addWeighted: (total, column, weight) => {
      if (!isHere(total, column)) return addWeighted(total, column, weight);
      wasm.addWeighted(total.byteOffset, column.byteOffset, column.length, weight);
    },
    keep: (kept, rows, allowed) =>
      isHere(kept, rows, allowed)
        ? wasm.keep(kept.byteOffset, rows.byteOffset, rows.length, allowed.byteOffset)
        : keep(kept, rows, allowed),
    compact: (words) => {
      if (!isHere(words)) return compact(words);
      const [places, bits] = [room.words(words.length + 1), room.words(words.length + 1)];
      const { byteOffset, length } = words;
      const size = wasm.compact(places.byteOffset, bits.byteOffset, byteOffset, length);
      return { places: places.subarray(0, size), bits: bits.subarray(0, size) };
    },
    nearness: (columns, near, far, against) => {
      if (!isHere(columns)) return nearness(columns, near, far, against);
      const length = near + far > 0 ? columns.length / (near + far) : 0;
      const out = room.floats(length);
      wasm.nearness(out.byteOffset, columns.byteOffset, 4 * length, near, far, against, length);
      return out;
    },
  };
}

/** Picks places of the largest, in ascending order or best first, and keeps what that needs. */
function picker({ wasm, take, wordsAt }: Room) {
  const spare = take(SPARE_BYTES);
  return (
    scores: Float32Array,
    k: number,
    allowed: Uint8Array | undefined,
    above: number,
    isSorted: boolean,
  ): Uint32Array => {
    const most = Math.max(0, Math.min(k, scores.length));
    const out = take(4 * most);
    const { byteOffset: from, length } = scores;
    const mask = allowed?.byteOffset ?? 0;
    const size = wasm.largest(out, spare, most + BATCH, from, length, most, mask, above, isSorted);
    return wordsAt(out, size);
  };
}
