/** States of sequence kNN: decayed sums of the vectors of liked posts, on a few directions, in 8 bits. */

/** The vectors whose sums are states. */
export type Vectors = {
  /** Of posts `[posts × k]`. */
  readonly vectors: Float32Array;
  readonly k: number;
};

/** Quantisation units per 1: of states less their mean, hardly a number exceeds 127 / 224. */
const UNITS = 224;

/** The state after some posts, oldest first, on the principal directions `[blocks × k × width]`, in 8 bits `[width]`. */
export function stateOf(
  rows: Uint32Array,
  vectors: Vectors,
  directions: Float32Array,
  decays: readonly number[],
): Int8Array {
  const state = openState(vectors, decays);
  for (const row of rows) state.add(row);
  const unit = state.unit();
  const projected = new Float32Array(directions.length / unit.length);
  for (let i = 0, at = 0; i < unit.length; i++)
    for (let j = 0; j < projected.length; j++) projected[j]! += unit[i]! * directions[at++]!;
  return quantise(projected);
}

/** Similarity of a state to a step, up to a constant, from the inner product of their 8 bits. */
export function similarity(product: number): number {
  return product / UNITS ** 2;
}

/** The decayed sums of posts that are added, oldest first. */
export function openState({ vectors, k }: Vectors, decays: readonly number[]) {
  const sums = new Float32Array(decays.length * k);
  const unit = new Float32Array(sums.length);
  return {
    add: (row: number): void => {
      for (let b = 0; b < decays.length; b++)
        for (let i = 0; i < k; i++)
          sums[b * k + i] = decays[b]! * sums[b * k + i]! + vectors[row * k + i]!;
    },
    /** The state as a unit vector, its blocks of equal length; overwritten by the next call. */
    unit: (): Float32Array => {
      for (let b = 0; b < decays.length; b++) {
        let squares = 0;
        for (let i = b * k; i < (b + 1) * k; i++) squares += sums[i]! ** 2;
        const scale = squares > 0 ? 1 / Math.sqrt(squares * decays.length) : 0;
        for (let i = b * k; i < (b + 1) * k; i++) unit[i] = sums[i]! * scale;
      }
      return unit;
    },
  };
}

/** Numbers in 8 bits; those beyond ±127 / {@link UNITS} become that. */
export function quantise(numbers: Float32Array): Int8Array {
  const out = new Int8Array(numbers.length);
  // Int8Array.from takes ten times as long.
  for (let n = 0; n < out.length; n++)
    out[n] = Math.max(-127, Math.min(127, Math.round(numbers[n]! * UNITS)));
  return out;
}
