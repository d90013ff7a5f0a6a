import { describe, expect, test } from "bun:test";
import { wholeCases } from "../../src/evaluation/cases.ts";
import { HELD_OUT, splitBy } from "../../src/evaluation/split.ts";
import type { Dataset } from "../../src/training/dataset.ts";
import { fitPopularity } from "../../src/training/fit-popularity.ts";
import { datasetBefore } from "../../src/training/dataset-before.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { POPULARITY } from "../../src/models/popularity/popularity.ts";
import { histories, type Done } from "../support/histories.ts";

const DAY_MS = 86_400_000;
const POSTS = 60;

/**
 * Three times as many regulars, or more, who viewed posts 1 to 3 (or other old favourites) or 41 to
 * 43 (this week's), and newcomers who like whatever is next; of the regulars those who know the old
 * favourites like this week's posts next if `stays`.
 */
function store(
  people: number,
  next: (person: number) => number,
  { regulars = 3 * people, stays = false, old = [1, 2, 3] } = {},
): Dataset {
  const rows = [...Array(POSTS).keys()];
  const seen = (person: number): Done[] =>
    person % 3 === 0
      ? [0, 1, 2].map((n) => ({ post: 41 + n, kind: "view", atMs: (995 + n) * DAY_MS }))
      : old.map((post, n) => ({ post, kind: "view", atMs: (500 + n) * DAY_MS }));
  const last = (person: number): Done => ({
    post: next(person),
    kind: "like",
    atMs: 1_001 * DAY_MS,
  });
  const newcomers = Array.from({ length: people }, (_, person) => [last(person)]);
  const known = Array.from({ length: regulars }, (_, person) =>
    stays && person % 3 > 0 ? [...seen(person), { ...last(person), post: 41 }] : seen(person),
  );
  return {
    asOfMs: 1_001 * DAY_MS,
    posts: {
      keys: Float64Array.from(rows, (row) => row + 1),
      createdAtMs: new Float64Array(POSTS),
      isLocked: new Uint8Array(POSTS),
      isPublic: new Uint8Array(POSTS).fill(1),
      isWithdrawn: new Uint8Array(POSTS),
      isHidden: new Uint8Array(POSTS),
      expiresAtMs: new Float64Array(POSTS),
      viewCounts: new Float64Array(POSTS),
      exitCounts: new Float64Array(POSTS),
      categories: rows.map(() => []),
      topicCodes: rows.map(() => undefined),
      titles: rows.map(() => ""),
      textHashes: rows.map(() => ""),
      summaries: rows.map(() => ""),
    },
    histories: histories(...known, ...newcomers),
    profiles: [...known, ...newcomers].map(() => undefined),
    encoder: undefined,
    embeddings: new Float32Array(0),
    embedded: 0,
    texts: {},
  };
}

function fitted(data: Dataset) {
  const split = splitBy({ by: "time", share: HELD_OUT }, data.histories, data.asOfMs, 1);
  const before = datasetBefore(data, split);
  const cases = wholeCases(split, vocabulary(before.posts.keys), () => true);
  return fitPopularity([{ dataset: before, cases, isServable: () => true }]).halfLifeDays;
}

describe("the half-life of popularity", () => {
  test("grows where newcomers like the old favourites", () => {
    expect(fitted(store(60, (person) => 1 + (person % 3)))).toBeGreaterThan(100);
  });

  test("is the newcomers', however many regulars do not care", () => {
    const oldOnes = (person: number) => 1 + (person % 3);
    const data = store(60, oldOnes, { regulars: 1_800, stays: true });
    expect(fitted(data)).toBeGreaterThan(100);
  });

  test("stays if newcomers like new posts", () => {
    expect(fitted(store(60, (person) => 41 + (person % 3)))).toBe(POPULARITY.halfLifeDays);
  });

  test("stays where few people say something about it", () => {
    expect(fitted(store(40, (person) => 1 + (person % 3)))).toBe(POPULARITY.halfLifeDays);
  });

  test("does not depend on the ids of unknown posts", () => {
    const mirrored = ({ histories, ...data }: Dataset): Dataset => ({
      ...data,
      histories: { ...histories, postKeys: histories.postKeys.map((id) => POSTS + 1 - id) },
    });
    const old = Array.from({ length: 20 }, (_, n) => 10 + n);
    for (const unknown of [4, 7, 55]) {
      const data = store(60, (person) => (person % 2 === 0 ? 41 : unknown), {
        old,
        regulars: 37, // of all that is done a tenth is newcomers'
      });
      expect(fitted(data)).toBe(fitted(mirrored(data)));
    }
  });
});
