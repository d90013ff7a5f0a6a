/** The largest of many numbers. AssemblyScript: `bun src/build/kernel.ts`. */

/** Bits of a key that are told apart at once when it is only asked which are among the best. */
const COARSE: i32 = 12;
const FINE: i32 = 10;
/** The same when they are put in order. */
const DIGIT: i32 = 11;
const DIGITS: usize = 1 << DIGIT;

/**
 * Places of the `k` largest scores above `above`, ascending; of equal ones the first. NaN is never
 * among them.
 *
 * @param places  Room for `room` places.
 * @param keys  Room for as many keys, and then for 4,096 counts.
 * @param room  More than `k`; the more, the less often what is found so far is thinned out.
 * @param allowed  1 for places that may be among them; 0 for all of them.
 * @returns how many there are.
 */
export function largest(
  places: usize,
  keys: usize,
  room: i32,
  scores: usize,
  count: i32,
  k: i32,
  allowed: usize,
  above: f32,
): i32 {
  const counts = keys + ((<usize>room) << 2);
  let size: i32 = 0;
  let least = f32x4.splat(above);
  for (let place: i32 = 0; place < count; place += 4) {
    const at = scores + ((<usize>place) << 2);
    // What does not beat the worst kept is passed over at once: nearly everything, once k are found.
    let beats = i32x4.bitmask(f32x4.gt(v128.load(at), least));
    if (count - place < 4) beats &= (1 << (count - place)) - 1;
    for (; beats !== 0; beats &= beats - 1) {
      const lane = ctz(beats);
      if (allowed !== 0 && load<u8>(allowed + place + lane) === 0) continue;
      if (size === room) {
        size = thinned(places, keys, size, k, counts);
        const worst = worstOf(scores, places, size);
        least = f32x4.splat(worst);
        if (!(load<f32>(at + ((<usize>lane) << 2)) > worst)) continue;
      }
      store<i32>(places + ((<usize>size) << 2), place + lane);
      store<u32>(keys + ((<usize>size) << 2), keyOf(load<i32>(at + ((<usize>lane) << 2))));
      size++;
    }
  }
  return size > k ? thinned(places, keys, size, k, counts) : size;
}

/** A whole number that ascends as the score with these bits descends; −0 falls together with 0. */
function keyOf(bits: i32): u32 {
  const sign = bits >> 31;
  return (<u32>(~(bits ^ (sign & 0x7fff_ffff)) + sign)) ^ 0x8000_0000;
}

function worstOf(scores: usize, places: usize, size: i32): f32 {
  let worst = f32.MAX_VALUE;
  for (let n: usize = 0; n < <usize>size; n++)
    worst = min(worst, load<f32>(scores + ((<usize>load<u32>(places + (n << 2))) << 2)));
  return worst;
}

/** Keep the `k` places with the least keys, in their order; of equal ones the first. */
function thinned(places: usize, keys: usize, size: i32, k: i32, counts: usize): i32 {
  if (k <= 0) return 0;
  let left = k;
  // The k-th key, a few leading bits at a time.
  let last: u32 = 0;
  let known = 32;
  for (let step = 0; step < 3; step++) {
    const width = step === 0 ? COARSE : FINE;
    const shift = known - width;
    memory.fill(counts, 0, (<usize>4) << width);
    const end = keys + ((<usize>size) << 2);
    for (let at = keys; at < end; at += 4) {
      const key = load<u32>(at);
      if (step > 0 && key >> known !== last) continue;
      const count = counts + ((<usize>((key >> shift) & ((1 << width) - 1))) << 2);
      store<i32>(count, load<i32>(count) + 1);
    }
    let bucket: u32 = 0;
    for (; left > load<i32>(counts + ((<usize>bucket) << 2)); bucket++)
      left -= load<i32>(counts + ((<usize>bucket) << 2));
    last = (last << width) | bucket;
    known = shift;
  }
  let kept: i32 = 0;
  for (let n: i32 = 0; n < size; n++) {
    const key = load<u32>(keys + ((<usize>n) << 2));
    if (key > last || (key === last && left-- <= 0)) continue;
    store<u32>(keys + ((<usize>kept) << 2), key);
    store<u32>(places + ((<usize>kept) << 2), load<u32>(places + ((<usize>n) << 2)));
    kept++;
  }
  return kept;
}

/**
 * Put places in the ascending order of their keys, equal ones as they are.
 *
 * @param spare  Room for as many places and keys again, and then for 2,048 counts.
 */
export function sort(places: usize, keys: usize, size: i32, spare: usize): void {
  const bytes = (<usize>size) << 2;
  let from = places;
  let to = spare;
  let fromKeys = keys;
  let toKeys = spare + bytes;
  const counts = spare + 2 * bytes;
  for (let shift = 0; shift < 32; shift += DIGIT) {
    memory.fill(counts, 0, DIGITS << 2);
    for (let n: usize = 0; n < bytes; n += 4) {
      const count = counts + digitOf(load<u32>(fromKeys + n), shift);
      store<u32>(count, load<u32>(count) + 4);
    }
    for (let digit: usize = 0, start: u32 = 0; digit < DIGITS << 2; digit += 4) {
      const count = load<u32>(counts + digit);
      store<u32>(counts + digit, start);
      start += count;
    }
    for (let n: usize = 0; n < bytes; n += 4) {
      const key = load<u32>(fromKeys + n);
      const count = counts + digitOf(key, shift);
      const at = <usize>load<u32>(count);
      store<u32>(count, <u32>at + 4);
      store<u32>(to + at, load<u32>(from + n));
      store<u32>(toKeys + at, key);
    }
    const sorted = to;
    to = from;
    from = sorted;
    const sortedKeys = toKeys;
    toKeys = fromKeys;
    fromKeys = sortedKeys;
  }
  memory.copy(places, from, bytes); // an odd number of passes
}

function digitOf(key: u32, shift: i32): usize {
  return (<usize>((key >> shift) & (<u32>DIGITS - 1))) << 2;
}
