/** The largest of many numbers. AssemblyScript: `bun src/build/kernel.ts`. */

/** Scores by which it is guessed what will not be among the best: 16 kB. */
const BLOCK: i32 = 4_096;
/** How often it is guessed at most. */
const GUESSES: i32 = 24;
/** Bits of a key that are told apart at once when it is only asked which are among the best. */
const COARSE: i32 = 8;
/** The same when they are put in order. */
const DIGIT: i32 = 11;
const DIGITS: usize = 1 << DIGIT;

/**
 * Places of the `k` largest scores above `above`, best first if they are to be sorted, else
 * ascending; of equal ones the first. NaN is never among them.
 *
 * @param out  Room for `k` places.
 * @param spare  For twice `room` words, then twice `k`, then 4,096.
 * @param room  At least 4 more than `k`; the more, the less often what is found so far is thinned out.
 * @param allowed  1 for places that may be among them; 0 for all of them.
 * @returns how many there are.
 */
export function largest(
  out: usize,
  spare: usize,
  room: i32,
  scores: usize,
  count: i32,
  k: i32,
  allowed: usize,
  above: f32,
  isSorted: boolean,
): i32 {
  const places = spare;
  const keys = places + ((<usize>room) << 2);
  const rest = keys + ((<usize>room) << 2);
  let size: i32 = 0;
  let least = f32x4.splat(surpassed(scores, min(count, BLOCK), k, allowed, above, rest));
  for (let place: i32 = 0; place < count; place += 4) {
    const score = v128.load(scores + ((<usize>place) << 2));
    // What does not beat the worst kept is passed over at once: nearly everything, once k are found.
    let beats = i32x4.bitmask(f32x4.gt(score, least));
    if (beats === 0) continue;
    if (count - place < 4) beats &= (1 << (count - place)) - 1;
    if (allowed !== 0) beats &= bitsOf(load<u32>(allowed + place));
    if (size + 4 > room) {
      size = thinned(places, keys, size, k, rest);
      least = f32x4.splat(worstOf(scores, places, size));
      beats &= i32x4.bitmask(f32x4.gt(score, least));
    }
    // Written whether it counts or not: to guess which do would take longer.
    const fours = keysOf(score);
    size = put(places, keys, size, place, i32x4.extract_lane(fours, 0), beats & 1);
    size = put(places, keys, size, place + 1, i32x4.extract_lane(fours, 1), (beats >> 1) & 1);
    size = put(places, keys, size, place + 2, i32x4.extract_lane(fours, 2), (beats >> 2) & 1);
    size = put(places, keys, size, place + 3, i32x4.extract_lane(fours, 3), beats >> 3);
  }
  if (size > k) size = thinned(places, keys, size, k, rest);
  if (isSorted) sort(places, keys, size, rest);
  memory.copy(out, places, (<usize>size) << 2);
  return size;
}

/**
 * A score that at least `k` of some others surpass, and not many more; `above` if so many do not
 * surpass that. By guessing: to count all that surpass a score takes less time than to take up a few.
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
  let tooMany = <f32>(sumOf(fitting) - k);
  let tooFew = <f32>k;
  let side: i32 = 0;
  let best = above;
  // The Illinois method: as if scores lay evenly between the bounds, but less so for a bound that stays.
  for (let n = 0; n < GUESSES; n++) {
    const share = tooMany / (tooMany + tooFew);
    const guess: f32 = low + (high - low) * max<f32>(0.02, min<f32>(0.98, share));
    if (!(guess > low && guess < high)) break; // none between, or not finite
    const found = countAbove(room, bytes, guess);
    if (found < k) {
      high = guess;
      tooFew = <f32>(k - found);
      if (side > 0) tooMany *= 0.5;
      side = 1;
    } else {
      best = low = guess;
      if (found === k) break;
      tooMany = <f32>(found - k);
      if (side < 0) tooFew *= 0.5;
      side = -1;
    }
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

function put(places: usize, keys: usize, size: i32, place: i32, key: i32, counts: i32): i32 {
  store<i32>(places + ((<usize>size) << 2), place);
  store<i32>(keys + ((<usize>size) << 2), key);
  return size + counts;
}

/** The lowest bits of four bytes. */
function bitsOf(bytes: u32): i32 {
  return (<i32>(((bytes & 0x0101_0101) * 0x0102_0408) >> 24)) & 15;
}

/** Whole numbers without a sign that ascend as the scores descend; −0 falls together with 0. */
function keysOf(scores: v128): v128 {
  const signs = i32x4.shr_s(scores, 31);
  const ascending = v128.xor(scores, v128.and(signs, i32x4.splat(0x7fff_ffff)));
  const descending = i32x4.add(v128.not(ascending), signs);
  return v128.xor(descending, i32x4.splat(0x8000_0000));
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
    store<u32>(keys + ((<usize>kept) << 2), key);
    store<u32>(places + ((<usize>kept) << 2), load<u32>(places + ((<usize>n) << 2)));
    const isLast = i32(key === last) & i32(left > 0);
    left -= isLast;
    kept += i32(key < last) | isLast;
  }
  return kept;
}

/**
 * Put places in the ascending order of their keys, equal ones as they are.
 *
 * @param spare  Room for as many places and keys again, and then for 2,048 counts.
 */
function sort(places: usize, keys: usize, size: i32, spare: usize): void {
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
