/** Near-duplicates: posts with one video; or of like length, with the same words or with near text vectors and similar titles. */
import { distance } from "fastest-levenshtein";
import { seededRandom } from "../linalg/random.ts";
import { dotRows } from "../linalg/vector.ts";
import { hasVector } from "../index/exact.ts";
import { withoutAccents, wordsOf } from "../models/words.ts";
import type { Dataset } from "./dataset.ts";

/**
 * Cosine from which two texts say the same. On the demo parts of one series reach .93 ("Couch to 5k,
 * week 5" and "week 6"), a title with "again" or an exclamation mark added .96 to .99.
 */
const SAME_FROM = 0.95;
/** Cosine from which two texts with similar spelling say the same: "[HD]" before a title leaves .80 to .88. */
const ALIKE_FROM = 0.75;
/** Least share of common trigrams in texts of similar spelling, for titles and for summaries. */
const SHARED = 0.75;
/** Random hyperplanes of a hash table. */
const PLANES = 12;
/** Hash tables: of pairs at {@link SAME_FROM} they find 998 in 1,000. */
const TABLES = 20;
/** Most posts of a bucket that a post is compared with: larger buckets come from a template. */
const COMPARED = 32;
/** Most that the lengths of uploads of one video differ, in milliseconds; other videos may have the same few words. */
const LENGTH_MS = 2_000;
/** Of a text of emoji alone, too: the encoder knows few, so its vector says nothing. */
const NO_WORDS = "\n";
/** Shortest word, in letters, that may have a typing error: "film" and "films" are the same, "A" and "B" are not. */
const TYPED = 3;
/** The words for each number from 0 on; "i" is more often a word of its own. */
const NUMBERS =
  `zero|one first|two second ii|three third iii|four fourth iv|five fifth|six sixth vi|
  seven seventh vii|eight eighth viii|nine ninth ix|ten tenth|eleven eleventh xi|twelve twelfth xii`
    .split("|")
    .map(wordsOf);

/** Row of the first of its near-duplicates for each post `[posts]`; −1 for a post without any. */
export function duplicatesOf({ posts, embeddings, encoder }: Dataset, seed: number): Int32Array {
  const { titles, summaries, links, durationsMs } = posts;
  const lengthOf = (row: number) => durationsMs?.[row] ?? 0;
  const first = new Int32Array(titles.length).fill(-1);
  const join = (a: number, b: number) => {
    const leader = first[a]! < 0 ? a : first[a]!;
    [first[leader], first[b]] = [leader, leader];
  };
  const wordsIn = (row: number) =>
    `${wordsOf(titles[row]!).join(" ")}\n${wordsOf(summaries[row]!).join(" ")}`;
  const byLink = new Map([["", -1]]);
  const byWords = new Map([[NO_WORDS, -1]]);
  for (let row = 0; row < titles.length; row++) {
    const its = wordsIn(row);
    const words = its === NO_WORDS ? its : `${its}\n${lengthOf(row)}`;
    const before = Math.max(byLink.get(links[row]!) ?? -1, byWords.get(words) ?? -1);
    if (before >= 0) join(before, row);
    if (!byLink.has(links[row]!)) byLink.set(links[row]!, row);
    if (!byWords.has(words)) byWords.set(words, row);
  }
  const d = encoder?.dimension ?? 0;
  const numbers = (row: number) => numbersIn(titles[row]! || summaries[row]!);
  const isSame = (a: number, b: number) => {
    const cosine = dotRows(embeddings, a, embeddings, b, d);
    if (cosine < ALIKE_FROM || numbers(a) !== numbers(b)) return false;
    if (wordsIn(a) === NO_WORDS || wordsIn(b) === NO_WORDS) return false;
    const [one, other] = [lengthOf(a), lengthOf(b)];
    if (one > 0 && other > 0 && Math.abs(one - other) > LENGTH_MS) return false;
    if (!isVariant(titles[a]!, titles[b]!)) return false;
    const areAlike = () => [titles, summaries].every((it) => shared(it[a]!, it[b]!) >= SHARED);
    return cosine >= SAME_FROM || areAlike();
  };
  for (const [a, b] of nearPairs(embeddings, titles.length, d, seed)) {
    if (first[b]! >= 0 || !isSame(a, b)) continue;
    // No chains: a post must be a near-duplicate of the first one, not only of the second.
    if (first[a]! < 0 || isSame(first[a]!, b)) join(a, b);
  }
  return first;
}

/**
 * Candidate pairs by locality-sensitive hashing, the lower row first: nearly all near pairs, and many others.
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

/** True if a title only adds words to another or mistypes one. Titles with different words are parts of a series. */
function isVariant(a: string, b: string): boolean {
  const [one, other] = [new Set(unnumbered(a)), new Set(unnumbered(b))];
  const added = [...one.difference(other)].join("");
  const lacking = [...other.difference(one)].join("");
  const [short, long] = added.length < lacking.length ? [added, lacking] : [lacking, added];
  // A title that is cut off ends within a word.
  return long.startsWith(short) || (short.length >= TYPED && distance(short, long) <= 1);
}

/** Jaccard similarity of the trigrams of two texts; 1 if there are none. */
function shared(a: string, b: string): number {
  const [one, other] = [trigramsOf(a), trigramsOf(b)];
  const all = one.union(other).size;
  return all === 0 ? 1 : one.intersection(other).size / all;
}

function trigramsOf(text: string): Set<string> {
  const spaced = [" ", ...wordsOf(text), " "].join(" ").trimStart();
  return new Set(Array.from({ length: Math.max(0, spaced.length - 2) }, (_, n) => spaced.slice(n, n + 3))); // prettier-ignore
}

function unnumbered(title: string): string[] {
  return wordsOf(withoutAccents(title)).filter((it) => digitsOf(it) === "");
}

/** The numbers of a text, in digits or in words: parts of a series differ in them. */
function numbersIn(text: string): string {
  return wordsOf(text).map(digitsOf).filter(Boolean).join(" ");
}

function digitsOf(word: string): string {
  const place = NUMBERS.findIndex((it) => it.includes(word));
  return place < 0 ? word.replace(/\D/g, "") : `${place}`;
}
