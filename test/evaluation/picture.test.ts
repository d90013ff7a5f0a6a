import { expect, test } from "bun:test";
import { reportPicture } from "../../src/evaluation/picture.ts";
import { byMetric } from "../../src/evaluation/runs.ts";
import type { Report, Row } from "../../src/evaluation/report.ts";

const row = (model: string, value: number): Row => ({
  model,
  metrics: {
    ...byMetric(() => value),
    "coverage@20": 1,
    "gini@20": 0,
    "novelty@20": 1,
    "diversity@20": null,
  },
  intervals: byMetric(() => [value - 0.05, value + 0.05] as const),
});
const report: Report = {
  ...{ protocol: "P9: by hand <&>", seed: 1, catalogue: 3, cases: 3 },
  rows: [row("popularity", 0.1), row("feed", 0.4)],
  ...{ differences: [], audiences: {}, posts: {} },
};

test("a picture names every contender, and its bars are as long as their figures", () => {
  const svg = reportPicture(report);
  expect(svg).toStartWith("<svg");
  expect(svg).toContain("P9: by hand &lt;&amp;&gt;");
  for (const name of ["popularity", "feed", "ndcg@20", "recall@20"]) expect(svg).toContain(name);
  const bars = [
    ...svg.matchAll(/d="M([\d.]+) [\d.]+l([\d.]+) 0l0 [\d.]+l-[\d.]+ 0Z" fill="#5070dd"/g),
  ];
  expect(bars).toHaveLength(4); // two in each of two panels
  const [first, second] = bars.map(([, , width]) => Number(width));
  expect(second! / first!).toBeCloseTo(4, 1);
});
