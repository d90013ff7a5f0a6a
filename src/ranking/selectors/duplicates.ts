/** Near-duplicates: a list has one post of each group, the best-ranked one. */
import type { Selector } from "../stages.ts";
import type { Query } from "../query.ts";

/** Leaves out posts whose near-duplicate is ranked higher, or was served in the same session. */
export const duplicates: Selector = {
  name: "duplicates",
  select: (query, ranked) => {
    const { duplicates } = query.model;
    let first = 0;
    while (first < ranked.length && !(duplicates[ranked[first]!]! >= 0)) first++;
    if (first === ranked.length) return ranked; // nearly always, and cheap
    const isRepeated = repeatsOf(query);
    const out = new Uint32Array(ranked.length);
    let size = 0;
    for (let n = 0; n < ranked.length; n++) if (!isRepeated(ranked[n]!)) out[size++] = ranked[n]!;
    return out.subarray(0, size);
  },
};

/** Tells of one row after another if a near-duplicate of it came before. */
export function repeatsOf({
  model: { duplicates },
  served = NONE,
}: Pick<Query, "model" | "served">): (row: number) => boolean {
  const groups = new Set<number>();
  const isRepeated = (row: number) => {
    const group = duplicates[row] ?? -1;
    if (group < 0) return false;
    if (groups.has(group)) return true;
    groups.add(group);
    return false;
  };
  served.forEach(isRepeated);
  return isRepeated;
}

const NONE = new Uint32Array(0);
