/** A ranked list in which equal scores share their places: the order of ties is no skill. */
import { topK } from "../linalg/top-k.ts";

/** A list and what decided its order. */
export type Ranking = {
  /** Rows, best first; of those that tie at the end, all. */
  readonly rows: Uint32Array;
  /** Their scores; absent where the order itself is judged, as of a list that is served. */
  readonly scores?: Float32Array;
};

/**
 * The `k` largest of many scores, and whatever ties with the last of them.
 *
 * @param rows  What the scores are of; their places if absent.
 * @param pick  A faster {@link topK} for the place where the scores lie.
 */
export function ranking(
  scores: Float32Array,
  k: number,
  rows?: Uint32Array,
  pick: typeof topK = topK,
): Required<Ranking> {
  const places = withTies(scores, pick(scores, k), k);
  return {
    rows: rows ? places.map((place) => rows[place]!) : places,
    scores: Float32Array.from(places, (place) => scores[place]!),
  };
}

/** `best` has equal scores by ascending place, so that others like its last lie behind that one. */
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

/** One list of `k` out of a ranking, for what only a list has: ties at its end are drawn by chance. */
export function drawn({ rows, scores }: Ranking, k: number, random: () => number): Uint32Array {
  const list = rows.slice();
  if (scores === undefined || rows.length <= k) return list.subarray(0, k);
  for (let place = scores.indexOf(scores.at(-1)!); place < k; place++) {
    const other = place + Math.floor(random() * (list.length - place));
    [list[place], list[other]] = [list[other]!, list[place]!];
  }
  return list.slice(0, k);
}
