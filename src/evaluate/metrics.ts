/** Quality of one ranked list against the posts a person really liked next. */

/** log2(place + 2) of the first places: what a hit's gain is divided by. */
const discount = (place: number) => Math.log2(place + 2);

/**
 * Normalised discounted cumulative gain with binary relevance.
 *
 * @param ranked  Rows, best first.
 * @returns 0 to 1; 0 without relevant posts.
 * @see Järvelin & Kekäläinen, "Cumulated Gain-based Evaluation of IR Techniques" (TOIS 2002).
 */
export function nDcg(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  let gain = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++)
    if (relevant.has(ranked[place]!)) gain += 1 / discount(place);
  let ideal = 0;
  for (let place = 0; place < Math.min(k, relevant.size); place++) ideal += 1 / discount(place);
  return ideal === 0 ? 0 : gain / ideal;
}

/** Share of the relevant posts among the first k. */
export function recall(
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): number {
  let hits = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++)
    hits += Number(relevant.has(ranked[place]!));
  return relevant.size === 0 ? 0 : hits / relevant.size;
}

/** 1 / place of the first relevant post, counted from 1; 0 if none is among the first k. */
export function reciprocalRank(
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): number {
  for (let place = 0; place < Math.min(k, ranked.length); place++)
    if (relevant.has(ranked[place]!)) return 1 / (place + 1);
  return 0;
}

/** Share of the catalogue that appears in at least one list's first k. */
export function coverage(lists: Iterable<ArrayLike<number>>, catalogue: number, k: number): number {
  const shown = new Set<number>();
  for (const list of lists)
    for (let place = 0; place < Math.min(k, list.length); place++) shown.add(list[place]!);
  return catalogue === 0 ? 0 : shown.size / catalogue;
}
