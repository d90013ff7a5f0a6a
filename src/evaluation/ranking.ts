/** Ranked lists with ties: posts of equal scores share their places, so their order earns nothing. */
import { topK } from "../linalg/top-k.ts";
import { valuesAt } from "../linalg/vector.ts";

/** A list and the scores that decided its order. */
export type Ranking = {
  /** Rows, best first, with every row that ties for the last place. */
  readonly rows: Uint32Array;
  /** Their scores; absent if the order itself is judged, as in a served feed. */
  readonly scores?: Float32Array;
};

/**
 * The `k` largest scores, and every score that ties with the last of them.
 *
 * @param rows  The row of each score; its index if absent.
 */
export function ranking(scores: Float32Array, k: number, rows?: Uint32Array): Required<Ranking> {
  const places = withTies(scores, topK(scores, k), k);
  return {
    rows: rows ? places.map((place) => rows[place]!) : places,
    scores: valuesAt(scores, places),
  };
}

/** `best` is ordered by ascending index among equal scores, so ties of its last come after it. */
function withTies(scores: Float32Array, best: Uint32Array, k: number): Uint32Array {
  const last = best.at(-1);
  if (last === undefined || best.length < k) return best.slice();
  const ties: number[] = [];
  for (let place = last + 1; place < scores.length; place++)
    if (scores[place] === scores[last]) ties.push(place);
  const all = new Uint32Array(best.length + ties.length);
  all.set(best);
  all.set(ties, best.length);
  return all;
}

/** A list of `k` rows: ties of the ranking are broken at random. For metrics that need one list. */
export function breakTies({ rows, scores }: Ranking, k: number, random: () => number): Uint32Array {
  const list = rows.slice();
  if (scores === undefined || rows.length <= k) return list.subarray(0, k);
  for (let place = scores.indexOf(scores.at(-1)!); place < k; place++) {
    const other = place + Math.floor(random() * (list.length - place));
    [list[place], list[other]] = [list[other]!, list[place]!];
  }
  return list.slice(0, k);
}
