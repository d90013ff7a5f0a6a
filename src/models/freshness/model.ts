/** Freshness: new posts compete in every feed, since few people can have liked them yet. */
import { factorOf, NEUTRAL } from "../../domain/adjustments.ts";
import { DAY_MS } from "../../domain/day.ts";
import { gather } from "../../linalg/vector-ops.ts";
import { column, partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec, Served } from "../contract.ts";
import { firstEligible } from "../pick.ts";

/** New posts that compete in every feed. */
export const NEWEST = 200;

/** `freshness`: 1 for a new post, falling to 0. */
export const freshPart = partSpec<{ readonly halfLifeDays: number }>()("fresh", {
  freshness: column("Float32Array", "posts"),
});

/** @see freshness */
export const fresh: ModelSpec = {
  ...freshPart,
  train: ({ createdAtMs, asOfMs, tuning }) => ({
    info: { halfLifeDays: tuning.freshHalfLifeDays },
    columns: { freshness: freshness(createdAtMs, asOfMs, tuning.freshHalfLifeDays) },
  }),
  fill: (model, rows) => {
    const { info, columns } = freshPart.of(model);
    const createdAtMs = Float64Array.from(rows, (row) => model.createdAtMs[row]!);
    const values = freshness(createdAtMs, model.info.asOfMs, info.halfLifeDays);
    for (const [n, row] of rows.entries()) columns.freshness[row] = values[n]!;
    return [];
  },
  *serve({ model, byNewness }) {
    const column = freshPart.of(model).columns.freshness;
    const score: Served["score"] = ({ arrays, adjustments }, rows) =>
      slowed(gather(arrays, column, rows), factorOf(adjustments, "half_life"));
    return { score, retrieve: (request) => firstEligible(request, byNewness, NEWEST) };
  },
  weights: [0.1, 0.4, 0.5, 0.6],
  slider: "freshness",
  about: "Newness: new posts cannot be popular yet.",
  words: "is new",
};

/**
 * Freshness of each post: 1 at its creation, ½ after `halfLifeDays`.
 *
 * @param createdAtMs  `[posts]`, clamped to `asOfMs`.
 */
export function freshness(
  createdAtMs: Float64Array,
  asOfMs: number,
  halfLifeDays: number,
): Float32Array {
  return Float32Array.from(createdAtMs, (it) => {
    const ageDays = Math.max(0, asOfMs - it) / DAY_MS;
    return 0.5 ** (ageDays / halfLifeDays);
  });
}

/** Smallest factor of a half-life: after an hour, instead of a day, is as good as at once. */
const FACTOR_MIN = 0.05;

/**
 * Freshness, changed in place, as it is with another half-life: ½^(age / (factor · halfLife)) is its root.
 *
 * @param factor  Of the half-life.
 */
export function slowed(freshness: Float32Array, factor: number): Float32Array {
  if (factor === NEUTRAL) return freshness;
  const exponent = 1 / Math.max(FACTOR_MIN, factor);
  for (let n = 0; n < freshness.length; n++) freshness[n] = freshness[n]! ** exponent;
  return freshness;
}
