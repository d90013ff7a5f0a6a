import { describe, expect, test } from "bun:test";
import { matchCategory, matchMeaning } from "../../src/ranking/match.ts";
import { LOCKED, WITHDRAWN } from "../../src/snapshot/model.ts";
import { modelOf } from "../support/model.ts";
import { similarPart } from "../../src/models/content/model.ts";
import { withColumns } from "../support/parts.ts";

const MODEL = modelOf([
  { category: "Public Speaking" },
  { category: "Public Speaking", flags: LOCKED },
  { category: "Ñandú — naïve?" },
  { topic: "flic" },
  { topic: "FLIC", category: "Locked only", flags: WITHDRAWN },
  { category: "Run & Jump", topic: "public-speaking" },
  { category: "हिन्दी वीडियो" },
  { category: "✨" },
  {},
]);
const rows = (code: string) => {
  const { categoryMask, match } = matchCategory(MODEL, code);
  return {
    rows: categoryMask && [...categoryMask.keys()].filter((row) => categoryMask[row]),
    match,
  };
};

describe("a project code", () => {
  test.each([
    ["a category's name", "Public Speaking", [0, 1], "category"],
    ["its id", "1", [0, 1], "category"],
    ["its id in wide digits", "１", [0, 1], "category"],
    ["any case, width and padding of a name", "  ＰＵＢＬＩＣ sPEAKING ", [0, 1], "category"],
    ["a name with its marks apart", "ñandú — naïve?".normalize("NFD"), [2], "category"],
    ["a slug without the punctuation", "ñandú-naïve", [2], "category"],
    ["a slug of a script whose vowels are marks", "हिन्दी-वीडियो", [6], "category"],
    ["a name without letters", "✨", [7], "category"],
    ["a topic's code", "Flic ", [3], "topic"],
  ])("is %s", (_, code, expected, kind) => {
    expect(rows(code)).toEqual({ rows: expected, match: [kind] });
  });

  test("that is a topic's and a category's means both", () => {
    expect(rows("public-speaking")).toEqual({ rows: [0, 1, 5], match: ["topic", "category"] });
  });

  test.each([
    ["is no more than the beginning of a word", "publi"],
    ["is a category of which nothing may be served", "Locked only"],
    ["is another sign without letters", "🔥"],
    ["is an id nobody has", "99"],
    ["is a number of no whole", "1.0"],
  ])("that %s names nothing", (_, code) => {
    expect(rows(code)).toEqual({ rows: undefined, match: [] });
  });
});

describe("words inside names", () => {
  const named = modelOf([
    { category: "Crypto Basics" },
    { category: "Learn crypto" },
    { category: "Startup College" },
    { category: "Café & Food" },
    { category: "News" },
    { category: "New habits" },
    { category: "日本料理の基本" },
    { category: "Crypto", flags: WITHDRAWN },
    { topic: "startup-school" },
    { category: "Success Stories" },
    { category: "30 minutes" },
    { category: "Mental well-being" },
    { category: "Straße & Küche" },
  ]);
  const found = (code: string) => {
    const { categoryMask, match } = matchCategory(named, code);
    return [categoryMask && [...categoryMask.keys()].filter((row) => categoryMask[row]), ...match];
  };

  test.each([
    ["one word of several names", "crypto", [0, 1], ["category"]],
    ["a word in any case and width", " ＣＲＹＰＴＯ", [0, 1], ["category"]],
    ["several words, in any order", "college startup", [2], ["category"]],
    ["a word in the plural", "Startups", [2, 8], ["topic", "category"]],
    ["a word in the singular", "habit", [5], ["category"]],
    ["a plural that is no longer the word and an s", "story", [9], ["category"]],
    ["a word without its accent", "cafe", [3], ["category"]],
    ["a word with an accent that the name has not", "côllege", [2], ["category"]],
    ["a hashtag", "#crypto", [0, 1], ["category"]],
    ["a name with hyphens", "learn-crypto", [1], ["category"]],
    ["a name with underscores", "Startup_College", [2], ["category"]],
    ["a name run together", "startupcollege", [2], ["category"]],
    ["one word for two", "wellbeing", [11], ["category"]],
    ["two words for one", "start up", [2, 8], ["topic", "category"]],
    ["ß as ss", "strasse", [12], ["category"]],
    ["an umlaut as two letters", "kueche", [12], ["category"]],
    ["and as one", "kuche", [12], ["category"]],
    ["an umlaut", "Küche Straße", [12], ["category"]],
    ["a word of a topic's code", "school", [8], ["topic"]],
    ["a word of a script without spaces", "料理", [6], ["category"]],
    ["a word that looks like another's plural", "news", [4], ["category"]],
    ["and that other word", "new", [5], ["category"]],
  ])("match: %s", (_, code, rows, match) => {
    expect(found(code)).toEqual([rows, ...match]);
  });

  test.each([
    ["a part of a word", "art"],
    ["the beginning of a word", "start"],
    ["one word that is there and one that is not", "crypto college"],
    ["a number that is nobody's id", "30"],
    ["signs", "&"],
  ])("do not match: %s", (_, code) => {
    expect(found(code)).toEqual([undefined]);
  });

  test("match all categories of a post, not only its first", () => {
    const several = modelOf([
      { category: "Art", further: ["Sea", "Boats"] },
      { category: "Sea" },
      { category: "Art", further: ["Locked"], flags: LOCKED },
      { further: [] },
    ]);
    expect(matchCategory(several, "sea").categoryMask).toEqual(Uint8Array.of(1, 1, 0, 0));
    expect(matchCategory(several, "boats").categoryMask).toEqual(Uint8Array.of(1, 0, 0, 0));
    expect(matchCategory(several, "art").categoryMask).toEqual(Uint8Array.of(1, 0, 1, 0));
    expect(matchCategory(several, "locked").match).toEqual([]);
  });

  test("match every category with the words in its name, even beside an equal name", () => {
    const both = modelOf([
      { category: "Crypto" },
      { category: "Crypto Basics" },
      { category: "Art" },
    ]);
    expect(matchCategory(both, "crypto").categoryMask).toEqual(Uint8Array.of(1, 1, 0));
    expect(matchCategory(both, "crypto basics").categoryMask).toEqual(Uint8Array.of(0, 1, 0));
  });
});

describe("words that name no category", () => {
  const model = modelOf([
    { vector: [1, 0, 0] },
    { vector: [0.4, 0.9, 0] },
    { vector: [0.2, 1, 0] },
    { vector: [1, 0, 0.1], flags: LOCKED },
    {},
  ]);
  const meaning = (vector: number[]) => matchMeaning(model, Float32Array.from(vector));

  test("mean the posts near them, from the floor on, eligible or not", () => {
    expect(meaning([1, 0, 0])).toEqual({
      categoryMask: Uint8Array.of(1, 1, 0, 1, 0),
      match: ["semantic"],
    });
  });

  test("mean nothing if all that is near is kept out", () => {
    const locked = { ...model, flags: Uint8Array.of(LOCKED, LOCKED, 0, LOCKED, 0) };
    expect(matchMeaning(locked, Float32Array.of(1, 0, 0)).categoryMask).toBeUndefined();
  });

  test("mean nothing if no post is near", () => {
    expect(meaning([0, 0, -1])).toEqual({ categoryMask: undefined, match: [] });
  });

  test("have another floor at every post", () => {
    const odd = withColumns(model, similarPart, {
      floors: Float32Array.of(0.99, 0.35, 0.35, 0.35, 0.35),
    });
    const { categoryMask } = matchMeaning(odd, Float32Array.of(0.8, 0.6, 0));
    expect(categoryMask).toEqual(Uint8Array.of(0, 1, 1, 1, 0));
  });

  test("are never compared with vectors of another length", () => {
    expect(meaning([1, 0])).toEqual({ categoryMask: undefined, match: [] });
  });
});
