/** What ranking does with columns: by SIMD where they lie in a room, by plain arithmetic elsewhere. */
import { largest, topK } from "../top-k.ts";
import { addWeighted, compact, keep, nearness, standardise } from "./plain-columns.ts";
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

/** Keys that are sorted out at once, beside those that are kept. */
const BATCH = 2_048;
/** Counts that sorting out and sorting need beside the keys. */
const COUNTS = 4_096;

/**
 * Columns in a room. What lies elsewhere, or is made outside of a scope, is worked on as plain ones
 * are, with the same result.
 */
export function columnsIn(room: Room): Columns {
  const { wasm } = room;
  let depth = 0;
  const isHere = (...all: readonly Numbers[]) => depth > 0 && all.every(room.has);

  /** Places of the largest in ascending order; best first if they are to be sorted. */
  function pick(
    scores: Float32Array,
    k: number,
    allowed: Uint8Array | undefined,
    above: number,
    isSorted: boolean,
  ): Uint32Array {
    const out = room.words(Math.max(0, Math.min(k, scores.length)));
    const size = room.scope(() => {
      const most = Math.min(scores.length, out.length + BATCH) + 1;
      const [places, keys] = [room.words(most), room.words(most + COUNTS)];
      const [to, keysAt] = [places.byteOffset, keys.byteOffset];
      const { byteOffset: from, length } = scores;
      const size = wasm.largest(to, keysAt, most, from, length, out.length, allowed?.byteOffset ?? 0, above); // prettier-ignore
      if (isSorted) wasm.sort(to, keysAt, size, room.words(2 * size + COUNTS).byteOffset);
      out.set(places.subarray(0, size));
      return size;
    });
    return out.subarray(0, size);
  }

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
      isHere(scores, allowed)
        ? pick(scores, k, allowed, above, false)
        : largest(scores, k, allowed, above),
    topK: (scores, k) =>
      isHere(scores) ? pick(scores, k, undefined, -Infinity, true) : topK(scores, k),
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
      const [places, bits] = [room.words(words.length), room.words(words.length)];
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
