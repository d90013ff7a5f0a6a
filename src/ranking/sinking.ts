/** How placeholder uploads sink below everything better: whoever has nothing better gets them as they are ranked. */
import type { Booster } from "./pipeline.ts";

/** What a placeholder's score is lowered by: more than terms add up to, few enough digits to keep its order. */
const DEPTH = 1_000;

/** Lowers the scores of placeholders. */
export const placeholder: Booster = {
  name: "placeholder",
  boost: ({ model, columns }, rows) => {
    let boost: Float32Array | undefined;
    for (let n = 0; n < rows.length; n++) {
      if (model.placeholders[rows[n]!] !== 1) continue;
      boost ??= columns.floats(rows.length).fill(0);
      boost[n] = -DEPTH;
    }
    return boost;
  },
};

/** A score as it was before it sank. */
export function raised(score: number): number {
  return score < -DEPTH / 2 ? score + DEPTH : score;
}

/** The same rows, placeholders behind all others. */
export function sunkLast(rows: Uint32Array, isPlaceholder: Uint8Array): Uint32Array {
  const out = new Uint32Array(rows.length);
  let size = 0;
  for (const wanted of [0, 1])
    for (let n = 0; n < rows.length; n++)
      if (isPlaceholder[rows[n]!] === wanted) out[size++] = rows[n]!;
  return out;
}
