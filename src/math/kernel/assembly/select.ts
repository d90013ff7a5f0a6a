/** The largest of many numbers. AssemblyScript: `bun src/build/kernel.ts`. */

/** Scores by which it is guessed what will not be among the best: 16 kB. */
const BLOCK: i32 = 4_096;
/** How often the guess is halved at most. */
const HALVINGS: i32 = 24;
/** Bits of a key that are told apart at once when it is only asked which are among the best. */
const COARSE: i32 = 8;
/** The same when they are put in order. */
const DIGIT: i32 = 11;
const DIGITS: usize = 1 << DIGIT;

/**
 * Places of the `k` largest scores above `above`, ascending; of equal ones the first. NaN is never
 * among them.
 *
 * @param places  Room for `room` places.
 * @param keys  Room for as many keys, or {@link BLOCK} numbers if that is more, and then for 256 counts.
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
  let least = f32x4.splat(surpassed(scores, min(count, BLOCK), k, allowed, above, keys));
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

/**
 * A score that at least `k` of some others surpass, and not many more; `above` if so many do not
 * surpass that. By halving: to look at all of them takes less time than to take one of them up.
 *
 * @param room  For as many scores.
 */
function surpassed(
  scores: usize,
  count: i32,
  k: i32,
  allowed: usize,
  above: f32,
  room: usize,
): f32 {
  if (k >= count) return above;
  const bytes = ((<usize>count) & ~3) << 2;
  let least = f32x4.splat(f32.MAX_VALUE);
  let most = f32x4.splat(-f32.MAX_VALUE);
  let fitting = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    let score = v128.load(scores + at);
    let fits = f32x4.gt(score, f32x4.splat(above));
    if (allowed !== 0) {
      const mask = v128.load32_zero(allowed + (at >> 2));
      const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(mask));
      fits = v128.and(fits, i32x4.neg(wide));
    }
    fitting = i32x4.sub(fitting, fits);
    least = f32x4.min(least, v128.bitselect(score, least, fits));
    score = v128.bitselect(score, f32x4.splat(-Infinity), fits);
    most = f32x4.max(most, score);
    v128.store(room + at, score);
  }
  if (sumOf(fitting) <= k) return above;
  let low = min(
    min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
    min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
  );
  let high = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  let best = above;
  for (let n = 0; n < HALVINGS; n++) {
    const middle: f32 = <f32>0.5 * low + <f32>0.5 * high;
    if (!(middle > low && middle < high)) break; // none between, or not finite
    const found = countAbove(room, bytes, middle);
    if (found < k) {
      high = middle;
      continue;
    }
    best = middle;
    low = middle;
    if (found <= k + (k >> 1) + 32) break;
  }
  return best;
}

function countAbove(scores: usize, bytes: usize, than: f32): i32 {
  const bound = f32x4.splat(than);
  let counts = i32x4.splat(0);
  let at = scores;
  for (const end = scores + (bytes & ~63); at < end; at += 64) {
    const a = i32x4.add(f32x4.gt(v128.load(at), bound), f32x4.gt(v128.load(at, 16), bound));
    const b = i32x4.add(f32x4.gt(v128.load(at, 32), bound), f32x4.gt(v128.load(at, 48), bound));
    counts = i32x4.sub(counts, i32x4.add(a, b));
  }
  for (const end = scores + bytes; at < end; at += 16)
    counts = i32x4.sub(counts, f32x4.gt(v128.load(at), bound));
  return sumOf(counts);
}

function sumOf(counts: v128): i32 {
  const pairs = i32x4.add(counts, v128.shuffle<i32>(counts, counts, 2, 3, 0, 1));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
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
  const end = keys + ((<usize>size) << 2);
  for (let known = 32; known > 0; known -= COARSE) {
    const shift = known - COARSE;
    memory.fill(counts, 0, 4 << COARSE);
    for (let at = keys; at < end; at += 4) {
      const key = load<u32>(at);
      if (known < 32 && key >> known !== last) continue;
      const count = counts + ((<usize>((key >> shift) & ((1 << COARSE) - 1))) << 2);
      store<i32>(count, load<i32>(count) + 1);
    }
    let bucket: u32 = 0;
    for (; left > load<i32>(counts + ((<usize>bucket) << 2)); bucket++)
      left -= load<i32>(counts + ((<usize>bucket) << 2));
    last = (last << COARSE) | bucket;
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
