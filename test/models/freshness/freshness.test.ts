import { describe, expect, test } from "bun:test";
import { freshness } from "../../../src/models/freshness/model.ts";

const DAY_MS = 86_400_000;
const NOW_MS = 1_000 * DAY_MS;

describe("freshness", () => {
  test("is 1 when made and halves with each half-life", () => {
    const made = Float64Array.of(
      NOW_MS,
      NOW_MS - 10 * DAY_MS,
      NOW_MS - 20 * DAY_MS,
      NOW_MS + DAY_MS,
    );
    expect([...freshness(made, NOW_MS, 10)]).toEqual([1, 0.5, 0.25, 1]);
  });
});
