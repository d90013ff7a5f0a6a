/** Sinking: ranks placeholder uploads below all other posts, in the order of their scores. */
import type { Served } from "../models/contract.ts";

/** Subtracted from a placeholder's score: more than all terms add up to, small enough that float32 keeps their order. */
const DEPTH = 1_000;

/** Lowers the scores of placeholders. */
export const placeholder = {
  name: "placeholder",
  boost: ({ model, arrays }, rows) => {
    let boost: Float32Array | undefined;
    for (let n = 0; n < rows.length; n++) {
      if (model.placeholders[rows[n]!] !== 1) continue;
      boost ??= arrays.floats(rows.length).fill(0);
      boost[n] = -DEPTH;
    }
    return boost;
  },
} satisfies { name: string; boost: Served["boost"] };

/** The score before a placeholder sank. */
export function raised(score: number): number {
  return score < -DEPTH / 2 ? score + DEPTH : score;
}

/** Moves placeholders behind all other rows; both keep their order. */
export function placeholdersLast(rows: Uint32Array, isPlaceholder: Uint8Array): Uint32Array {
  const out = new Uint32Array(rows.length);
  let size = 0;
  for (const wanted of [0, 1])
    for (let n = 0; n < rows.length; n++)
      if (isPlaceholder[rows[n]!] === wanted) out[size++] = rows[n]!;
  return out;
}
