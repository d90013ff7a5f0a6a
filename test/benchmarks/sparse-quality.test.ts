import { beforeAll, describe, expect, test } from "bun:test";
import { POPULARITY, RECENT_POPULARITY } from "../../src/evaluation/systems.ts";
import { curve, LENGTHS, type CurveRow } from "../../src/evaluation/curve.ts";
import { nearestExact } from "../../src/index/exact.ts";
import { plainLikes } from "../../src/benchmarks/baselines.ts";
import { learnt, sparseExperiment } from "../support/sparse.ts";

/** Fixed: floors are below what was measured by about the width of its interval. */
const SEED = 41;

let rows: CurveRow[];
beforeAll(async () => {
  const { past, split } = sparseExperiment(SEED, 365);
  const ranker = await learnt(past);
  const { counts } = plainLikes(past);
  rows = curve({
    ranker,
    nearest: (vector, count) => nearestExact(ranker.model.embeddings, vector, count),
    baselines: [
      { name: POPULARITY, score: (_, all) => Float32Array.from(all, (row) => counts[row]!) },
    ],
    split,
    seed: SEED,
  });
});

const at = (length: number, model = "feed") =>
  rows.find((it) => it.length === length && it.model === model)!;

describe("on the sparse set, with the weights that are shipped, the feed", () => {
  test("gives newcomers twice what popularity of all times gives, no less than that of late", () => {
    const { metrics, over } = at(0);
    expect(metrics["ndcg@20"].mean).toBeGreaterThan(2 * at(0, POPULARITY).metrics["ndcg@20"].mean);
    expect(over[POPULARITY]!.low).toBeGreaterThan(0);
    expect(over[RECENT_POPULARITY]!.mean).toBeGreaterThan(-0.002);
  });

  test.each(LENGTHS.filter((it) => it > 0))(
    "beats both popularities beyond chance for people with %i posts known",
    (length) => {
      expect(at(length).over[POPULARITY]!.low).toBeGreaterThan(0);
      expect(at(length).over[RECENT_POPULARITY]!.low).toBeGreaterThan(0);
    },
  );

  test("knows a person better by ten posts than by one", () => {
    expect(at(10).metrics["ndcg@20"].mean).toBeGreaterThan(at(1).metrics["ndcg@20"].mean);
  });

  test.each([
    [0, 0.31],
    [1, 0.18],
    [2, 0.2],
    [3, 0.23],
    [5, 0.28],
    [10, 0.27],
  ])("reaches its floor with %i posts known: nDCG@20 of %f", (length, floor) => {
    expect(at(length).metrics["ndcg@20"].mean).toBeGreaterThan(floor);
  });
});
