/** Names of categories whose rows disagree. */
import { describe, expect, test } from "bun:test";
import { labelsOf } from "../../src/training/labels.ts";
import { LOCKED, PRIVATE, WITHDRAWN } from "../../src/snapshot/model.ts";
import type { PostColumns } from "../../src/data/catalogue.ts";

/** Name of a post's category 1, and its flags. */
type Row = readonly [name: string | undefined, flags?: number];

const labels = (...rows: readonly Row[]) =>
  labelled(
    rows.map(([name]) => (name === undefined ? [] : [{ id: 1, name }])),
    rows.map(([name]) => name),
    rows.map(([, flags = 0]) => flags),
  );

function labelled(
  categories: PostColumns["categories"],
  topicCodes: PostColumns["topicCodes"] = categories.map(() => undefined),
  flags: readonly number[] = categories.map(() => 0),
  creators: readonly string[] = [],
) {
  const none = new Float64Array(categories.length);
  const posts: PostColumns = {
    ...{ keys: none, createdAtMs: none, viewCounts: none, exitCounts: none },
    ...{ isLocked: new Uint8Array(0), isPublic: new Uint8Array(0), isWithdrawn: new Uint8Array(0) },
    ...{ isHidden: new Uint8Array(0), expiresAtMs: new Float64Array(0) },
    ...{ titles: [], summaries: [], textHashes: [] },
    ...{ categories, topicCodes, creators, links: [] },
  };
  return labelsOf(posts, Uint8Array.from(flags));
}
const nameOf = (...rows: readonly Row[]) => labels(...rows).info.categories[0]!.name;

describe("a category's name", () => {
  test.each<[string, string, Row[]]>([
    ["is not lost to a row without one", "Running", [["Running"], ["Running"], [""]]],
    ["is not lost to white space", "Running", [["Running"], ["  "], ["\u00a0"]]],
    ["is the commonest, not the newest", "Running", [["Running"], ["Running"], ["Joga"]]],
    ["is the commonest, not the oldest", "Running", [["Joga"], ["Running"], ["Running"]]],
    ["needs no majority over the nameless", "Running", [[""], ["Running"], [""], [""]]],
    ["is trimmed before it is counted", "Running", [["Joga"], ["Running "], [" Running"]]],
    ["is not told by a withdrawn post", "Run", [["Old", WITHDRAWN], ["Old", WITHDRAWN], ["Run"]]],
    ["is not told by a private one", "Run", [["Secret", PRIVATE], ["Secret", PRIVATE], ["Run"]]],
    ["is not told by a locked one", "Run", [["Paid", LOCKED], ["Paid", LOCKED], ["Run"]]],
    ["is none if nobody may tell it", "", [["Secret", PRIVATE], [""]]],
  ])("%s", (_, name, rows) => {
    expect(nameOf(...rows)).toBe(name);
  });

  test("is the same in any order where as many say the one as the other", () => {
    expect(nameOf(["Yoga"], ["Joga"])).toBe(nameOf(["Joga"], ["Yoga"]));
  });

  test("is one for all posts of the category, and none for those of no category", () => {
    const { info, rows } = labels(["Run"], [""], [undefined], ["Running", WITHDRAWN]);
    expect(info.categories).toEqual([{ id: 1, name: "Run" }]);
    expect([...rows.categoryRows]).toEqual([0, 0, -1, 0]);
  });
});

test("categories without a number are told apart by their names, and a post has all of its own", () => {
  const { info, rows } = labelled([
    [{ name: "run" }, { name: "art" }],
    [{ name: "art" }],
    [],
    [{ id: 5, name: "run" }],
    [{ name: "sea" }, { name: "run" }, { name: "art" }],
  ]);
  const names = [{ name: "run" }, { name: "art" }, { id: 5, name: "run" }, { name: "sea" }];
  expect(info.categories).toEqual(names);
  expect([...rows.categoryRows]).toEqual([0, 1, -1, 2, 3]);
  expect([...rows.furtherCategories]).toEqual([0, 1, 4, 0, 4, 1]);
});

test("a topic without a code is no topic", () => {
  const { info, rows } = labels(["flic"], [""], [undefined], ["flic"]);
  expect(info.topicCodes).toEqual(["flic"]);
  expect([...rows.topicRows]).toEqual([0, -1, -1, 0]);
});

test("creators are numbered by their first post; a post without one has none", () => {
  const { info, rows } = labelled([[], [], [], []], undefined, undefined, ["ada", "", "bo", "ada"]);
  expect(info.creators).toEqual(["ada", "bo"]);
  expect([...rows.creatorRows]).toEqual([0, -1, 1, 0]);
});
