/** Vectors that lie as those of texts do: in crowds, and along few directions. */
import { seededRandom } from "../../src/linalg/random.ts";
import { normalise } from "../../src/linalg/vector.ts";

const CROWDS = 1_000;
/** Decay of the weights of directions, and distance of a crowd's centroid from the middle of all. */
const FALL = 0.5;
const APART = 0.8;

/**
 * Unit vectors `[rows × d]`, crowds of very unequal sizes. Of 20,000 × 384, a stranger's nearest has
 * similarity .6 and the 150th .38, as among vectors of that many video titles.
 */
export function textLikeVectors(rows: number, d: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const bell = () => random() + random() + random() + random() - 2;
  const spread = Float32Array.from({ length: d }, (_, i) => (i + 1) ** -FALL);
  const centroids = Float32Array.from({ length: CROWDS * d }, (_, p) => bell() * spread[p % d]!);
  const out = new Float32Array(rows * d);
  for (let row = 0; row < rows; row++) {
    const crowd = Math.floor(CROWDS * random() * random());
    const vector = out.subarray(row * d, row * d + d);
    for (let i = 0; i < d; i++) vector[i] = APART * centroids[crowd * d + i]! + bell() * spread[i]!;
    normalise(vector);
  }
  return out;
}
