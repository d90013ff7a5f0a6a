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
    const { categoryRows } = query.model;
    const waiting = [...ranked];
    const out: number[] = [];
    while (waiting.length > 0 && out.length < DEPTH) {
      const recent = out.slice(-(WINDOW - 1)).map((row) => categoryRows[row]!);
      const fits = (row: number) =>
        recent.filter((category) => category === categoryRows[row]).length < most;
      const at = Math.max(0, waiting.findIndex(fits));
      out.push(...waiting.splice(at, 1));
    }
    return Uint32Array.from([...out, ...waiting]);
  },
};

function isCold({ person, mood }: Query): boolean {
  return person.length === 0 && mood === undefined;
}
