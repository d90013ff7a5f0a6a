import { describe, expect, test } from "bun:test";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";

const like = (post: number): Done => ({ post, kind: "like" });

/** Posts 101 to 160 of category a, 161 to 200 of b, 201 to 220 of c: more popular the earlier. */
const CATEGORIES = [...Array(60).fill("a"), ...Array(40).fill("b"), ...Array(20).fill("c")];
const shuffled = (step: number) => CATEGORIES.map((_, n) => CATEGORIES[(n * step) % 120] as string);
const ranking = (categories: readonly string[]) =>
  rankingWith(modelOf(categories.map((category) => ({ category }))));
/** Most posts of the category in any six places in a row, of the first 24. */
function mostOf(categories: readonly string[], wanted: string): number {
  const at = (from: number) =>
    categories.slice(from, from + 6).filter((it) => it === wanted).length;
  return Math.max(...Array.from({ length: 19 }, (_, from) => at(from)));
}

describe("a list", () => {
  const { rank, feed } = ranking(CATEGORIES);
  const categoryOf = (id: number) => CATEGORIES[id - 101] as string;
  const shownTo = (...liked: number[]) => feed(liked.map(like)).map(categoryOf);
  const byScore = (...liked: number[]) => {
    const { scored } = rank(liked.map(like));
    const places = [...scored.rows.keys()].sort((x, y) => scored.score[y]! - scored.score[x]!);
    return places.map((place) => 101 + scored.rows[place]!);
  };

  test("of a person who likes one category only is left as ranked", () => {
    const liked = Array.from({ length: 20 }, (_, n) => 101 + n);
    expect(feed(liked.map(like)).slice(0, 20)).toEqual(byScore(...liked).slice(0, 20));
    expect(mostOf(shownTo(...liked), "a")).toBe(6);
  });

  test("limits a category to its share of the preferences plus one, if other posts score nearly as high", () => {
    const mixed = ranking(shuffled(7));
    const rows = mixed.rank([]);
    const all = mixed.ids(rows.rows).map((id) => shuffled(7)[id - 101]!);
    expect(mostOf(all, "a")).toBeLessThanOrEqual(5);
    expect(mostOf(all, "c")).toBeLessThanOrEqual(3);
  });

  test("moves nothing up by more than a dozen places to break a run", () => {
    for (const liked of [[], [101], [101, 170], [101, 102, 103, 210]]) {
      const places = new Map(byScore(...liked).map((id, place) => [id, place]));
      for (const [n, id] of feed(liked.map(like)).slice(0, 100).entries())
        expect(places.get(id)! - n).toBeLessThan(12);
    }
  });

  test("loses and repeats nothing, whatever the categories", () => {
    for (const step of [1, 7, 11, 49]) {
      const list = ranking(shuffled(step)).feed([like(101), like(115)], { limit: 120 });
      expect(list.toSorted()).toEqual(CATEGORIES.map((_, n) => 101 + n));
    }
  });
});
