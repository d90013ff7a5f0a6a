/**
 * Keeps a category from filling the screen beyond what the person likes of it: moves posts down,
 * never drops one.
 */
import type { Selector } from "../pipeline.ts";
import type { Query } from "../query.ts";

/** Posts in a row that are looked at together: about one screen. */
const WINDOW = 6;
/** Posts of one category that are never too many in a window: for newcomers, and for those whose likes we know. */
const [COLD_MIN, KNOWN_MIN] = [3, 4];
/** Places from the top that are put in order; below, nobody notices. */
const DEPTH = 200;
/** Places a post may be moved up to break a run: what stands further down is not worth it. */
const AHEAD = 12;
/** Places from the top of a ranking whose categories tell what is liked, before the person has. */
const HEAD = 60;
/** Liked posts of a person that say as much as {@link HEAD}. */
const HEAD_LIKES = 5;

/** @see Steck, "Calibrated Recommendations" (RecSys 2018), for why a list should hold the shares of a taste. */
export const varied: Selector = {
  name: "varied",
  select: (query, ranked) => {
    if (query.within !== undefined) return ranked;
    const { categoryRows } = query.model;
    const categories = new Int32Array(ranked.length);
    for (let n = 0; n < ranked.length; n++) categories[n] = 1 + categoryRows[ranked[n]!]!;
    const order = variedOrder(categories, mostOf(query, categories));
    for (let n = 0; n < order.length; n++) order[n] = ranked[order[n]!]!;
    return order;
  },
};

/**
 * Most posts of each category in a window: its share of the taste and one more. The taste is what the
 * person likes, mixed with what the ranking begins with, which is all there is for newcomers.
 *
 * @param categories  Of the ranking, 0 for none.
 */
function mostOf({ model, person }: Query, categories: Int32Array): Uint8Array {
  const { categoryRows, info } = model;
  const liked = new Float64Array(info.categories.length + 1);
  let [total, likes] = [0, 0];
  for (let n = 0; n < person.rows.length; n++) {
    const confidence = person.confidence[n]!;
    if (confidence <= 0) continue;
    liked[1 + categoryRows[person.rows[n]!]!]! += confidence;
    total += confidence;
    likes++;
  }
  const head = categories.subarray(0, HEAD);
  const share = liked.map((it) => (total > 0 ? (likes * it) / total : 0));
  for (const category of head) share[category]! += HEAD_LIKES / head.length;
  return Uint8Array.from(share, (it) =>
    Math.max(likes > 0 ? KNOWN_MIN : COLD_MIN, Math.ceil((WINDOW * it) / (likes + HEAD_LIKES)) + 1),
  );
}

/** Places in their order, but each waits while {@link WINDOW} would get more of its category than `most`. */
function variedOrder(categories: Int32Array, most: Uint8Array): Uint32Array {
  const out = new Uint32Array(categories.length);
  const isTaken = new Uint8Array(categories.length);
  let first = 0;
  let size = 0;
  for (; size < out.length && size < DEPTH; size++) {
    while (isTaken[first] === 1) first++;
    const full = fullCategory(categories, out, size, most);
    const end = Math.min(out.length, first + AHEAD);
    let at = first;
    while (at < end && (isTaken[at] === 1 || categories[at] === full)) at++;
    if (at === end) at = first;
    isTaken[at] = 1;
    out[size] = at;
  }
  for (let at = first; at < out.length; at++) if (isTaken[at] === 0) out[size++] = at;
  return out;
}

/** The category of which the newest places hold as much as may be; only one can. */
function fullCategory(
  categories: Int32Array,
  places: Uint32Array,
  size: number,
  most: Uint8Array,
): number | undefined {
  const from = Math.max(0, size - (WINDOW - 1));
  for (let a = from; a + COLD_MIN <= size; a++) {
    const category = categories[places[a]!]!;
    let same = 0;
    for (let b = a; b < size; b++) same += Number(categories[places[b]!] === category);
    if (same >= most[category]!) return category;
  }
  return undefined;
}
