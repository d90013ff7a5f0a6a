/** Vectors of 8 bits packed into 4 bits a number, for twice as many in the same memory. */

/** Numbers in two packed words of 32 bits. */
const GROUP = 8;
/** Added to every number by {@link unpack}, since four bits hold none below 0. */
const OFFSET = 32;

/**
 * Packs numbers from −32 to 31, others clamped, without their lowest two bits.
 *
 * @param bytes  Eight or a multiple of it. Of each eight, the first four are the low halves of four bytes.
 */
export function pack(bytes: Int8Array): Int8Array {
  const out = new Int8Array(bytes.length / 2);
  const half = (at: number) => Math.max(0, Math.min(15, (bytes[at]! + OFFSET) >> 2));
  for (let n = 0; n < out.length; n++) {
    const at = GROUP * (n >> 2) + (n & 3);
    out[n] = half(at) | (half(at + 4) << 4);
  }
  return out;
}

/**
 * Writes the numbers of `packed` to `out` from `at` on, each plus 32 and rounded down to a multiple of
 * 4: inner products with one query are all larger by the same number, and so in the same order.
 */
export function unpack(packed: Int8Array, out: Int8Array, at: number): void {
  const from = new Int32Array(packed.buffer, packed.byteOffset, packed.length / 4);
  const to = new Int32Array(out.buffer, at, 2 * from.length);
  for (let n = 0, m = 0; n < from.length; n++, m += 2) {
    const word = from[n]!;
    to[m] = (word << 2) & 0x3c3c3c3c;
    to[m + 1] = (word >>> 2) & 0x3c3c3c3c;
  }
}
