/** `vidrec evaluate --diversity-curve`: what variety costs, at every place of its slider, as tables and a picture. */
import { diversityReport, type DiversityReport } from "../benchmarks/diversity.ts";
import type { Experiment } from "../benchmarks/experiment.ts";
import { MIDDLE } from "../domain/sliders.ts";
import type { Interval } from "../evaluation/bootstrap.ts";
import type { Kernel } from "../linalg/train-wasm/kernel.ts";
import type { Context } from "./command.ts";
import { signed, withInterval } from "./figures.ts";
import { table } from "./table.ts";

/** Options of a run. */
type CurveRun = {
  readonly seed: number;
  readonly kernel: Kernel;
  readonly svg: string | undefined;
  /** Experiments by name; each reads its data. */
  readonly experiments: Readonly<Record<string, () => Promise<Experiment>>>;
};

/** Prints the curve of each experiment as soon as it is done, and writes the picture of all. */
export async function evaluateDiversity(context: Context, run: CurveRun): Promise<void> {
  const { out, print, options } = context;
  const { seed, kernel, svg, experiments } = run;
  const reports: Record<string, DiversityReport> = {};
  for (const [name, read] of Object.entries(experiments)) {
    const report = await diversityReport(await read(), { seed, kernel, onProgress: out.progress });
    reports[name] = report;
    if (options["json"] !== true) print(`${diversityText(report)}\n`);
  }
  if (options["json"] === true) print(JSON.stringify(reports, undefined, 2));
  if (svg === undefined) return;
  // Loaded when drawn: no other command needs the charts.
  const { linePicture } = await import("../evaluation/line-picture.ts");
  await Bun.write(svg, linePicture(diversityChart(reports)));
}

const percent = (share: number) => 100 * share;
const signedPercent = (share: number) => `${signed(percent(share), 1)} %`;
const changed = ({ mean, low, high }: Interval) =>
  `${signedPercent(mean)} [${signedPercent(low)} to ${signedPercent(high)}]`;

/** The curve of one experiment as a table. */
export function diversityText({ protocol, cases, by, rows, random }: DiversityReport): string {
  const isFiled = rows.some((it) => it["categories@20"].mean > 0);
  return [
    protocol,
    `${cases} people. Diversity is the mean of 1 − cosine of the posts' ${by} over all pairs of the first 20;`,
    `of 20 posts drawn at random it is ${random.toFixed(4)} (${signedPercent(random / rows[0]!["diversity@20"].mean - 1)}). Categories: the share of pairs of two categories. In brackets: 95 % intervals; changes are paired.`,
    table(
      [
        "variety",
        "λ",
        "ndcg@20",
        "change",
        "diversity@20",
        "change",
        ...(isFiled ? ["categories@20", "change"] : []),
      ],
      rows.map((it) => [
        `${it.variety}${it.variety === MIDDLE ? " (default)" : ""}`,
        it.lambda.toFixed(2),
        withInterval(it["ndcg@20"]),
        changed(it.change["ndcg@20"]),
        withInterval(it["diversity@20"]),
        changed(it.change["diversity@20"]),
        ...(isFiled
          ? [it["categories@20"].mean.toFixed(3), signedPercent(it.change["categories@20"].mean)]
          : []),
      ]),
    ),
  ].join("\n");
}

/** The curves of several experiments as a chart. */
export const diversityChart = (
  reports: Readonly<Record<string, Pick<DiversityReport, "by" | "rows">>>,
) => ({
  title: "what variety costs, from relevance alone to the most of it; the large point is the default", // prettier-ignore
  x: "intra-list diversity of the first 20, change in %",
  y: "nDCG@20, change in %",
  lines: Object.entries(reports).map(([name, { by, rows }]) => ({
    name: `${name} (${by})`,
    points: rows.map(
      ({ change }) =>
        [percent(change["diversity@20"].mean), percent(change["ndcg@20"].mean)] as const,
    ),
    marked: rows.findIndex(({ variety }) => variety === MIDDLE),
  })),
});
