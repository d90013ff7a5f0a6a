/** An evaluation's report as Markdown tables. */
import { METRIC_NAMES } from "../evaluation/runs.ts";
import type { Difference } from "../evaluation/compare.ts";
import type { CurveRow } from "../evaluation/curve.ts";
import { LIST_METRICS, type Group, type PostGroup, type Report } from "../evaluation/report.ts";
import type { ExperimentReport } from "../benchmarks/run.ts";
import { percentOf, signed, withInterval } from "./figures.ts";
import { table } from "./table.ts";

/** Markdown: the protocol, then a table of all cases, one an audience, and one of recall by popularity. */
export function reportText(report: ExperimentReport): string {
  const groups = [["all", report], ...Object.entries(report.audiences)] as const;
  return [
    `${report.protocol}; ${report.catalogue} posts to recommend; seed ${report.seed}`,
    "",
    "In brackets: 95 % interval of the figure before it, by bootstrap over people. Differences are paired.",
    ...groups.flatMap(([name, group]) => ["", groupTable(name, group), "", ...gains(group)]),
    "",
    postsTable(report.posts),
    ...(report.curve ? ["", curveTable(report.curve)] : []),
  ].join("\n");
}

/** Figures whose intervals are shown too. */
const WITH_INTERVAL = ["recall@20", "ndcg@20"];

function groupTable(name: string, { cases, rows }: Group): string {
  return table(
    [`${name}, ${cases} people`, ...METRIC_NAMES, ...LIST_METRICS],
    rows.map(({ model, metrics, intervals }) => [
      model,
      ...METRIC_NAMES.map((it) =>
        WITH_INTERVAL.includes(it)
          ? `${metrics[it].toFixed(4)} [${ends(intervals[it])}]`
          : metrics[it].toFixed(4),
      ),
      ...LIST_METRICS.map((it) => metrics[it]?.toFixed(it.startsWith("novelty") ? 2 : 4) ?? "–"),
    ]),
  );
}

/** Recall of head, mid, tail and cold posts side by side. */
function postsTable(posts: Report["posts"]): string {
  const kinds = Object.entries(posts) as [string, PostGroup][];
  const names = kinds[0]?.[1].rows.map((it) => it.model) ?? [];
  return table(
    [
      "recall@20 of posts that were",
      ...kinds.map(([kind, { cases }]) => `${kind} (${cases} people)`),
    ],
    names.map((name, n) => [
      name,
      ...kinds.map(
        ([, { rows }]) => `${rows[n]!["recall@20"].toFixed(4)} [${ends(rows[n]!.interval)}]`,
      ),
    ]),
  );
}

/** nDCG@20 by how much of a history is known: a line a system. */
function curveTable(rows: readonly CurveRow[]): string {
  const points = [...Map.groupBy(rows, (it) => it.length)];
  const names = [...new Set(rows.map((it) => it.model))];
  return table(
    ["ndcg@20 at so many posts", ...points.map(([n, at]) => `${n} (${at[0]!.cases} people)`)],
    names.map((name) => [
      name,
      ...points.map(([, at]) =>
        withInterval(at.find((it) => it.model === name)!.metrics["ndcg@20"]),
      ),
    ]),
  );
}

function gains({ rows, differences }: Group): string[] {
  const shown = differences.filter(({ metric }) => metric === "ndcg@20");
  return shown.map((it: Difference) =>
    gainLine(it.model, it, rows.find(({ model }) => model === it.over)!.metrics["ndcg@20"]),
  );
}

/** A line on how far a model's nDCG@20 is above another's, which is `base`. */
export function gainLine(
  model: string,
  { over, mean, low, high }: Pick<Difference, "over" | "mean" | "low" | "high">,
  base: number,
): string {
  const percent = percentOf(mean, base);
  const relative = percent === undefined ? "" : ` = ${percent} %`;
  return `* ndcg@20 of ${model} over ${over}: ${signed(mean)}${relative}, 95 % interval ${signed(low)} to ${signed(high)}`;
}

function ends([low, high]: readonly [number, number]): string {
  return `${low.toFixed(4)}–${high.toFixed(4)}`;
}
