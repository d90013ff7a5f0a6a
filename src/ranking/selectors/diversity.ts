/** Diversity: limits the posts of a category on one screen and keeps near-duplicates a page apart. No post is dropped. */
import type { Selector } from "../stages.ts";
import type { Query } from "../query.ts";

/** Posts in a window: about one screen. */
const WINDOW = 6;
/** Number of posts of one category that are always allowed in a window. With 3, a newcomer's list loses 1 % of nDCG@20 (`quality`, home). */
const CATEGORY_MIN = 4;
/** Ranks from the top in which categories are limited; few people scroll further. */
const DEPTH = 200;
/** Smallest distance of near-duplicates, in ranks: the length of the longest page. */
const PAGE = 100;
/** Most ranks that a post is moved up to break a run; a post from further down fits too badly. */
const AHEAD = 12;
/** Ranks from the top whose categories count as preferences, beside the person's likes. */
const HEAD = 60;
/** Number of likes that count as much as the first {@link HEAD} places. */
const HEAD_LIKES = 5;

/** @see Steck, "Calibrated Recommendations" (RecSys 2018): a list should have the category shares of the person's preferences. */
export const diversity: Selector = {
  name: "diversity",
  select: (query, ranked) => {
    const { categoryRows, duplicates, placeholders } = query.model;
    // No placeholder moves above another post.
    let size = 0;
    while (size < ranked.length && placeholders[ranked[size]!] === 0) size++;
    if (size === 0) size = ranked.length;
    let at = 0;
    while (at < size && !(duplicates[ranked[at]!]! >= 0)) at++;
    if (at === size) size = Math.min(size, DEPTH + AHEAD); // nothing moves from further down
    const [categories, groups] = [new Int32Array(size), new Int32Array(size)];
    for (let n = 0; n < size; n++) {
      categories[n] = 1 + categoryRows[ranked[n]!]!;
      groups[n] = duplicates[ranked[n]!] ?? -1;
    }
    const most = query.categoryMask === undefined ? mostOf(query, categories) : undefined;
    const out = ranked.slice();
    const order = diverseOrder(categories, groups, most);
    for (let n = 0; n < order.length; n++) out[n] = ranked[order[n]!]!;
    return out;
  },
};

/**
 * Most posts of each category in a window: its share of the person's preferences, plus one. They are
 * estimated from the likes and the top of the ranking, for a newcomer from the latter alone.
 *
 * @param categories  Category of each rank, 0 for none.
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
  const most = new Uint8Array(liked.length);
  for (let n = 0; n < liked.length; n++) if (total > 0) liked[n]! *= likes / total;
  for (let n = 0; n < head.length; n++) liked[head[n]!]! += HEAD_LIKES / head.length;
  for (let n = 0; n < most.length; n++)
    most[n] = Math.max(CATEGORY_MIN, Math.ceil((WINDOW * liked[n]!) / (likes + HEAD_LIKES)) + 1);
  return most;
}

/**
 * The ranks in a new order: a post waits while the window has `most` of its category, and until its
 * near-duplicate is a {@link PAGE} away.
 */
function diverseOrder(
  categories: Int32Array,
  groups: Int32Array,
  most: Uint8Array | undefined,
): Uint32Array {
  const out = new Uint32Array(categories.length);
  const isTaken = new Uint8Array(categories.length);
  const depth = groups.some((it) => it >= 0) ? out.length : most === undefined ? 0 : DEPTH;
  const lastOf = new Map<number, number>();
  let first = 0;
  let size = 0;
  const waits = (at: number) =>
    isTaken[at] === 1 || (groups[at]! >= 0 && size - (lastOf.get(groups[at]!) ?? -PAGE) < PAGE);
  for (; size < out.length && size < depth; size++) {
    while (isTaken[first] === 1) first++;
    let best = first;
    while (best < out.length && waits(best)) best++;
    if (best === out.length) best = first;
    const full = most && size < DEPTH ? fullCategory(categories, out, size, most) : undefined;
    const end = Math.min(out.length, best + AHEAD);
    let at = best;
    while (at < end && (categories[at] === full || waits(at))) at++;
    if (at === end) at = best;
    isTaken[at] = 1;
    out[size] = at;
    if (groups[at]! >= 0) lastOf.set(groups[at]!, size);
  }
  for (let at = first; at < out.length; at++) if (isTaken[at] === 0) out[size++] = at;
  return out;
}

/** The category that fills the window at `size`; at most one can. */
function fullCategory(
  categories: Int32Array,
  places: Uint32Array,
  size: number,
  most: Uint8Array,
): number | undefined {
  const from = Math.max(0, size - (WINDOW - 1));
  for (let a = from; a + CATEGORY_MIN <= size; a++) {
    const category = categories[places[a]!]!;
    let same = 0;
    for (let b = a; b < size; b++) same += Number(categories[places[b]!] === category);
    if (same >= most[category]!) return category;
  }
  return undefined;
}
