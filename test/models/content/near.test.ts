/** Sources by meaning where most of what is near may not be in the feed. */
import { describe, expect, test } from "bun:test";
import { plainRankKernel } from "../../../src/linalg/rank-wasm/kernel.ts";
import { openContent } from "../../../src/models/content/serve.ts";
import { preparedModel } from "../../../src/ranking/prepared-model.ts";
import { LOCKED } from "../../../src/snapshot/model.ts";
import { modelOf, queryFor, rankingWith, STRANGER } from "../../support/model.ts";

const POSTS = 3_000;
/** Posts fan out from the first one: the higher its row, the farther it is. */
const fan = (row: number) => {
  const angle = (row / POSTS) * Math.PI;
  return [Math.cos(angle), Math.sin(angle), 0];
};
const RARE = 50;
const model = modelOf(
  Array.from({ length: POSTS }, (_, row) => ({
    vector: fan(row),
    category: row % RARE === RARE - 1 ? "rare" : "common",
    ...(row % 5 === 1 ? { flags: LOCKED } : {}),
  })),
);
const rare = Uint8Array.from({ length: POSTS }, (_, row) => Number(row % RARE === RARE - 1));
const rareRows = [...rare.keys()].filter((row) => rare[row]);
const { view, served } = preparedModel(model);
const near = served.find((it) => it.name === "mood")!.retrieve!;
const towards = Float32Array.from(fan(0));

describe("a mood", () => {
  test("finds the nearest posts", () => {
    const rows = [...near(queryFor(model, { mood: towards }))];
    expect(rows).toEqual([...Array(500).keys()].filter((row) => row % 5 !== 1));
  });

  test("brings the whole of a small category, nearest first, whatever else is nearer", () => {
    const query = queryFor(model, { mood: towards, categoryMask: rare });
    expect([...near(query)]).toEqual(rareRows);
  });

  test("finds as many for a person who has seen all near ones", () => {
    const seen = Uint32Array.from({ length: 1_000 }, (_, row) => row);
    const query = queryFor(model, { mood: towards, person: { ...STRANGER, seen } });
    const rows = near(query);
    expect(rows).toHaveLength(400);
    expect(rows[0]).toBe(1_000);
  });
});

test("an interest brings the whole of a small category", () => {
  const { person } = rankingWith(model);
  const fond = person([{ post: 101, kind: "like" }]);
  const content = openContent({ ...view, kernel: plainRankKernel });
  const query = queryFor(model, { person: fond, categoryMask: rare });
  expect([...content.postsNearInterests(query)]).toEqual(rareRows);
});
