/** Tags of posts: found whatever their case, each post once. */
import { expect, test } from "bun:test";
import { rowsOfTag, tagPairs } from "../../src/models/tags.ts";

test("a tag finds the posts that have it, in the order of their rows", () => {
  const model = { tagPairs: tagPairs(["Bread, easy", "", "easy,bread , bread", "breads", " , "]) };
  expect([...rowsOfTag(model, "BREAD ")]).toEqual([0, 2]);
  expect([...rowsOfTag(model, "Easy")]).toEqual([0, 2]);
  expect([...rowsOfTag(model, "breads")]).toEqual([3]);
  expect([...rowsOfTag(model, "brea")]).toEqual([]);
  expect([...rowsOfTag(model, "")]).toEqual([]);
  expect([...rowsOfTag({ tagPairs: tagPairs([]) }, "bread")]).toEqual([]);
});
