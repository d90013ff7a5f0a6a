/** Metrics of ranked lists: accuracy against the posts liked next, and coverage, novelty, diversity. */

/** Discount of DCG at a place counted from 0: a hit there gains 1 / discount. */
const discount = (place: number) => Math.log2(place + 2);

/** Scores of ranked rows, best first. Equal scores share their places; without scores the order counts. */
type Scores = ArrayLike<number> | undefined;

/** Accuracy of the first k of a ranked list. */
type Accuracy = (
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
  scores?: Scores,
) => number;

/**
 * Visits the first k places. Posts of equal scores tie: every order of them is equally likely.
 *
 * @param visit  Gets a place, the number of relevant posts that tie for it (`hits`), of all posts
 *   that tie for it (`ties`), and of tied posts not placed before it (`left`).
 */
function eachPlace(
  ranked: ArrayLike<number>,
  scores: Scores,
  relevant: ReadonlySet<number>,
  k: number,
  visit: (place: number, hits: number, ties: number, left: number) => void,
): void {
  for (let start = 0, end = 0; start < Math.min(k, ranked.length); start = end) {
    let hits = 0;
    do hits += Number(relevant.has(ranked[end++]!));
    while (scores !== undefined && end < ranked.length && scores[end] === scores[start]);
    for (let place = start; place < Math.min(k, end); place++)
      visit(place, hits, end - start, end - place);
  }
}

/**
 * Normalised discounted cumulative gain with binary relevance.
 *
 * @param ranked  Rows, best first, with every row that ties for the last place.
 * @param scores  Of these rows. Ties earn their expected gain over all orders.
 * @returns 0 to 1; 0 without relevant posts.
 * @see Järvelin & Kekäläinen, "Cumulated Gain-based Evaluation of IR Techniques" (TOIS 2002);
 *   McSherry & Najork, "Computing Information Retrieval Performance Measures Efficiently in the
 *   Presence of Tied Scores" (ECIR 2008).
 */
export const nDcg: Accuracy = (ranked, relevant, k, scores) => {
  let gain = 0;
  eachPlace(ranked, scores, relevant, k, (place, hits, ties) => {
    gain += hits / ties / discount(place);
  });
  let ideal = 0;
  for (let place = 0; place < Math.min(k, relevant.size); place++) ideal += 1 / discount(place);
  return ideal === 0 ? 0 : gain / ideal;
};

/** Share of the relevant posts among the first k. */
export const recall: Accuracy = (ranked, relevant, k, scores) => {
  let found = 0;
  eachPlace(ranked, scores, relevant, k, (_, hits, ties) => {
    found += hits / ties;
  });
  return relevant.size === 0 ? 0 : found / relevant.size;
};

/** Hit rate: 1 if a relevant post is among the first k, else 0; its probability under ties. */
export const hitRate: Accuracy = (ranked, relevant, k, scores) =>
  firstHit(ranked, scores, relevant, k, () => 1);

/** 1 / place of the first relevant post, counted from 1; 0 if none is among the first k. */
export const reciprocalRank: Accuracy = (ranked, relevant, k, scores) =>
  firstHit(ranked, scores, relevant, k, (place) => 1 / (place + 1));

/** Expected worth of the place of the first relevant post, 0 beyond k. */
function firstHit(
  ranked: ArrayLike<number>,
  scores: Scores,
  relevant: ReadonlySet<number>,
  k: number,
  worth: (place: number) => number,
): number {
  let [sum, missed] = [0, 1];
  eachPlace(ranked, scores, relevant, k, (place, hits, _, left) => {
    const found = Math.min(1, hits / left) * missed;
    sum += found * worth(place);
    missed -= found;
  });
  return sum;
}

/** Number of lists that have a row among their first k, for each row of a catalogue `[rows]`. */
export function exposure(lists: Iterable<ArrayLike<number>>, rows: number, k: number): Uint32Array {
  const shown = new Uint32Array(rows);
  for (const list of lists)
    for (let place = 0; place < Math.min(k, list.length); place++) shown[list[place]!]!++;
  return shown;
}

/** Share of the catalogue that at least one list shows. */
export function coverage(shown: Uint32Array): number {
  return shown.length === 0 ? 0 : shown.filter((it) => it > 0).length / shown.length;
}

/**
 * Gini coefficient of exposure: 0 if all posts are shown equally often, near 1 if only one is.
 *
 *     G = Σ_i (2i − n − 1) e_i / (n Σ e),   e ascending, i from 1
 *
 * @see Fleder & Hosanagar, "Blockbuster Culture's Next Rise or Fall" (Management Science 2009).
 */
export function gini(shown: Uint32Array): number {
  const n = shown.length;
  let [sum, weighted] = [0, 0];
  for (const [i, it] of shown.toSorted().entries()) {
    sum += it;
    weighted += (2 * i + 1 - n) * it;
  }
  return sum === 0 ? 0 : weighted / (n * sum);
}

/**
 * Novelty: mean self-information of a list's first k in bits, −log2 of the share of people who
 * like a post.
 *
 * @param likes  How many people like each post `[rows]`; one is added, so that no share is 0.
 * @param people  How many people there are.
 * @see Castells, Hurley & Vargas, "Novelty and Diversity in Recommender Systems" (Recommender
 *   Systems Handbook, 2015), section 8.3.
 */
export function novelty(
  ranked: ArrayLike<number>,
  likes: ArrayLike<number>,
  people: number,
  k: number,
): number {
  const shown = Math.min(k, ranked.length);
  let bits = 0;
  for (let place = 0; place < shown; place++)
    bits -= Math.log2((likes[ranked[place]!]! + 1) / (people + 1));
  return shown === 0 ? 0 : bits / shown;
}

/**
 * Intra-list diversity: mean of 1 − similarity over all pairs of a list's first k.
 *
 * @param similarity  Of two rows, −1 to 1.
 * @returns 0 for a list of fewer than two.
 * @see Ziegler et al., "Improving Recommendation Lists Through Topic Diversification" (WWW 2005).
 */
export function intraListDiversity(
  ranked: ArrayLike<number>,
  similarity: (a: number, b: number) => number,
  k: number,
): number {
  const shown = Math.min(k, ranked.length);
  let sum = 0;
  for (let a = 1; a < shown; a++)
    for (let b = 0; b < a; b++) sum += 1 - similarity(ranked[a]!, ranked[b]!);
  return shown < 2 ? 0 : sum / ((shown * (shown - 1)) / 2);
}
