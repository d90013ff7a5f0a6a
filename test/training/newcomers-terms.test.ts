import { describe, expect, test } from "bun:test";
import { plainStandardise } from "../../src/linalg/rank-wasm/columns.ts";
import { POPULARITY } from "../../src/models/popularity/popularity.ts";
import type { Dataset } from "../../src/training/dataset.ts";
import {
  likeliestWeights,
  listOf,
  scorerOf,
  SHIPPED_WEIGHTS,
} from "../../src/training/newcomers-terms.ts";
import { AS_OF_MS } from "../support/model.ts";

const POSTS = 60;
const rows = Uint32Array.from({ length: POSTS }, (_, n) => n);
/** Posts 0 to 9 are popular now, 10 to 19 for long, 20 to 29 are new. */
const column = (from: number) =>
  plainStandardise(Float32Array.from(rows, (row) => Number(row >= from && row < from + 10)));
const columns = [column(0), column(10), column(20)];
/** A look-back whose people like these posts, one each. */
const lookBack = (...liked: readonly number[]) => ({
  ...{ rows, columns },
  people: liked.map((row) => ({ seen: new Set<number>(), positives: new Set([row]) })),
});
const sum = (x: readonly number[]) => x.reduce((a, b) => a + b, 0);

describe("the likeliest weights", () => {
  test("are on the term whose posts newcomers like", () => {
    const weights = (...liked: number[]) => likeliestWeights(Array.from({ length: 9 }, () => lookBack(...liked))); // prettier-ignore
    const [now, long, isNew] = [weights(0, 1, 2), weights(10, 11, 12), weights(20, 21)];
    expect([now, long, isNew].map((it) => it.indexOf(Math.max(...it)))).toEqual([0, 1, 2]);
    for (const it of [now, long, isNew]) expect(sum(it)).toBeCloseTo(sum(SHIPPED_WEIGHTS), 3);
  });

  test("follow the look-backs, not the one with the most people", () => {
    const crowd = Array.from({ length: 1_000 }, (_, n) => 20 + (n % 10));
    const [, long, isNew] = likeliestWeights([
      lookBack(...crowd),
      ...Array.from({ length: 9 }, () => lookBack(10, 11, 12)),
    ]);
    expect(long!).toBeGreaterThan(3 * isNew!);
  });

  test("stay near the shipped ones where one look-back says otherwise", () => {
    const [now, long, isNew] = likeliestWeights([lookBack(10, 11, 12)]);
    expect(now!).toBeGreaterThan(long!);
    expect(now!).toBeGreaterThan(3 * isNew!);
  });

  test("are the shipped ones where nobody came", () => {
    expect(likeliestWeights([])).toEqual(SHIPPED_WEIGHTS);
    expect(likeliestWeights([lookBack()])).toEqual(SHIPPED_WEIGHTS);
  });
});

test("posts that nobody's list shows, further down than the fifty best, say nothing of the weights", () => {
  const falling = plainStandardise(Float32Array.from(rows, (row) => POSTS - row));
  const flat = new Float32Array(POSTS);
  const last = { ...lookBack(57, 58, 59), columns: [falling, flat, flat] };
  expect(likeliestWeights([last, last, last])).toEqual(SHIPPED_WEIGHTS);
});

test("the newest posts are candidates, however many others are more popular", () => {
  const POPULAR = 1_100;
  const people = Uint32Array.from({ length: 2 * POPULAR }, (_, n) => n);
  const entries = {
    people,
    rows: people.map((it) => it % POPULAR),
    confidence: new Float32Array(people.length).fill(1),
    atMs: new Float64Array(people.length).fill(AS_OF_MS),
  };
  const createdAtMs = Float64Array.from({ length: POPULAR + 1 }, (_, row) => AS_OF_MS - (row < POPULAR ? 1e12 : 0)); // prettier-ignore
  const isEligible = new Uint8Array(POPULAR + 1).fill(1);
  const scored = scorerOf({ entries, isEligible, asOfMs: AS_OF_MS, people: [] }, { posts: { createdAtMs } } as Dataset); // prettier-ignore
  expect(scored(POPULARITY).rows).toContain(POPULAR);
  const [newest] = listOf(scored(POPULARITY), [0, 0, 1], 1).rows;
  expect(newest).toBe(POPULAR);
});

test("a list has the best candidates by their weighted columns, with ties", () => {
  const { rows: list } = listOf(lookBack(), [1, 0.5, 0], 5);
  expect([...list].sort((a, b) => a - b)).toEqual([...rows.subarray(0, 10)]);
});
