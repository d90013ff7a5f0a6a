/** Tables of the quality report in Markdown: those of the README and of the models' page. */
import { DATA_SETS } from "../../src/benchmarks/data-sets.ts";
import { SHIPPED } from "../../src/benchmarks/rolling/roll.ts";
import { MIDDLE } from "../../src/domain/sliders.ts";
import type { Interval } from "../../src/evaluation/bootstrap.ts";
import { isBaseline, isTerm } from "../../src/evaluation/compare.ts";
import type { Metric } from "../../src/evaluation/runs.ts";
import { BLEND, FEED, POPULARITY } from "../../src/evaluation/systems.ts";
import { groupOf, type Figure, type Figures, type GroupFigures } from "./figures.ts";
import { LINES, SOURCES, type Line } from "./lines.ts";

/** A line whose benchmark was measured, and its figures. */
export type Measured = Line & { readonly group: GroupFigures };

/** The lines that were measured. */
export function measuredLines({ benchmarks }: Figures): Measured[] {
  return LINES.flatMap((line) => {
    const group = benchmarks[line.benchmark]?.[groupOf(line)];
    return group ? [{ ...line, group }] : [];
  });
}

/** The system of the best value among those that `isOne` is true for. */
export function bestOf(group: GroupFigures, metric: Metric, isOne: (name: string) => boolean) {
  const some = Object.keys(group.systems).filter(isOne);
  const value = (name: string) => group.systems[name]![metric]![0];
  return some.reduce((best, it) => (value(it) > value(best) ? it : best));
}

/** The system of one kind that blend and feed were compared with. */
function rivalOf({ gains }: GroupFigures, model: string, isOne: (name: string) => boolean) {
  const rivals = Object.keys(gains).filter((it) => it.startsWith(`${model} over `));
  return rivals
    .map((it) => it.slice(`${model} over `.length))
    .find((it) => it !== BLEND && it !== POPULARITY && isOne(it));
}

/** The README's table: the feed beside popularity, the best baseline and what others published. */
export function qualityTable(figures: Figures): string {
  const rows = measuredLines(figures).flatMap((line) =>
    line.metrics.map((metric, n) => {
      const { systems } = line.group;
      const rival = rivalOf(line.group, FEED, isBaseline) ?? POPULARITY;
      const gain = line.group.gains[`${FEED} over ${rival}`]![metric]!;
      const published = Object.entries(line.published?.[metric] ?? {});
      return [
        n === 0 ? `${line.words} (${line.group.people} people)` : "",
        named(metric),
        published.map(([name, value]) => `${name} ${short(value)}`).join(", "),
        short(systems[POPULARITY]![metric]![0]),
        `${rival} ${short(systems[rival]![metric]![0])}`,
        cell(systems[FEED]![metric]!),
        signedCell(gain),
      ];
    }),
  );
  const head = [
    ...["benchmark", "figure", "published", "popularity", "best baseline"],
    ...["feed, 95 % interval", "over that baseline, paired"],
  ];
  return `${markdownTable(head, rows)}\n\n${SOURCES}`;
}

/** The README's table of data sets. */
export function dataTable(): string {
  const rows = Object.entries(DATA_SETS).flatMap(([folder, { from, files }]) =>
    files.map(({ of, names, recipe }, n) => [
      n === 0 ? `\`${folder}\`` : "",
      n === 0 ? from : "",
      of.join(", "),
      names.map((it) => `\`${it}\``).join(", "),
      recipe,
    ]),
  );
  return markdownTable(["folder", "from", "for", "files", "made how"], rows);
}

/** Every term alone beside the blend, and what the blend adds to the best of them. */
export function termsTable(figures: Figures): string {
  const lines = measuredLines(figures);
  const terms = Object.keys(lines[0]?.group.systems ?? {}).filter(isTerm);
  const rows = lines.map((line) => {
    const metric = line.metrics[0]!;
    const { systems, gains } = line.group;
    const best = bestOf(line.group, metric, isTerm);
    const value = (name: string) => {
      const mean = systems[name]?.[metric]?.[0] ?? 0;
      return mean === 0 ? "–" : name === best ? `**${long(mean)}**` : long(mean);
    };
    const rival = rivalOf(line.group, BLEND, isTerm);
    return [
      `${line.words}, ${named(metric)}`,
      ...terms.map(value),
      `${long(systems[BLEND]![metric]![0])}`,
      rival === undefined ? "–" : signedCell(gains[`${BLEND} over ${rival}`]![metric]!, long),
    ];
  });
  return markdownTable(["", ...terms, BLEND, "over its best term, paired"], rows);
}

/** Newcomers week after week: the feed beside the best popularity and the shipped settings. */
export function rollingTable({ rolling }: Figures): string {
  const rows = Object.entries(rolling).flatMap(([set, groups]) =>
    Object.entries(groups).map(([group, { people, systems, gains }]) => {
      const best = Object.keys(gains).find((it) => it !== SHIPPED)!;
      const share = (over: string) =>
        `${signed((100 * gains[over]![0]) / systems[over]![0], 1)} % [${gains[over]!.slice(1)
          .map((end) => signed((100 * end) / systems[over]![0], 1))
          .join(", ")}]`;
      return [
        ...[set, group, String(people), `${long(systems[best]![0])} ${best}`],
        ...[long(systems[SHIPPED]![0]), long(systems[FEED]![0]), share(best), share(SHIPPED)],
      ];
    }),
  );
  const head = [
    ...["set", "of whom", "lists", "best plain popularity", "shipped settings", "fitted"],
    ...["over the best popularity", "over the shipped"],
  ];
  return markdownTable(head, rows);
}

/** The blend fitted without each term. */
export function withoutTable({ without }: Figures): string {
  const sets = Object.keys(without);
  const names = [...new Set(sets.flatMap((it) => Object.keys(without[it]!)))];
  const rows = names.map((terms) => [
    terms === "" ? "all terms" : terms.replaceAll(",", ", "),
    ...sets.flatMap((set) => {
      const { all, warm } = without[set]![terms]!;
      return [long(all), long(warm)];
    }),
  ]);
  return markdownTable(["without", ...sets.flatMap((it) => [`${it}, all`, `${it}, known`])], rows);
}

/** Cost and gain of variety where nobody has moved its slider. */
export function varietyTable({ variety }: Figures): string {
  const percent = (it: Interval) =>
    `${signed(100 * it.mean, 1)} % [${signed(100 * it.low, 1)}, ${signed(100 * it.high, 1)}]`;
  const rows = Object.entries(variety).map(([name, { cases, by, rows: places }]) => {
    const usual = places.find((it) => it.variety === MIDDLE)!;
    const [quality, spread] = (["ndcg@20", "diversity@20"] as const).map((it) => [
      long(usual[it].mean),
      percent(usual.change[it]),
    ]);
    return [`${name} (${cases} people)`, by, ...quality!, ...spread!];
  });
  const head = ["", "by", "nDCG@20", "change", "intra-list diversity@20", "change"];
  return markdownTable(head, rows);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [head, head.map(() => "---"), ...rows].map(line).join("\n");
}

const named = (metric: Metric) => metric.replace("ndcg", "nDCG").replace("hr", "HR");
const digits = (count: number) => (x: number) =>
  x === 0 ? "0" : x.toFixed(count).replace(/^(-?)0\./, "$1.");
const [short, long] = [digits(3), digits(4)];

function cell([mean, low, high]: Figure): string {
  return `**${short(mean)}** (${short(low)}–${short(high)})`;
}

/** Signs as typographers want them. */
const signed = (x: number, count: number) => `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(count)}`;

function signedCell([mean, low, high]: Figure, format = short): string {
  const sign = (x: number) => `${x < 0 ? "−" : "+"}${format(Math.abs(x))}`;
  return `${sign(mean)} (${sign(low)} to ${sign(high)})`;
}
