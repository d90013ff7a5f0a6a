import { expect, test } from "bun:test";
import { POPULARITY } from "../../src/models/popularity/popularity.ts";
import type { Dataset } from "../../src/training/dataset.ts";
import { qualityOf, scorerOf } from "../../src/training/newcomers-list.ts";
import { AS_OF_MS } from "../support/model.ts";

test("the newest posts are candidates, however many others are more popular", () => {
  const POPULAR = 1_100;
  const each = Uint32Array.from({ length: 2 * POPULAR }, (_, n) => n);
  const entries = {
    people: each,
    rows: each.map((it) => it % POPULAR),
    confidence: new Float32Array(each.length).fill(1),
    atMs: new Float64Array(each.length).fill(AS_OF_MS),
  };
  const createdAtMs = Float64Array.from({ length: POPULAR + 1 }, (_, row) => AS_OF_MS - (row < POPULAR ? 1e12 : 0)); // prettier-ignore
  const isEligible = new Uint8Array(POPULAR + 1).fill(1);
  const people = [{ seen: new Set<number>(), positives: new Set([POPULAR]) }];
  const lookBack = { entries, isEligible, asOfMs: AS_OF_MS, people };
  const scored = scorerOf(lookBack, { posts: { createdAtMs } } as Dataset)(POPULARITY);
  expect(scored.rows).toContain(POPULAR);
  expect(qualityOf(scored, [0, 1], people)).toBe(1);
  expect(qualityOf(scored, [1, 0], people)).toBe(0);
});
