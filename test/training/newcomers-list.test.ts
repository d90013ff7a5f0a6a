/** The list of newcomers in a look-back: candidates, scores and quality. */
import { describe, expect, test } from "bun:test";
import { sparseDataset } from "../../src/benchmarks/sparse/dataset.ts";
import {
  massesOf,
  POPULARITY,
  tallied,
  type PopularityParams,
} from "../../src/models/popularity/popularity.ts";
import { withTextPrior } from "../../src/models/popularity/text-prior.ts";
import type { Dataset } from "../../src/training/dataset.ts";
import { fitNewcomers } from "../../src/training/fit-newcomers.ts";
import { lookBacksOf } from "../../src/training/look-backs.ts";
import { noFacts, qualityOf, scorerOf } from "../../src/training/newcomers-list.ts";
import { TUNING } from "../../src/training/tuning.ts";
import { oneThread } from "../support/kernel.ts";
import { AS_OF_MS } from "../support/model.ts";

const DAY_MS = 86_400_000;

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

describe("the quality of a list", () => {
  const POSTS = 60;
  const rows = Uint32Array.from({ length: POSTS }, (_, row) => row);
  const of = (column: Float32Array, seen: readonly number[], positive: number) =>
    qualityOf({ rows, columns: [column] }, [1], [{ seen: new Set(seen), positives: new Set([positive]) }]); // prettier-ignore

  test("is that of the first posts that a person has not seen", () => {
    const falling = Float32Array.from(rows, (row) => -row);
    expect(of(falling, [...rows.subarray(0, 30)], 30)).toBe(1);
    expect(of(falling, [...rows.subarray(0, 30)], 50)).toBe(0);
  });

  test("is the same for every one of the posts that tie", () => {
    const flat = new Float32Array(POSTS);
    const [first, last] = [of(flat, [1], 0), of(flat, [1], POSTS - 1)];
    expect(first).toBeGreaterThan(0);
    expect(last).toBeCloseTo(first, 9);
  });
});

describe("a fit's quality", async () => {
  const data = sparseDataset(3);
  const { popularity, fits } = await fitNewcomers(data, oneThread);
  const { all } = lookBacksOf(data);
  const sum = (x: readonly number[]) => x.reduce((total, it) => total + it, 0);
  const qualities = (params: PopularityParams, priors: readonly Float32Array[] = []) =>
    all.map((it, n) => qualityOf(scorerOf(it, data)(params, priors[n]), [1, 0.1], it.people));
  const weights = all.map(({ people }) => people.length / (people.length + 8));
  const mean = (x: readonly number[]) => sum(x.map((it, n) => weights[n]! * it)) / sum(weights);

  test("is the mean over look-backs, in which those of more people weigh more", () => {
    const shipped = qualities(POPULARITY);
    expect(fits[0]!.shippedNDcg).toBeCloseTo(mean(shipped), 9);
    expect(Math.abs(sum(shipped) / all.length - mean(shipped))).toBeGreaterThan(1e-5); // a plain mean is another
  });

  test("of what texts lead to expect is that of the popularity that was fitted before", async () => {
    expect(popularity.laterWeight).not.toBe(POPULARITY.laterWeight);
    const posts = data.posts.keys.length;
    const priors = await withTextPrior(oneThread, data.embeddings, posts, async (fit) => {
      const found: Float32Array[] = [];
      for (const { entries, asOfMs } of all)
        found.push(
          (await fit(massesOf(tallied(entries, noFacts(posts), asOfMs, popularity)))).prior,
        );
      return found;
    });
    expect(fits[1]!.nDcg).toBeCloseTo(mean(qualities(popularity, priors)), 9);
  });
});

test("freshness falls by the half-life that is tuned", () => {
  const isEligible = new Uint8Array(3).fill(1);
  const rows = () => new Uint32Array(0);
  const none = { people: rows(), rows: rows(), confidence: new Float32Array(0), atMs: new Float64Array(0) }; // prettier-ignore
  const lookBack = { entries: none, isEligible, asOfMs: AS_OF_MS, people: [] };
  const createdAtMs = Float64Array.of(AS_OF_MS, AS_OF_MS - 10 * DAY_MS, AS_OF_MS - 1e13);
  const newness = (freshHalfLifeDays: number) => {
    const data = { posts: { createdAtMs }, tuning: { ...TUNING, freshHalfLifeDays } };
    const scored = scorerOf(lookBack, data as Dataset)(POPULARITY);
    return scored.columns[1]![scored.rows.indexOf(1)]!;
  };
  expect(newness(40)).toBeGreaterThan(newness(2) + 0.5);
});
