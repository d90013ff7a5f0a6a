/** The k largest of many numbers. */

/** Scores of an even sample, from which it is guessed what the k-th largest is; of fewer than twice as many none is taken. */
const SAMPLE = 512;
/** Up to so many are sorted by insertion. */
const FEW = 64;
/** Leading bits of a key by which the best are told from the rest, and how many keys begin with each. */
const COARSE_BITS = 12;
const COUNTS = new Uint32Array(1 << COARSE_BITS);
/** Counts of each of a key's four bytes. */
const BYTES = new Uint32Array(4 * 256);

/** Working space: a table of a million rows, each of them chosen with new arrays, would leave gigabytes behind. */
const spaceFor = (size: number) => ({
  places: new Uint32Array(size),
  keys: new Int32Array(size),
  order: new Uint32Array(size),
  other: new Uint32Array(size),
});
let space = spaceFor(0);

/**
 * Places of the `k` largest scores, best first; equal scores by ascending place. −∞ and NaN are never
 * among them. O(n): a sample tells a score that somewhat more than k surpass, one pass collects these,
 * and a radix sort puts them in order.
 *
 *     topK(Float32Array.of(3, 9, 5, 9), 3) → 1, 3, 2
 *
 * @param allowed  1 for places that may be among them; all may if it is absent.
 * @param above  Scores up to this are never among them.
 */
export function topK(
  scores: Float32Array,
  k: number,
  allowed?: Uint8Array,
  above = -Infinity,
): Uint32Array {
  const wanted = Math.max(0, Math.min(k, scores.length));
  return best(scores, collected(scores, wanted, above, allowed), wanted);
}

/** Puts places that hold the best `k`, and few others, into the working space; returns how many. */
function collected(scores: Float32Array, k: number, above: number, allowed?: Uint8Array): number {
  if (k === 0) return 0;
  if (space.places.length < scores.length) space = spaceFor(scores.length);
  const least = guess(scores, k, above, allowed);
  const size = collect(scores, 1, least, allowed);
  return size < k && least > above ? collect(scores, 1, above, allowed) : size;
}

/** A score that probably some more than `k` surpass; `above` where nothing is to be gained. */
function guess(scores: Float32Array, k: number, above: number, allowed?: Uint8Array): number {
  const every = Math.floor(scores.length / SAMPLE);
  const expected = k / every;
  if (every < 2 || 2 * expected > SAMPLE) return above;
  const size = collect(scores, every, above, allowed);
  const wanted = Math.ceil(expected + 3 * Math.sqrt(expected) + 2);
  if (wanted >= size) return above;
  const last = lastOfBest(keysOf(scores, size), wanted);
  let most = above;
  for (let n = 0; n < size; n++)
    if (space.keys[n]! > last) most = Math.max(most, scores[space.places[n]!]!);
  return most;
}

/** Puts the places of scores above `least` into the working space, looking at one of `every`; returns how many. */
function collect(scores: Float32Array, every: number, least: number, allowed?: Uint8Array): number {
  const { places } = space;
  const end = scores.length;
  let size = 0;
  // Written whether it counts or not: to guess which do would take longer.
  if (allowed === undefined)
    for (let place = 0; place < end; place += every) {
      places[size] = place;
      size += Number(scores[place]! > least);
    }
  else
    for (let place = 0; place < end; place += every) {
      places[size] = place;
      size += Number(scores[place]! > least) & allowed[place]!;
    }
  return size;
}

/** The best `wanted` of the first `size` places, in order. */
function best(scores: Float32Array, size: number, wanted: number): Uint32Array {
  const { places, keys } = space;
  const all = keysOf(scores, size);
  const last = 2 * wanted < size && size > FEW ? lastOfBest(all, wanted) : 0x7fff_ffff;
  let kept = 0;
  for (let n = 0; n < size; n++)
    if (keys[n]! <= last) {
      keys[kept] = keys[n]!;
      places[kept++] = places[n]!;
    }
  const order = kept > FEW ? sorted(kept) : inserted(kept);
  const out = new Uint32Array(Math.min(wanted, kept));
  for (let n = 0; n < out.length; n++) out[n] = places[order[n]!]!;
  return out;
}

/** Whole numbers that ascend as the scores at the first `size` places descend. */
function keysOf(scores: Float32Array, size: number): Int32Array {
  const { places, keys } = space;
  const bits = new Int32Array(scores.buffer, scores.byteOffset, scores.length);
  for (let n = 0; n < size; n++) {
    const it = bits[places[n]!]!;
    const sign = it >> 31;
    keys[n] = ~(it ^ (sign & 0x7fff_ffff)) + sign; // −0 falls together with 0
  }
  return keys.subarray(0, size);
}

/** A key that at least `wanted` keys do not exceed, and few more. */
function lastOfBest(keys: Int32Array, wanted: number): number {
  const shift = 32 - COARSE_BITS;
  const zero = 1 << (COARSE_BITS - 1);
  const counts = COUNTS.fill(0);
  for (let n = 0; n < keys.length; n++) counts[(keys[n]! >> shift) + zero]!++;
  let bucket = 0;
  for (let left = wanted - counts[0]!; left > 0; left -= counts[bucket]!) bucket++;
  return ((bucket - zero) << shift) | ((1 << shift) - 1);
}

/** The order that makes the first `size` keys ascend, in four passes of a byte each that keep the order of equals. */
function sorted(size: number): Uint32Array {
  const { keys } = space;
  const starts = BYTES.fill(0);
  for (let n = 0; n < size; n++) {
    const key = keys[n]! ^ -0x8000_0000;
    starts[key & 255]!++;
    starts[256 + ((key >>> 8) & 255)]!++;
    starts[512 + ((key >>> 16) & 255)]!++;
    starts[768 + (key >>> 24)]!++;
  }
  let [from, to] = [space.order, space.other];
  for (let n = 0; n < size; n++) from[n] = n;
  for (let pass = 0; pass < 4; pass++) {
    const [first, shift] = [256 * pass, 8 * pass];
    if (starts[first + (((keys[0]! ^ -0x8000_0000) >>> shift) & 255)] === size) continue; // all are equal
    for (let digit = first, start = 0; digit < first + 256; digit++) {
      const count = starts[digit]!;
      starts[digit] = start;
      start += count;
    }
    for (let n = 0; n < size; n++) {
      const it = from[n]!;
      to[starts[first + (((keys[it]! ^ -0x8000_0000) >>> shift) & 255)]!++] = it;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** {@link sorted} for a few: each is put where it belongs among those before it. */
function inserted(size: number): Uint32Array {
  const { keys, order } = space;
  for (let n = 0; n < size; n++) {
    let at = n;
    for (; at > 0 && keys[order[at - 1]!]! > keys[n]!; at--) order[at] = order[at - 1]!;
    order[at] = n;
  }
  return order;
}
