/** Newness: what nobody can have liked yet. */

const DAY_MS = 86_400_000;

/**
 * Newness of each post: 1 when made, ½ after `halfLifeDays`.
 *
 * @param createdAtMs  `[posts]`, clamped to `asOfMs`.
 */
export function freshness(
  createdAtMs: Float64Array,
  asOfMs: number,
  halfLifeDays: number,
): Float32Array {
  return Float32Array.from(createdAtMs, (it) => {
    const ageDays = Math.max(0, asOfMs - it) / DAY_MS;
    return 0.5 ** (ageDays / halfLifeDays);
  });
}
