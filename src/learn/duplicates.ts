/** Which posts are near-duplicates of each other: by their words, and by the vectors of their texts. */
import { seededRandom } from "../math/random.ts";
import { dotRows } from "../math/vector.ts";
import { hasVector } from "../nearest/exact.ts";
import { wordsOf } from "../train/placeholders.ts";
import type { Dataset } from "./dataset.ts";

/**
 * Cosine from which two texts say the same. On the demo parts of one series reach .93 ("Couch to 5k,
 * week 5" and "week 6"), a title with "again" or an exclamation mark added .96 to .99.
 */
const SAME_FROM = 0.95;
/** Random hyperplanes a table, and tables: of pairs at {@link SAME_FROM} they find 998 in 1,000. */
const [PLANES, TABLES] = [12, 20];
/** Posts of a bucket that each is compared with: more are of one template. */
const COMPARED = 32;
const NUMBERS = `zero one two three four five six seven eight nine ten eleven twelve`.split(" ");

/** Rows `[posts]`: for near-duplicates the first of them, the same for all; −1 for all other posts. */
export function duplicatesOf({ posts, embeddings, encoder }: Dataset, seed: number): Int32Array {
  const { titles, summaries } = posts;
  const first = new Int32Array(titles.length).fill(-1);
  const join = (a: number, b: number) => {
    const leader = first[a]! < 0 ? a : first[a]!;
    [first[leader], first[b]] = [leader, leader];
  };
  const byWords = new Map<string, number>();
  for (const [row, title] of titles.entries()) {
    const words = `${wordsOf(title).join(" ")}\n${wordsOf(summaries[row]!).join(" ")}`;
    const before = byWords.get(words);
    if (words === "\n") continue;
    if (before === undefined) byWords.set(words, row);
    else join(before, row);
  }
  const d = encoder?.dimension ?? 0;
  const numbers = (row: number) => numbersIn(titles[row]! || summaries[row]!);
  const isSame = (a: number, b: number) =>
    dotRows(embeddings, a, embeddings, b, d) >= SAME_FROM && numbers(a) === numbers(b);
  for (const [a, b] of nearPairs(embeddings, titles.length, d, seed)) {
    if (first[b]! >= 0 || !isSame(a, b)) continue;
    // No chains: what is like the second of two is not yet like the first.
    if (first[a]! < 0 || isSame(first[a]!, b)) join(a, b);
  }
  return first;
}

/**
 * Pairs of rows, the lower first, most of which are far apart; those that are near are among them.
 *
 * @see Charikar, "Similarity Estimation Techniques from Rounding Algorithms" (STOC 2002).
 */
function* nearPairs(vectors: Float32Array, rows: number, d: number, seed: number) {
  const random = seededRandom(seed);
  const known = Uint32Array.from({ length: d > 0 ? rows : 0 }, (_, row) => row).filter((row) =>
    hasVector(vectors, row, d),
  );
  for (let table = 0; table < TABLES; table++) {
    const planes = Float32Array.from({ length: PLANES * d }, () => (random() < 0.5 ? -1 : 1));
    const buckets = new Map<number, number[]>();
    for (const row of known) {
      let code = 0;
      for (let plane = 0; plane < PLANES; plane++)
        code = 2 * code + Number(dotRows(planes, plane, vectors, row, d) > 0);
      const bucket = buckets.get(code);
      for (const other of bucket?.slice(-COMPARED) ?? []) yield [other, row] as const;
      if (bucket === undefined) buckets.set(code, [row]);
      else bucket.push(row);
    }
  }
}

/** What parts of a series differ in: the numbers of a text, in digits or in words. */
function numbersIn(text: string): string {
  const inDigits = (word: string) => {
    const place = NUMBERS.indexOf(word);
    return place < 0 ? word.replace(/\D/g, "") : `${place}`;
  };
  return wordsOf(text).map(inDigits).filter(Boolean).join(" ");
}
