/** Made-up cases for fitting the blend. */
import type { ScoredCase } from "../../src/training/scored-case.ts";
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
  lengths: readonly number[] = [1, 2, 3, 5, 10, 30],
): ScoredCase[] {
  const random = seededRandom(7);
  // Each term's numbers are its own: a term more or less changes no other.
  const columnOf = TERMS.map((term) => seededRandom(Bun.hash.crc32(term)));
  return Array.from({ length: count }, (_, n) => {
    const length = lengths[n % lengths.length]!;
    const relevant = new Set([Math.floor(random() * POSTS), Math.floor(random() * POSTS)]);
    const columns = TERMS.map((term, t) => {
      const draw = columnOf[t]!;
      const bonus = telling(length)[term] ?? 0;
      return Float32Array.from(
        { length: POSTS },
        (_, post) => draw() + draw() + draw() - 1.5 + (relevant.has(post) ? bonus / 2 : 0),
      );
    });
    return { length, columns, relevant };
  });
}
