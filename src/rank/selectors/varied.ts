/** Keeps one category from filling the screen: moves posts down, never drops one. */
import type { Selector } from "../pipeline.ts";
import type { Query } from "../query.ts";

/** Posts in a row that are looked at together: about one screen. */
const WINDOW = 6;
/** Most of one category among them, for people we know and for those we do not. */
const MOST_WARM = 4;
const MOST_COLD = 3;
/** Places from the top that are put in order; below, nobody notices. */
const DEPTH = 200;

export const varied: Selector = {
  name: "varied",
  select: (query, ranked) => {
    if (query.within !== undefined) return ranked;
    const most = isCold(query) ? MOST_COLD : MOST_WARM;
    const categories = new Int32Array(ranked.length);
    for (let n = 0; n < ranked.length; n++) categories[n] = query.model.categoryRows[ranked[n]!]!;
    const order = variedOrder(categories, most);
    for (let n = 0; n < order.length; n++) order[n] = ranked[order[n]!]!;
    return order;
  },
};

/** Places in their order, but each waits while {@link WINDOW} would get more than `most` of its kind. */
function variedOrder(categories: Int32Array, most: number): Uint32Array {
  const out = new Uint32Array(categories.length);
  const isTaken = new Uint8Array(categories.length);
  let first = 0;
  let size = 0;
  for (; size < out.length && size < DEPTH; size++) {
    while (isTaken[first] === 1) first++;
    const full = fullCategory(categories, out, size, most);
    let at = first;
    while (at < out.length && (isTaken[at] === 1 || categories[at] === full)) at++;
    if (at === out.length) at = first;
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
  most: number,
): number | undefined {
  const from = Math.max(0, size - (WINDOW - 1));
  for (let a = from; a + most <= size; a++) {
    let same = 0;
    for (let b = a; b < size; b++)
      same += Number(categories[places[b]!] === categories[places[a]!]);
    if (same >= most) return categories[places[a]!]!;
  }
  return undefined;
}

function isCold({ person, mood }: Query): boolean {
  return person.length === 0 && mood === undefined;
}
