import { describe, expect, test } from "bun:test";
import type { Dataset } from "../../src/training/dataset.ts";
import { learn } from "../../src/training/run.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { columnsOf } from "../../src/snapshot/files.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { TERMS } from "../../src/models/models.ts";
import { histories, type Done } from "../support/histories.ts";
import { rankingWith } from "../support/model.ts";
import { oneThread } from "../support/kernel.ts";
import { collaborativePart } from "../../src/models/ials/model.ts";
import { neighboursPart } from "../../src/models/item-item/model.ts";
import { sequencePart } from "../../src/models/next-item/model.ts";
import { tableIn } from "../../src/models/top-tables.ts";

const [USERS, POSTS, GROUPS, BEFORE, AFTER] = [70, 150, 5, 14, 2];
/** Posts of 16 before the third tenth from the end. */
const STEADY = 10;
const DAY_MS = 86_400_000;
const AS_OF_MS = 100 * DAY_MS;
const groupOf = (n: number) => n % GROUPS;
const idOf = (row: number) => 1_000 + 7 * row;

/**
 * People like posts of their own group only; no text says which is which. With `whim`, what they
 * like in the last part, which all looks back hold out, has nothing to do with it.
 */
function someData(whim = false, posts = POSTS): Dataset {
  const random = seededRandom(4);
  const draw = (count: number) => Math.floor(random() * count);
  const likes = (user: number): Done[] => {
    const rows = new Set<number>();
    while (rows.size < (whim ? STEADY : BEFORE))
      rows.add(groupOf(user) + GROUPS * draw(POSTS / GROUPS));
    while (rows.size < BEFORE + AFTER)
      rows.add(whim ? draw(POSTS) : groupOf(user) + GROUPS * draw(POSTS / GROUPS));
    return [...rows].map((row, n) => ({
      post: idOf(row),
      kind: "like",
      atMs: (n < BEFORE ? 6 * n : 91 + n - BEFORE + random()) * DAY_MS,
    }));
  };
  const rows = [...Array(posts).keys()];
  return {
    asOfMs: AS_OF_MS,
    posts: {
      keys: Float64Array.from(rows, idOf),
      createdAtMs: new Float64Array(posts),
      isLocked: new Uint8Array(posts),
      isPublic: new Uint8Array(posts).fill(1),
      isWithdrawn: new Uint8Array(posts),
      isHidden: new Uint8Array(posts),
      expiresAtMs: new Float64Array(posts),
      viewCounts: new Float64Array(posts),
      exitCounts: new Float64Array(posts),
      categories: rows.map(() => []),
      topicCodes: rows.map(() => undefined),
      creators: rows.map(() => ""),
      links: rows.map(() => ""),
      titles: rows.map(String),
      textHashes: rows.map(() => ""),
      summaries: rows.map(() => ""),
    },
    histories: histories(...[...Array(USERS).keys()].map(likes)),
    profiles: Array.from({ length: USERS }, () => undefined),
    encoder: undefined,
    embeddings: new Float32Array(0),
    embedded: 0,
    texts: {},
  };
}

const learnt = (data: Dataset) => learn(data, { seed: 1, kernel: oneThread, onProgress: () => {} });
/** A run without fitting a blend. */
const quick = (data: Dataset, seed = 1, warmStart?: Model, trained?: Model) =>
  learn(data, { seed, warmStart, trained, isQuick: true, kernel: oneThread, onProgress: () => {} });

describe("a run over people with clear preferences", async () => {
  const data = someData();
  const model = await learnt(data);
  const { nDcg, fitted, cases } = model.info.blend;

  test("fits a blend that predicts the next likes far better than popularity", () => {
    expect(fitted).toBe(true);
    expect(cases).toBeGreaterThan(400);
    expect(nDcg["blend"]).toBeGreaterThan(0.3);
    expect(nDcg["blend"]).toBeGreaterThan(4 * nDcg["popular"]!);
    expect(nDcg["blend"]).toBeGreaterThan(nDcg["shipped"]!);
    // A likelihood is fitted, not nDCG itself: on the cases that were fitted on, a single term may be a little ahead.
    for (const term of TERMS) expect(nDcg["blend"]).toBeGreaterThan(0.95 * nDcg[term]!);
  });

  test("fills the first ten places of everybody's feed with their own group", () => {
    const { feed } = rankingWith(model);
    const right = [0, 1, 2, 3, 4, 42].flatMap((user) => {
      const [from, to] = [data.histories.rowStart[user]!, data.histories.rowStart[user + 1]!];
      const events = Array.from(data.histories.postKeys.subarray(from, to), (post, n): Done => {
        return { post, kind: "like", atMs: data.histories.atMs[from + n]! };
      });
      const ids = feed(events).slice(0, 10);
      return ids.map((id) => Number(groupOf((id - 1_000) / 7) === groupOf(user)));
    });
    expect(right.reduce((sum, it) => sum + it, 0) / right.length).toBeGreaterThan(0.95);
  });

  test("gives the same bytes for the same data and seed", async () => {
    const again = await learnt(someData());
    expect(columnsOf(again)).toEqual(columnsOf(model));
    expect(again.info).toEqual(model.info);
    expect(columnsOf(await quick(data, 2))).not.toEqual(columnsOf(model));
  });

  test("takes from a trained model all that its own settings leave as it is, but popularity", async () => {
    const [alone, shared] = [await quick(data), await quick(data, 1, undefined, model)];
    expect(columnsOf(shared)).toEqual(columnsOf(alone));
    expect(shared.info).toEqual(alone.info);
    expect(shared.duplicates).toBe(model.duplicates);
    expect(collaborativePart.of(shared).columns).toBe(collaborativePart.of(model).columns);
    expect(shared.parts["popular"]!.columns).not.toBe(model.parts["popular"]!.columns);
  });

  test("goes on from the last run's factors, post by post, though rows have moved", async () => {
    const all = someData();
    // Ten posts that nobody knows come before all others: row r is now row r + 10.
    const extra = someData(false, POSTS + 10).posts;
    const keys = Float64Array.from({ length: POSTS + 10 }, (_, n) =>
      n < 10 ? n + 1 : idOf(n - 10),
    );
    const moved = await quick({ ...all, posts: { ...extra, keys } }, 99, model);
    const { info, columns } = collaborativePart.of(model);
    const after = collaborativePart.of(moved).columns.postFactors.subarray(10 * info.k);
    const change = Math.hypot(...columns.postFactors.map((it, n) => it - after[n]!));
    expect(change / Math.hypot(...columns.postFactors)).toBeLessThan(0.3);
  });
});

describe("a run over people who suddenly follow their whims", () => {
  test("knows nothing of them beforehand: no part does better than chance", async () => {
    const { nDcg } = (await learnt(someData(true))).info.blend;
    // Two posts of some 140, anywhere in the list: about 0.05.
    for (const [term, it] of Object.entries(nDcg)) expect([term, it < 0.12]).toEqual([term, true]);
  });
});

describe("a run over people who all dislike one post", () => {
  test("makes it nobody's neighbour, and follows nothing with it", async () => {
    const events: Done[] = [
      { post: idOf(0), kind: "like", atMs: 1 },
      { post: idOf(1), kind: "rating", value: -50, atMs: 2 },
      { post: idOf(2), kind: "like", atMs: 3 },
    ];
    const people = {
      histories: histories(events, events, events),
      profiles: Array(3).fill(undefined),
    };
    const model = await quick({ ...someData(), ...people });
    for (const part of [neighboursPart.of(model), sequencePart.of(model)]) {
      const { m, rows, scores } = tableIn(part);
      expect([...scores.subarray(0, 3)]).toEqual([expect.any(Number), 0, 0]);
      expect(rows[0]).toBe(2);
      expect(scores.subarray(m, 2 * m)).toEqual(new Float32Array(m)); // of the disliked one, none
    }
  });
});

describe("a run over next to nothing", () => {
  test("keeps the shipped blend and still makes a model", async () => {
    const data = { ...someData(), histories: histories(), profiles: [] };
    const model = await learnt(data);
    expect(model.info.blend).toEqual(SHIPPED_BLEND);
    const { info, columns } = collaborativePart.of(model);
    expect(columns.postFactors).toEqual(new Float32Array(POSTS * info.k));
    expect(rankingWith(model).feed([])).toHaveLength(100);
  });

  test("is followed by one that learns, once there is something", async () => {
    const nothing = await quick({ ...someData(), histories: histories(), profiles: [] });
    const model = await quick(someData(), 1, nothing);
    const { postFactors } = collaborativePart.of(model).columns;
    expect(postFactors.some((it) => Math.abs(it) > 0.05)).toBe(true);
  });

  test("keeps the shipped blend where too little was done to hold anything out", async () => {
    const few = histories([{ post: idOf(1), kind: "like" }], [{ post: idOf(2), kind: "like" }]);
    const { info } = await learnt({
      ...someData(),
      histories: few,
      profiles: [undefined, undefined],
    });
    const { blend } = info;
    expect(blend.weights).toEqual(SHIPPED_BLEND.weights);
    expect(blend.fitted).toBe(false);
  });
});
