import { afterEach, beforeEach, expect, test } from "bun:test";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import { LAYOUT } from "../../src/models/models.ts";
import { collaborativePart } from "../../src/models/ials/model.ts";
import { freshPart } from "../../src/models/freshness/model.ts";
import { HIDDEN, WITHDRAWN } from "../../src/snapshot/model.ts";
import { postCount } from "../../src/snapshot/spare.ts";
import { withSpareRows } from "../support/spare.ts";
import { fillPosts } from "../../src/training/later-posts.ts";
import { AS_OF_MS, modelOf, rowsOf } from "../support/model.ts";
import { withColumns } from "../support/parts.ts";
import { somePost } from "../support/records.ts";

const [EAST, NORTH] = [
  [1, 0, 0],
  [0, 1, 0],
];
let store: StoreFile;
beforeEach(async () => {
  store = openStore(":memory:");
  await store.posts.record([somePost(1), somePost(2)], 1);
});
afterEach(() => store[Symbol.dispose]());

/** A model of posts 1 and 2 with three spare rows, and what a map makes of a vector: its first two numbers. */
function learnt() {
  const dense = modelOf([
    { id: 1, category: "Vible", vector: EAST, factors: [1, 1] },
    { id: 2, category: "Vible", further: ["Cats"] },
  ]);
  const postMap = Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0);
  return withSpareRows(withColumns(dense, collaborativePart, { postMap }), LAYOUT, 3);
}
/** Fills what has changed since change `n`; each post's vector is given. */
async function filled(n: number, vectors: readonly (readonly number[])[] = [], model = learnt()) {
  const changes = await store.posts.changedAfter(n, 100);
  const embeddings = new Float32Array(3 * changes.posts.keys.length);
  vectors.forEach((it, at) => embeddings.set(it, 3 * at));
  const later = { ...changes, embeddings, texts: {} };
  return { changes, before: model, ...fillPosts(model, later, rowsOf(model), postCount(model)) };
}

test("posts that came take spare rows: their facts, vectors and prior factors; what is too many is left", async () => {
  const n = await store.posts.lastChange();
  const cats = [{ id: 1, name: "Vible" }, { name: "Dogs" }];
  await store.posts.record(
    [3, 4, 5, 6].map((id) => somePost(id, { categories: cats, createdAtMs: AS_OF_MS })),
    2,
  );
  const { model, rows, left } = await filled(n, [NORTH]);
  expect([[...rows], left, postCount(model)]).toEqual([[2, 3, 4], 1, 5]);
  expect([...model.postKeys]).toEqual([1, 2, 3, 4, 5]);
  expect([...model.flags]).toEqual([0, 0, 0, 0, 0]);
  const names = model.info.categories.map((it) => it.name);
  expect(names).toEqual(["Vible", "Cats", "Dogs"]);
  expect([...model.categoryRows].map((it) => names[it])).toEqual(["Vible", "Vible", "Vible", "Vible", "Vible"]); // prettier-ignore
  expect([...model.furtherCategories]).toEqual([1, 1, 2, 2, 3, 2, 4, 2]);
  expect(model.info.embedded).toBe(2);
  expect([...model.embeddings.subarray(6, 9)]).toEqual(NORTH);
  expect([...collaborativePart.of(model).columns.postFactors.subarray(4)]).toEqual([0, 1, 0, 0, 0, 0]); // prettier-ignore
  expect(freshPart.of(model).columns.freshness[2]).toBe(1);
});

test("a changed post keeps its row, its factors, and its vector until there is another", async () => {
  const n = await store.posts.lastChange();
  await store.posts.record([somePost(1, { title: "other", categories: [], isLocked: true })], 2);
  const { model, rows, before } = await filled(n);
  expect([...rows]).toEqual([0]);
  expect([model.categoryRows[0], model.flags[0]]).toEqual([-1, 1]);
  expect([...model.embeddings.subarray(0, 3)]).toEqual(EAST);
  expect(model.info).toEqual(before.info);
  expect((await filled(n, [NORTH], model)).model.info.embedded).toBe(1);
  expect([...model.embeddings.subarray(0, 3)]).toEqual(NORTH);
  expect([...collaborativePart.of(model).columns.postFactors.subarray(0, 2)]).toEqual([1, 1]);
});

test("a post that was deleted is withdrawn, and a further category that it had is gone with a new one", async () => {
  const n = await store.posts.lastChange();
  const sent = { sent: JSON.stringify({ id: "9" }) };
  await store.changeAll([{ change: "pushPosts", args: [[somePost(9, sent)], 0] }] as never);
  const { model } = await filled(n);
  const [row] = [rowsOf(model)((await store.ids.postKeys(["9" as never])).get("9" as never)!)!];
  expect(model.flags[row]! & HIDDEN).toBe(0);
  await store.changeAll([{ change: "removePosts", args: [["9"]] }] as never);
  const { model: after, changes } = await filled((await store.posts.lastChange()) - 1, [], model);
  expect(changes.gone).toHaveLength(1);
  expect(after.flags[row]! & WITHDRAWN).toBe(WITHDRAWN);
  await store.posts.record([somePost(2, { categories: [{ name: "Dogs" }] })], 3);
  const again = await filled((await store.posts.lastChange()) - 1, [], after);
  expect([...again.model.furtherCategories]).toEqual([]);
});

test("an earlier state can name the new category of a post that it knows", async () => {
  const n = await store.posts.lastChange();
  await store.posts.record([somePost(1, { categories: [{ name: "Dogs" }] })], 2);
  const { before, model } = await filled(n);
  for (const it of [before, model])
    expect(it.info.categories[it.categoryRows[0]!]!.name).toBe("Dogs");
  await store.posts.record([somePost(2, { categories: [{ name: "Birds" }] })], 3);
  const { model: after } = await filled((await store.posts.lastChange()) - 1, [], model);
  expect(after.info.categories.map(({ name }) => name)).toEqual(["Vible", "Cats", "Dogs", "Birds"]);
});
