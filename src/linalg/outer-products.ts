/** Sums of outer products of the rows of a matrix. */

/**
 * `A += Σ |c| y yᵀ` over some rows y of `factors` `[… × k]`: the lower triangle of A `[k × k]`. Four rows at
 * a time, so that sums are loaded and stored a quarter as often: half the time.
 */
export function addOuterProducts(
  a: Float64Array,
  factors: Float32Array,
  k: number,
  rows: Uint32Array,
  confidence: Float32Array,
): void {
  const n = rows.length;
  for (let p = 0; p < n; p += 4) {
    // Beyond the end, the last row is repeated with weight 0.
    const q = Math.min(p + 1, n - 1);
    const r = Math.min(p + 2, n - 1);
    const s = Math.min(p + 3, n - 1);
    const c0 = Math.abs(confidence[p]!);
    const c1 = p + 1 < n ? Math.abs(confidence[q]!) : 0;
    const c2 = p + 2 < n ? Math.abs(confidence[r]!) : 0;
    const c3 = p + 3 < n ? Math.abs(confidence[s]!) : 0;
    const y0 = (rows[p]! * k) | 0; // integers to the engine too: see dotRows
    const y1 = (rows[q]! * k) | 0;
    const y2 = (rows[r]! * k) | 0;
    const y3 = (rows[s]! * k) | 0;
    for (let i = 0; i < k; i++) {
      const u0 = c0 * factors[y0 + i]!;
      const u1 = c1 * factors[y1 + i]!;
      const u2 = c2 * factors[y2 + i]!;
      const u3 = c3 * factors[y3 + i]!;
      const at = i * k;
      for (let j = 0; j <= i; j++)
        a[at + j]! +=
          u0 * factors[y0 + j]! +
          u1 * factors[y1 + j]! +
          (u2 * factors[y2 + j]! + u3 * factors[y3 + j]!);
    }
  }
}
