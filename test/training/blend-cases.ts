/** Made-up cases for fitting the blend. */
import type { ScoredCase } from "../../src/training/fit-blend.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { TERMS } from "../../src/models/models.ts";

/** Candidates of a case. */
export const POSTS = 30;

/**
 * Cases with two relevant posts and random scores. `telling` gives, by length of history, how many
 * standard deviations a term scores relevant posts higher.
 */
export function someCases(
  count: number,
  telling: (length: number) => Partial<Record<string, number>>,
  lengths: readonly number[] = [0, 1, 2, 5, 10, 30],
): ScoredCase[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, (_, n) => {
    const length = lengths[n % lengths.length]!;
    const relevant = new Set([Math.floor(random() * POSTS), Math.floor(random() * POSTS)]);
    const columns = TERMS.map((term) => {
      const bonus = telling(length)[term] ?? 0;
      return Float32Array.from(
        { length: POSTS },
        (_, post) => random() + random() + random() - 1.5 + (relevant.has(post) ? bonus / 2 : 0),
      );
    });
    return { length, columns, relevant };
  });
}
