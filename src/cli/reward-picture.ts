/** A simulation's reward by day as a chart: a line for each policy. */
import type { PolicyRow } from "../benchmarks/simulator/report.ts";
import { linePicture } from "../evaluation/line-picture.ts";

/** SVG text: finished videos a viewer, day by day. */
export function rewardPicture(rows: readonly PolicyRow[]): string {
  return linePicture({
    title: "finished videos a viewer and day",
    x: "day",
    y: "",
    yMin: 0,
    lines: rows.map(({ policy, byDay }) => ({
      name: policy,
      points: byDay.map((reward, day) => [day + 1, reward] as const),
    })),
  });
}
