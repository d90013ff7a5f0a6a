/** The baselines of the rolling benchmark: four ways to say what is popular, without any fit. */
import { DAY_MS } from "../../domain/day.ts";
import type { Baseline } from "../../evaluation/systems.ts";
import { heap } from "../../linalg/arena.ts";
import { gather } from "../../linalg/vector-ops.ts";
import type { Dataset } from "../../training/dataset.ts";
import { plainLikes } from "../baselines.ts";

/** Days of the window, and half-life of the decay. */
const RECENT_DAYS = 14;
/** Posts that each person begins with, and half-life of the decay, days. */
const [BEGINNING, BEGINNING_DAYS] = [10, 7];

/** Names of the baselines, in the order of the report. */
export const POPULARITIES = ["all time", "14 days", "half-life 14", "first ten"] as const;

/** Sums of likes, each with a weight by its age and its place in the person's history. */
export function popularities(data: Dataset): Baseline[] {
  const { likes, atMs } = plainLikes(data);
  const weights: Record<(typeof POPULARITIES)[number], (days: number, place: number) => number> = {
    "all time": () => 1,
    "14 days": (days) => Number(days <= RECENT_DAYS),
    "half-life 14": (days) => 0.5 ** (days / RECENT_DAYS),
    "first ten": (days, place) => (place < BEGINNING ? 0.5 ** (days / BEGINNING_DAYS) : 0),
  };
  return POPULARITIES.map((name) => {
    const column = new Float32Array(likes.columnCount);
    for (let user = 0; user < likes.rowStart.length - 1; user++) {
      const from = likes.rowStart[user]!;
      for (let n = from; n < likes.rowStart[user + 1]!; n++) {
        const days = Math.max(0, data.asOfMs - atMs[n]!) / DAY_MS;
        column[likes.columns[n]!]! += weights[name](days, n - from);
      }
    }
    return { name, score: (_, rows) => gather(heap, column, rows) };
  });
}
