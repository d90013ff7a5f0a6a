/** The k largest of many numbers. */

/** Scores that are looked at together; below {@link FEW} they are sorted as they are. */
const BATCH = 8_192;
const FEW = 64;
/** Leading bits of a key by which the best of a batch are told from the rest. */
const COARSE_BITS = 12;
/** How many keys begin with each of them: room for one count at a time. */
const COUNTS = new Uint32Array(1 << COARSE_BITS);

/**
 * Places of the `k` largest scores, best first; equal scores by ascending place. Scores of −∞
 * (and NaN) are never among them.
 *
 * O(n), hardly a score is compared with another: they are counted by their leading bits, which
 * leaves little more than `k` of them, and those are sorted by radix.
 */
export function topK(scores: Float32Array, k: number): Uint32Array {
  const wanted = Math.max(0, Math.min(k, scores.length));
  return best(scores, gathered(scores, wanted, -Infinity), wanted);
}

/**
 * The same places, in any order, of those that are allowed and have more than `above`.
 *
 * @param allowed  1 for places that may be among them.
 */
export function largest(
  scores: Float32Array,
  k: number,
  allowed: Uint8Array,
  above = -Infinity,
): Uint32Array {
  const places = gathered(scores, k, above, allowed);
  const count = places.length;
  if (count <= k) return places;
  const keys = keysOf(scores, places);
  const last = lastOfBest(keys, k);
  // Surely among the best is what lies before the bucket of the last; of that bucket, the best.
  const first = last - ((1 << (32 - COARSE_BITS)) - 1);
  const out = new Uint32Array(k);
  let sure = 0;
  let unsure = 0;
  for (let n = 0; n < count; n++) {
    const key = keys[n]!;
    if (key < first) out[sure++] = places[n]!;
    else if (key <= last) places[unsure++] = places[n]!;
  }
  out.set(best(scores, places.subarray(0, unsure), k - sure), sure);
  return out;
}

/** Places that hold the best `wanted`, and few of the others; equal ones in their order. */
function gathered(
  scores: Float32Array,
  wanted: number,
  above: number,
  allowed?: Uint8Array,
): Uint32Array {
  const found = new Uint32Array(Math.min(wanted + BATCH, scores.length));
  let size = 0;
  // What does not beat the worst kept is passed over at once: nearly everything, once k are found.
  let worst = above;
  for (let place = 0; place < scores.length && wanted > 0; place++) {
    if (!(scores[place]! > worst) || allowed?.[place] === 0) continue;
    if (size === found.length) {
      found.set(best(scores, found, wanted));
      size = wanted;
      worst = scores[found[size - 1]!]!;
      if (!(scores[place]! > worst)) continue;
    }
    found[size++] = place;
  }
  return found.subarray(0, size);
}

/** The best `wanted` of some places, of which equal ones come in the order given; `places` is used up. */
function best(scores: Float32Array, places: Uint32Array, wanted: number): Uint32Array {
  const keys = keysOf(scores, places);
  const last =
    2 * wanted < keys.length && keys.length > FEW ? lastOfBest(keys, wanted) : 0x7fff_ffff;
  let size = 0;
  for (let n = 0; n < keys.length; n++)
    if (keys[n]! <= last) {
      keys[size] = keys[n]!;
      places[size++] = places[n]!;
    }
  const order = size > FEW ? sorted(keys.subarray(0, size)) : inserted(keys.subarray(0, size));
  const out = new Uint32Array(Math.min(wanted, size));
  for (let n = 0; n < out.length; n++) out[n] = places[order[n]!]!;
  return out;
}

/** Whole numbers that ascend as the scores at some places descend. */
function keysOf(scores: Float32Array, places: Uint32Array): Int32Array {
  const bits = new Int32Array(scores.buffer, scores.byteOffset, scores.length);
  const keys = new Int32Array(places.length);
  for (let n = 0; n < keys.length; n++) {
    const it = bits[places[n]!]!;
    const sign = it >> 31;
    keys[n] = ~(it ^ (sign & 0x7fff_ffff)) + sign; // −0 falls together with 0
  }
  return keys;
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

/** The order that makes keys ascend, in four passes of a byte each that keep the order of equals. */
function sorted(keys: Int32Array): Uint32Array {
  const size = keys.length;
  const starts = new Uint32Array(4 * 256);
  for (let n = 0; n < size; n++) {
    const key = keys[n]! ^ -0x8000_0000;
    starts[key & 255]!++;
    starts[256 + ((key >>> 8) & 255)]!++;
    starts[512 + ((key >>> 16) & 255)]!++;
    starts[768 + (key >>> 24)]!++;
  }
  let from = new Uint32Array(size);
  for (let n = 0; n < size; n++) from[n] = n;
  let to = new Uint32Array(size);
  for (let pass = 0; pass < 4; pass++) {
    const [first, shift] = [256 * pass, 8 * pass];
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

/** The same for a few: each is put where it belongs among those before it. */
function inserted(keys: Int32Array): Uint32Array {
  const order = new Uint32Array(keys.length);
  for (let n = 0; n < keys.length; n++) {
    let at = n;
    for (; at > 0 && keys[order[at - 1]!]! > keys[n]!; at--) order[at] = order[at - 1]!;
    order[at] = n;
  }
  return order;
}
