/** The rolling benchmark's report as Markdown tables. */
import type { GroupReport, RollingReport } from "../benchmarks/rolling/report.ts";
import type { Group } from "../benchmarks/rolling/weeks.ts";
import { FEED } from "../evaluation/systems.ts";
import { percentOf, withInterval } from "./figures.ts";
import { gainLine } from "./report.ts";
import { table } from "./table.ts";

/** Stands for a share of 0. */
const NO_SHARE = "–";

/** The tables of one set. */
export function rollingText({ set, days, seed, groups, bySeed }: RollingReport): string {
  const seeds = Object.keys(bySeed);
  return [
    `rolling over ${set}, ${days} days at a time, seed ${seed}`,
    "In brackets: 95 % interval of the figure before it, by resampling weeks. Differences are paired.",
    ...Object.entries(groups).flatMap(([group, it]) => ["", groupText(group, it)]),
    ...(seeds.length > 1 ? ["", seedTable(bySeed)] : []),
  ].join("\n");
}

function groupText(group: string, { cases, weeks, rows, differences }: GroupReport): string {
  return [
    table(
      [`${group}, ${cases} in ${weeks} weeks`, "ndcg@20", "recall@20"],
      rows.map((it) => [it.model, withInterval(it["ndcg@20"]), withInterval(it["recall@20"])]),
    ),
    "",
    ...differences.map((it) =>
      gainLine(FEED, it, rows.find(({ model }) => model === it.over)!["ndcg@20"].mean),
    ),
  ].join("\n");
}

/** The feed's nDCG@20 by seed, and how far the seeds lie from their mean. */
function seedTable(bySeed: RollingReport["bySeed"]): string {
  const seeds = Object.keys(bySeed).map(Number);
  const groups = Object.keys(bySeed[seeds[0]!]!) as Group[];
  return table(
    ["ndcg@20 of feed by seed", ...seeds.map(String), "farthest from the mean"],
    groups.map((group) => {
      const values = seeds.map((it) => bySeed[it]![group]!);
      const mean = values.reduce((sum, it) => sum + it, 0) / values.length;
      const farthest = Math.max(...values.map((it) => Math.abs(it - mean)));
      return [
        group,
        ...values.map((it) => it.toFixed(4)),
        mean > 0 ? `${((100 * farthest) / mean).toFixed(1)}%` : NO_SHARE,
      ];
    }),
  );
}

/** All sets side by side: the feed in each group, beside the best baseline and the shipped settings. */
export function rollingSummary(reports: readonly RollingReport[]): string {
  const rows = reports.flatMap(({ set, groups }) =>
    Object.entries(groups).map(([group, { rows, differences }]) => {
      const of = (model: string) => rows.find((it) => it.model === model)!["ndcg@20"].mean;
      return [
        ...[group, set, of(FEED).toFixed(4)],
        ...differences.flatMap((it) => [
          `${of(it.over).toFixed(4)} ${it.over}`,
          `${percentOf(it.mean, of(it.over)) ?? NO_SHARE}%`,
        ]),
      ];
    }),
  );
  const head = ["ndcg@20", "set", "feed", "best popularity", "gain", "shipped settings", "gain"];
  return table(
    head,
    rows.toSorted((a, b) => a[0]!.localeCompare(b[0]!)),
  );
}
