/** A mood holds its share of the first page whatever blend was fitted, and leaves the rest its say. */
import { atOnce } from "../../../src/runtime/time-slicing.ts";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { nearestAmong } from "../../../src/index/exact.ts";
import { buildHnsw, openHnsw } from "../../../src/index/hnsw.ts";
import { SHIPPED_BLEND } from "../../../src/ranking/blend.ts";
import { openRanker } from "../../../src/ranking/feed.ts";
import { personOf, type Person } from "../../../src/models/person.ts";
import { KNOTS, type Blend, type Model } from "../../../src/snapshot/model.ts";
import { TERMS } from "../../../src/models/models.ts";
import { folderOfTests } from "../../support/test-folder.ts";
import { generatedModel } from "../../support/generated.ts";
import { history } from "../../support/histories.ts";
import { nearestIn, STRANGER } from "../../support/model.ts";
import { withColumns } from "../../support/parts.ts";
import { popularPart } from "../../../src/models/popularity/model.ts";

const D = 384;
/** Posts that may count as closest in meaning, and the page they are looked for on. */
const [CLOSEST, PAGE] = [100, 20];

const folder = folderOfTests();

/** A blend of one weight a term at all history lengths. */
const blendOf = (weights: Partial<Record<string, number>>): Blend => ({
  ...SHIPPED_BLEND,
  weights: mapped((term) => weights[term] ?? 0),
});
const mapped = (weightOf: (term: string) => number) =>
  Object.fromEntries(
    TERMS.map((term): [string, number[]] => [term, KNOTS.map(() => weightOf(term))]),
  );

const BLENDS: readonly (readonly [string, Blend])[] = [
  ["shipped", SHIPPED_BLEND],
  ["popular 3.5", blendOf({ popular: 3.5 })],
  ["popular 50", blendOf({ popular: 50, fresh: 20 })],
  ["everything 10", blendOf(Object.fromEntries(TERMS.map((it) => [it, 10])))],
  ["hardly anything", blendOf({ popular: 1e-4 })],
  ["nothing at all", blendOf({})],
];

/** A few posts everybody likes far more than all others: the longest tail that popularity has. */
function withHits(model: Model): Model {
  const { popularity } = popularPart.of(model).columns;
  const hits = popularity.map((it, row) => (row % 97 === 3 ? 1_000 + it : it));
  return withColumns(model, popularPart, { popularity: hits });
}

const known = (model: Model, posts: number): Person => {
  const rowOf = new Map(Array.from(model.postKeys, (id, row) => [id, row]));
  const liked = Array.from({ length: posts }, (_, n) => ({
    post: model.postKeys[(17 * n) % model.postKeys.length]!,
    kind: "like" as const,
    atMs: model.info.asOfMs - (posts - n) * 60_000,
  }));
  return personOf(model, (id) => rowOf.get(id), history(...liked));
};

/** Two categories of a catalogue, as a client asks for them. */
const masks: readonly (readonly [string, (model: Model) => Uint8Array | undefined])[] = [
  ["everything", () => undefined],
  ["half of it", ({ postKeys }) => Uint8Array.from(postKeys, (_, row) => row % 2)],
];

function searching(model: Model) {
  if (model.postKeys.length < 2_000) return nearestIn(model);
  const path = join(folder.path, "graph");
  buildHnsw(path, model.embeddings, D);
  return openHnsw(path, model.embeddings, D);
}

describe.each([60, 600, 3_000])("of %d posts", (size) => {
  const plain = withHits(generatedModel(size, 1));
  const find = searching(plain);
  const moods = [5, size >> 1].map((row) => plain.embeddings.subarray(row * D, row * D + D));

  test.each(BLENDS)("a mood has its share of the first page under the blend %s", (_, blend) => {
    const model = { ...plain, info: { ...plain.info, blend } };
    const ranker = atOnce(openRanker(model, find));
    for (const [person, least] of [
      [STRANGER, PAGE / 2],
      [known(model, 2), PAGE / 3],
      [known(model, 25), PAGE / 3],
    ] as const)
      for (const [about, maskOf] of masks)
        for (const mood of moods) {
          const categoryMask = maskOf(model);
          const { rows } = ranker.rank({ person, categoryMask, mood, limit: 1_000 });
          const seen = new Set(person.seen);
          const open = Uint32Array.from(plain.postKeys.keys()).filter(
            (row) => model.flags[row] === 0 && !seen.has(row) && categoryMask?.[row] !== 0,
          );
          const closest = new Set(nearestAmong(model.embeddings, mood, CLOSEST, open));
          const found = rows.subarray(0, PAGE).filter((row) => closest.has(row)).length;
          expect([about, person.length, found >= least]).toEqual([about, person.length, true]);
        }
  });
});

test("of the posts close to a mood newcomers get the best liked first", () => {
  const model = generatedModel(1_000, 2);
  const blend = blendOf({ popular: 1 });
  const ranker = atOnce(openRanker({ ...model, info: { ...model.info, blend } }, nearestIn(model)));
  let [better, pairs] = [0, 0];
  for (const row of [7, 300, 600, 900]) {
    const mood = model.embeddings.subarray(row * D, row * D + D);
    const { rows } = ranker.rank({ person: STRANGER, categoryMask: undefined, mood, limit: PAGE });
    const liked = Array.from(rows, (it) => popularPart.of(model).columns.popularity[it]!);
    for (const [n, one] of liked.entries())
      for (const later of liked.slice(n + 1)) [better, pairs] = [better + Number(one > later), pairs + 1]; // prettier-ignore
  }
  // Chance would be a half.
  expect(better / pairs).toBeGreaterThan(0.75);
});

test("a post whose text has no vector is close to no mood", () => {
  const model = generatedModel(200, 3);
  const blind = (row: number) => row % 4 !== 0;
  const embeddings = model.embeddings.map((it, at) => (blind(Math.floor(at / D)) ? 0 : it));
  const mood = model.embeddings.subarray(9 * D, 10 * D);
  const ranker = atOnce(openRanker({ ...model, embeddings }, nearestIn({ ...model, embeddings })));
  const { rows } = ranker.rank({ person: STRANGER, categoryMask: undefined, mood, limit: 200 });
  expect(rows.subarray(0, PAGE).filter((row) => !blind(row)).length).toBeGreaterThan(PAGE / 2);
});
