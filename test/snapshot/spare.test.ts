import { expect, test } from "bun:test";
import { LAYOUT } from "../../src/models/models.ts";
import { postCount, spareRows } from "../../src/snapshot/spare.ts";
import { withSpareRows } from "../support/spare.ts";
import { generatedHistory, generatedModel } from "../support/generated.ts";
import { rankingWith } from "../support/model.ts";
import { personOf } from "../../src/models/person.ts";
import { someModel } from "./some-model.ts";

test("an eighth of the posts, and 256 at least, have spare rows", () => {
  expect([0, 20, 10_000, 1_000_000].map(spareRows)).toEqual([256, 256, 1_250, 125_000]);
});

test("a model with spare rows ranks like one without, and counts its posts", () => {
  const dense = generatedModel(700, 3);
  const model = withSpareRows(dense, LAYOUT, 100);
  expect([model.postKeys.length, postCount(model), postCount(dense)]).toEqual([800, 700, 700]);
  const lists = [dense, model].map((it) => {
    const { ranker } = rankingWith(it);
    const person = personOf(it, ranker.rowOf, generatedHistory(dense, 30, 1));
    const { rows } = ranker.rank({ person, categoryMask: undefined, mood: undefined, limit: 500 });
    return [...rows];
  });
  expect(lists[1]).toEqual(lists[0]!);
});

test("every column keeps its numbers, those of tables with several blocks too", () => {
  const dense = someModel(1, 10, 3);
  const model = withSpareRows(dense, LAYOUT, 5);
  const before = dense.parts["sequence"]!.columns["scores"]!; // 3 blocks × 10 posts × 3
  const after = model.parts["sequence"]!.columns["scores"]!;
  for (let block = 0; block < 3; block++)
    expect([...after.subarray(block * 45, block * 45 + 30)]).toEqual([...before.subarray(block * 30, block * 30 + 30)]); // prettier-ignore
  expect([...model.ratings]).toEqual([...dense.ratings]);
  expect([...model.categoryRows.subarray(10)]).toEqual([-1, -1, -1, -1, -1]);
});
