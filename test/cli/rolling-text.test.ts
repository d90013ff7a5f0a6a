import { expect, test } from "bun:test";
import type { RollingReport } from "../../src/benchmarks/rolling/report.ts";
import { rollingSummary, rollingText } from "../../src/cli/rolling-text.ts";

const at = (mean: number) => ({ mean, low: mean - 0.01, high: mean + 0.01 });
const report: RollingReport = {
  ...{ set: "plain", days: 7, seed: 1 },
  groups: {
    newcomers: {
      ...{ cases: 12, weeks: 3 },
      rows: [
        { model: "14 days", "ndcg@20": at(0.2), "recall@20": at(0.3) },
        { model: "shipped", "ndcg@20": at(0.25), "recall@20": at(0.3) },
        { model: "feed", "ndcg@20": at(0.22), "recall@20": at(0.35) },
      ],
      differences: [
        { over: "14 days", ...at(0.02) },
        { over: "shipped", ...at(-0.03) },
      ],
    },
  },
  bySeed: { 1: { newcomers: 0.22 }, 2: { newcomers: 0.18 } },
};

test("the rolling report has a table a group, gains over the best baseline and the shipped settings, and the seeds", () => {
  const lines = rollingText(report).split("\n");
  expect(lines[0]).toBe("rolling over plain, 7 days at a time, seed 1");
  expect(lines).toContain("newcomers, 12 in 3 weeks  ndcg@20                 recall@20");
  expect(lines).toContain(
    "feed                      0.2200 [0.2100–0.2300]  0.3500 [0.3400–0.3600]",
  );
  expect(lines).toContain(
    "* ndcg@20 of feed over 14 days: +0.0200 = +10.0 %, 95 % interval +0.0100 to +0.0300",
  );
  expect(lines.at(-1)).toMatch(/^newcomers +0\.2200 +0\.1800 +10\.0%$/);
});

test("where a ranking found nothing, nothing is a share of it", () => {
  const { rows } = report.groups.newcomers!;
  const none = rows.map((it) => ({ ...it, "ndcg@20": at(0) }));
  const differences = report.groups.newcomers!.differences.map(({ over }) => ({ over, ...at(0) }));
  const empty: RollingReport = {
    ...report,
    groups: { newcomers: { ...{ cases: 1, weeks: 1 }, rows: none, differences } },
    bySeed: { 1: { newcomers: 0 }, 2: { newcomers: 0 } },
  };
  const text = rollingText(empty);
  expect(text).toContain("* ndcg@20 of feed over 14 days: +0.0000, 95 % interval");
  expect(text.split("\n").at(-1)).toMatch(/^newcomers +0\.0000 +0\.0000 +–$/);
  expect(rollingSummary([empty]) + text).not.toContain("NaN");
});

test("its summary has a line a set and group", () => {
  expect(rollingSummary([report]).split("\n")[1]).toMatch(
    /^newcomers +plain +0\.2200 +0\.2000 14 days +\+10\.0% +0\.2500 shipped +−12\.0%$/,
  );
});
