/** The diversity of a list, on catalogues of few kinds of posts. */
import { describe, expect, test } from "bun:test";
import { UNMOVED } from "../../src/domain/sliders.ts";
import type { Done } from "../support/histories.ts";
import { modelOf, rankingWith } from "../support/model.ts";
import { type PostSketch } from "../support/sketch.ts";

const like = (post: number): Done => ({ post, kind: "like" });
const variety = (it: number) => ({ sliders: { ...UNMOVED, variety: it } });

/** Posts 101 to 160 of category a, 161 to 200 of b, 201 to 220 of c: more popular the earlier. */
const CATEGORIES = [...Array(60).fill("a"), ...Array(40).fill("b"), ...Array(20).fill("c")];
const shuffled = (step: number) => CATEGORIES.map((_, n) => CATEGORIES[(n * step) % 120] as string);
const ranking = (posts: readonly PostSketch[]) => rankingWith(modelOf(posts));
const ofCategories = (names: readonly string[]) => ranking(names.map((category) => ({ category })));
/** Most posts with the label in any six places in a row, of the first 24. */
function mostOf(labels: readonly string[], wanted: string): number {
  const at = (from: number) => labels.slice(from, from + 6).filter((it) => it === wanted).length;
  return Math.max(...Array.from({ length: 19 }, (_, from) => at(from)));
}

describe("categories on a screen", () => {
  const { feed } = ofCategories(CATEGORIES);

  test("of a person who likes one category only are left as ranked", () => {
    const liked = Array.from({ length: 20 }, (_, n) => like(101 + n));
    expect(feed(liked).slice(0, 20)).toEqual(feed(liked, variety(0)).slice(0, 20));
    expect(mostOf(feed(liked).map((id) => CATEGORIES[id - 101] as string), "a")).toBe(6); // prettier-ignore
  });

  test("have their share of the preferences plus one post, if others rank nearly as high", () => {
    const names = shuffled(7);
    const list = ofCategories(names).feed([]);
    const shown = list.map((id) => names[id - 101]!);
    expect(mostOf(shown, "a")).toBeLessThanOrEqual(5);
    expect(mostOf(shown, "c")).toBeLessThanOrEqual(4);
  });
});

describe("posts of one creator on a screen", () => {
  const plain = Array.from({ length: 60 }, (_, n): PostSketch => ({ category: `kind ${n % 9}` }));
  /** One in three posts is by Ada; the first twelve are hers. */
  const posts = plain.map((it, n) => ({ ...it, creator: n < 12 || n % 6 === 0 ? "ada" : `no ${n}` })); // prettier-ignore
  const { feed } = ranking(posts);
  const creators = (...liked: number[]) => feed(liked.map(like)).map((id) => posts[id - 101]!.creator); // prettier-ignore

  test("are at most three", () => {
    expect(mostOf(creators(), "ada")).toBe(3);
  });

  test("are as many as ranked for a person who likes hers alone", () => {
    expect(mostOf(creators(...Array.from({ length: 10 }, (_, n) => 101 + 6 * n)), "ada")).toBe(6);
  });

  test("are counted by likes however long ago: thousands of posts seen since take nothing away", () => {
    const person = ranking(posts).person([like(101)]);
    const newer = person.newer.map(() => 9_000);
    expect(feed([], { person: { ...person, newer } })).toEqual(feed([like(101)]));
  });

  test("have no cap where none is known", () => {
    const list = ranking(plain.map((it) => ({ ...it, category: "one" }))).feed([]);
    expect(list).toEqual(plain.map((_, n) => 101 + n));
  });
});

describe("the slider of variety", () => {
  /** Ninety posts about one subject; every third of the last thirty is about another one. */
  const posts = Array.from({ length: 90 }, (_, n) => ({ vector: n < 60 || n % 3 > 0 ? [1, 0, 0] : [0, 1, 0] })); // prettier-ignore
  const { feed } = ranking(posts);
  const others = (at: number) =>
    feed([], variety(at)).slice(0, 20).filter((id) => id >= 161 && (id - 101) % 3 === 0).length; // prettier-ignore

  test("at its start leaves the order of relevance, in its middle is the service's own", () => {
    expect(feed([], variety(0))).toEqual(posts.map((_, n) => 101 + n));
    expect(feed([], variety(0.5))).toEqual(feed([]));
  });

  test("shows more posts that differ, the further it is moved, and loses none", () => {
    const shown = [0, 0.25, 0.5, 0.75, 1].map(others);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(shown.at(-1)).toBeGreaterThan(shown[0]!);
    expect(feed([], variety(1)).toSorted()).toEqual(feed([], variety(0)).toSorted());
  });

  test("the most relevant post stays the first", () => {
    for (const at of [0.25, 0.5, 1]) expect(feed([], variety(at))[0]).toBe(101);
  });
});

test("a post without a text is neither favoured nor held back for it", () => {
  const posts = Array.from({ length: 40 }, (_, n) => ({ ...(n !== 5 && { vector: [1, 0.1 * (n % 2), 0] }) })); // prettier-ignore
  const place = ranking(posts).feed([]).indexOf(106);
  expect(place).toBeWithin(3, 9);
});

test("where no post has a text, posts differ by their factors", () => {
  const posts = Array.from({ length: 60 }, (_, n) => ({ factors: n % 20 < 15 ? [1, 0.1] : [0.1, 1] })); // prettier-ignore
  const list = rankingWith(modelOf(posts, { encoder: undefined })).feed([], variety(1));
  const other = list.slice(0, 20).filter((id) => (id - 101) % 20 >= 15).length;
  expect(other).toBeGreaterThan(5);
});
