/** The vectors of 8 bits with the largest inner products, by looking at the lists where they should be. */
import { nearestBytes } from "./bytes.ts";

/** Vectors that lie list by list. Arrays begin where their buffers begin. */
export type Lists = {
  /** `[rows × width]` */
  readonly bytes: Int8Array;
  /** `[lists × width]`; empty: there are no lists. */
  readonly centres: Int8Array;
  /** List n is rows `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Uint32Array;
};

/** Where the vectors of the lists that are looked at lie side by side: overwritten by each search. */
let room = new Int8Array(0);

/**
 * What {@link nearestBytes} finds, among the rows of the nearest lists only.
 *
 * @param looked  Rows that are looked at, at most; one list is, however long.
 */
export function nearestInLists(
  { bytes, centres, starts }: Lists,
  query: Int8Array,
  wanted: number,
  looked: number,
) {
  if (centres.length === 0) return nearestBytes(bytes, query, wanted);
  const d = query.length;
  const ranked = nearestBytes(centres, query, starts.length - 1).places;
  let [lists, rows] = [0, 0];
  for (; lists < ranked.length; lists++) {
    const length = lengthOf(starts, ranked[lists]!);
    if (lists > 0 && rows + length > looked) break;
    rows += length;
  }
  if (room.length < rows * d) room = new Int8Array(rows * d);
  const firsts = new Uint32Array(lists);
  for (let n = 0, at = 0; n < lists; n++) {
    firsts[n] = at;
    const [from, to] = [starts[ranked[n]!]!, starts[ranked[n]! + 1]!];
    room.set(bytes.subarray(from * d, to * d), at * d);
    at += to - from;
  }
  const { places, products } = nearestBytes(room.subarray(0, rows * d), query, wanted);
  return { places: places.map((it) => placeOf(it)), products };

  /** From a place in the room to the row that lies there. */
  function placeOf(place: number): number {
    let n = lists - 1;
    while (firsts[n]! > place) n--;
    return starts[ranked[n]!]! + place - firsts[n]!;
  }
}

function lengthOf(starts: Uint32Array, list: number): number {
  return starts[list + 1]! - starts[list]!;
}
