/** Top-k: the k largest of many numbers. */

/** Size of the sample of many scores that estimates the k-th largest. */
const SAMPLE = 512;
/** Scores per sampled one where they are few. */
const SAMPLED_OF = 4;
/** Most scores that are sorted by insertion. */
const FEW = 64;
/** Leading bits of a key that its bucket in the sample's histogram is made of. */
const COARSE_BITS = 12;
/** Histogram of the sample. */
const COARSE = new Uint32Array(1 << COARSE_BITS);
/** Counts of each of a key's four bytes. */
const BYTES = new Uint32Array(4 * 256);
/** One number, as a float and as its bits. */
const FLOAT = new Float32Array(1);
const BITS = new Int32Array(FLOAT.buffer);

/** Reused arrays: new ones for each row of a table of a million would be gigabytes of garbage. */
function spaceFor(size: number) {
  const values = new Float32Array(size);
  return {
    places: new Uint32Array(size),
    values,
    bits: new Int32Array(values.buffer),
    keys: new Uint32Array(size),
    order: new Uint32Array(size),
    other: new Uint32Array(size),
  };
}
let space = spaceFor(0);

/**
 * Indices of the `k` largest scores, best first; equal scores by ascending index. −∞ and NaN are left out.
 * O(n): a sample estimates a score that slightly more than k exceed, one pass collects these, and a radix
 * sort orders them.
 *
 *     topK(Float32Array.of(3, 9, 5, 9), 3) → 1, 3, 2
 *
 * @param allowed  1 for indices that may be returned; all if absent.
 * @param above  Only larger scores are returned.
 */
export function topK(
  scores: Float32Array,
  k: number,
  allowed?: Uint8Array,
  above = -Infinity,
): Uint32Array {
  const size = collectBest(scores, k, allowed, above);
  const order = size > FEW ? sorted(scores, size) : inserted(scores, size);
  const out = new Uint32Array(Math.max(0, Math.min(k, size)));
  for (let n = 0; n < out.length; n++) out[n] = space.places[order[n]!]!;
  return out;
}

/**
 * The indices of {@link topK} in ascending order: nothing is sorted. Of more scores than are wanted, a radix
 * select finds the k-th largest, byte by byte.
 */
export function anyTopK(...options: Parameters<typeof topK>): Uint32Array {
  const size = collectBest(...options);
  const [scores, k] = options;
  const { places } = space;
  if (size === 0 || size <= k) return places.slice(0, size);
  const keys = keysOf(scores, size);
  // Keys below `prefix` in the bits of `mask` are wanted, and `left` of those that equal it.
  let [left, prefix, mask] = [k, 0, 0];
  for (let shift = 24; shift >= 0; shift -= 8) {
    const counts = BYTES.fill(0, 0, 256);
    for (let n = 0; n < size; n++)
      if ((keys[n]! & mask) === prefix) counts[(keys[n]! >>> shift) & 255]!++;
    let digit = 0;
    while (left > counts[digit]!) left -= counts[digit++]!;
    prefix |= digit << shift;
    mask |= 255 << shift;
    if (left === counts[digit]) break;
  }
  const out = new Uint32Array(k);
  for (let n = 0, filled = 0; filled < k; n++) {
    const key = (keys[n]! & mask) >>> 0;
    const isLast = key === prefix >>> 0;
    if (isLast ? left-- <= 0 : key > prefix >>> 0) continue;
    out[filled++] = places[n]!;
  }
  return out;
}

/** Collects the indices of the `k` largest scores, and maybe of a few more; returns their number. */
function collectBest(...[scores, k, allowed, above = -Infinity]: Parameters<typeof topK>): number {
  const wanted = Math.min(k, scores.length);
  if (wanted <= 0) return 0;
  if (space.places.length < scores.length) space = spaceFor(scores.length);
  const least = guess(scores, wanted, above, allowed);
  const size = collect(scores, 1, least, allowed);
  return size < wanted && least > above ? collect(scores, 1, above, allowed) : size;
}

/** A score that probably slightly more than `k` exceed; `above` if a sample would not help. */
function guess(scores: Float32Array, k: number, above: number, allowed?: Uint8Array): number {
  const every = Math.max(SAMPLED_OF, Math.floor(scores.length / SAMPLE));
  const expected = k / every;
  if (2 * k > scores.length || scores.length < SAMPLED_OF * FEW) return above;
  const size = collect(scores, every, above, allowed);
  const wanted = Math.ceil(expected + 3 * Math.sqrt(expected) + 2);
  if (wanted >= size) return above;
  const shift = 32 - COARSE_BITS;
  const keys = keysOf(scores, size);
  COARSE.fill(0);
  let bucket = COARSE.length;
  for (let n = 0; n < size; n++) {
    const at = keys[n]! >>> shift;
    COARSE[at]!++;
    bucket = Math.min(bucket, at);
  }
  for (let left = wanted - COARSE[bucket]!; left > 0; left -= COARSE[bucket]!) bucket++;
  return scoreOf((bucket + 1) << shift);
}

/** Collects the indices of scores above `least`, of every `every`-th score; returns their number. */
function collect(scores: Float32Array, every: number, least: number, allowed?: Uint8Array): number {
  const { places } = space;
  const end = scores.length;
  let size = 0;
  // Written in any case: a branch would be mispredicted.
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

/**
 * Sort keys of the first `size` collected scores: unsigned integers that ascend as the floats descend; −0 and 0 are equal.
 * The scores are copied to where their bits can be read: a view of a small array's buffer would move it first.
 */
function keysOf(scores: Float32Array, size: number): Uint32Array {
  const { places, values, bits, keys } = space;
  for (let n = 0; n < size; n++) values[n] = scores[places[n]!]!;
  for (let n = 0; n < size; n++) {
    const it = bits[n]!;
    const sign = it >> 31;
    keys[n] = (~(it ^ (sign & 0x7fff_ffff)) + sign) ^ -0x8000_0000;
  }
  return keys;
}

/** The float of a key. */
function scoreOf(key: number): number {
  const signed = key ^ -0x8000_0000;
  BITS[0] = signed < 0 ? ~signed : ~(signed + 1) ^ 0x7fff_ffff;
  return FLOAT[0]!;
}

/** Radix sort of the first `size` indices by ascending key, byte by byte; equal keys keep their order. */
function sorted(scores: Float32Array, size: number): Uint32Array {
  const keys = keysOf(scores, size);
  const starts = BYTES.fill(0);
  let [from, to] = [space.order, space.other];
  for (let n = 0; n < size; n++) {
    const key = keys[n]!;
    from[n] = n;
    starts[key & 255]!++;
    starts[256 + ((key >>> 8) & 255)]!++;
    starts[512 + ((key >>> 16) & 255)]!++;
    starts[768 + (key >>> 24)]!++;
  }
  for (let pass = 0; pass < 4; pass++) {
    const [first, shift] = [256 * pass, 8 * pass];
    if (starts[first + ((keys[0]! >>> shift) & 255)] === size) continue; // all have the same byte
    for (let digit = first, start = 0; digit < first + 256; digit++) {
      const count = starts[digit]!;
      starts[digit] = start;
      start += count;
    }
    for (let n = 0; n < size; n++) {
      const it = from[n]!;
      to[starts[first + ((keys[it]! >>> shift) & 255)]!++] = it;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** {@link sorted} for a few: each is put where it belongs among those before it. */
function inserted(scores: Float32Array, size: number): Uint32Array {
  const { order } = space;
  const keys = keysOf(scores, size);
  for (let n = 0; n < size; n++) {
    let at = n;
    for (; at > 0 && keys[order[at - 1]!]! > keys[n]!; at--) order[at] = order[at - 1]!;
    order[at] = n;
  }
  return order;
}
