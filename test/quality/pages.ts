/** Pages and pictures of the quality report: sections between marks in Markdown, and SVG files. */
import { diversityChart } from "../../src/cli/diversity-curve.ts";
import { linePicture } from "../../src/evaluation/line-picture.ts";
import { barPicture, type Bar } from "../../src/evaluation/picture.ts";
import { isBaseline, isTerm } from "../../src/evaluation/compare.ts";
import { BLEND, FEED, POPULARITY } from "../../src/evaluation/systems.ts";
import type { Metric } from "../../src/evaluation/runs.ts";
import { FIGURES, type Figures } from "./figures.ts";
import {
  bestOf,
  dataTable,
  measuredLines,
  qualityTable,
  rollingTable,
  termsTable,
  varietyTable,
  withoutTable,
  type Measured,
} from "./tables.ts";

/** The sections of each page by name. */
export const PAGES: Readonly<Record<string, Readonly<Record<string, (of: Figures) => string>>>> = {
  "README.md": { quality: qualityTable, "data sets": dataTable },
  "src/models/README.md": {
    ...{ terms: termsTable, rolling: rollingTable, without: withoutTable, variety: varietyTable },
  },
};

/** The pictures by their file. */
export const PICTURES: Readonly<Record<string, (of: Figures) => string>> = {
  "src/models/figures/quality.svg": (figures) =>
    barPicture("The feed beside popularity, the best baseline and published figures, 95 % intervals", panels(figures, rivals), 3), // prettier-ignore
  "src/models/figures/variety.svg": ({ variety }) => linePicture(diversityChart(variety)),
  "src/models/figures/terms.svg": (figures) =>
    barPicture("Every term alone, and the blend of all, 95 % intervals", panels(figures, terms), 3),
};

const ROOT = new URL("../../", import.meta.url);

/** Address of a file by its path in the repository. */
export const pageAt = (path: string): URL => new URL(path, ROOT);

/** The text between a section's marks. @throws Error if a mark is missing */
export function sectionOf(text: string, name: string): string {
  const { start, end } = placeOf(text, name);
  return text.slice(start, end).trim();
}

/** A text with another section between the marks. @throws Error if a mark is missing */
export function withSection(text: string, name: string, section: string): string {
  const { start, end } = placeOf(text, name);
  return `${text.slice(0, start)}\n\n${section}\n\n${text.slice(end)}`;
}

function placeOf(text: string, name: string) {
  const [begin, over] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [at, end] = [text.indexOf(begin), text.indexOf(over)];
  if (at < 0 || end < at) throw new Error(`there is no ${begin} … ${over} to write between`);
  return { start: at + begin.length, end };
}

/** Keeps the figures, and writes all sections and pictures that show them. */
export async function writeReport(figures: Figures): Promise<void> {
  // First: they took minutes, and a page that lacks a mark is soon mended.
  await Bun.write(FIGURES, JSON.stringify(figures));
  const pages = await Promise.all(
    Object.entries(PAGES).map(async ([path, sections]) => {
      let text = await Bun.file(pageAt(path)).text();
      for (const [name, table] of Object.entries(sections))
        text = withSection(text, name, table(figures));
      return [path, text] as const;
    }),
  );
  for (const [path, text] of pages) await Bun.write(pageAt(path), text);
  for (const [path, draw] of Object.entries(PICTURES)) await Bun.write(pageAt(path), draw(figures));
  await formatted([FIGURES, ...Object.keys(PAGES).map(pageAt)].map(({ pathname }) => pathname));
}

/** Formats files as `bun fmt --check` wants them. */
async function formatted(paths: readonly string[]): Promise<void> {
  const run = Bun.spawn([process.execPath, "fmt", ...paths], {
    stdout: "ignore",
    cwd: ROOT.pathname,
  });
  if ((await run.exited) !== 0) throw new Error("`bun fmt` failed on the pages of the report");
}

function panels(figures: Figures, bars: (line: Measured, metric: Metric) => Bar[]) {
  return measuredLines(figures).map((line) => {
    const metric = line.metrics[0]!;
    const [name] = line.words.split(":");
    return { name: `${name}, ${metric}`, bars: bars(line, metric) };
  });
}

/** The feed and what it is compared with. */
function rivals(line: Measured, metric: Metric): Bar[] {
  const { group, published } = line;
  const baseline = bestOf(group, metric, isBaseline);
  return [
    ...Object.entries(published?.[metric] ?? {}).map(([name, value]) => ({
      ...{ name: `${name}, published`, value, isForeign: true },
    })),
    ...[...new Set([POPULARITY, baseline, FEED])].map((name) => bar(group, name, metric)),
  ];
}

function terms({ group }: Measured, metric: Metric): Bar[] {
  const names = [...Object.keys(group.systems).filter(isTerm), BLEND];
  return names.map((name) => bar(group, name, metric));
}

function bar({ systems }: Measured["group"], name: string, metric: Metric): Bar {
  const [value, low, high] = systems[name]![metric]!;
  return { name, value, interval: [low, high] };
}
