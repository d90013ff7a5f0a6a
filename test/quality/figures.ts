/** Figures of the quality report: what was measured last of each benchmark, kept as JSON beside the pictures. */
import type { Interval } from "../../src/evaluation/bootstrap.ts";
import type { Group, Report } from "../../src/evaluation/report.ts";
import type { Metric } from "../../src/evaluation/runs.ts";
import type { DiversityReport } from "../../src/benchmarks/diversity.ts";
import type { RollingReport } from "../../src/benchmarks/rolling/report.ts";
import { LINES, type Line } from "./lines.ts";

/** A mean, and the ends of its 95 % interval. */
export type Figure = readonly [mean: number, low: number, high: number];

/** Figures of one line's people. */
export type GroupFigures = {
  readonly people: number;
  /** By system and metric. */
  readonly systems: Readonly<Record<string, Readonly<Partial<Record<Metric, Figure>>>>>;
  /** Paired differences of blend and feed: by "feed over EASE", then by metric. */
  readonly gains: Readonly<Record<string, Readonly<Partial<Record<Metric, Figure>>>>>;
};

/** One group of the rolling benchmark over one set. */
export type RollingFigures = {
  readonly people: number;
  /** nDCG@20 by system. */
  readonly systems: Readonly<Record<string, Figure>>;
  /** Paired differences of the feed, by what it is compared with. */
  readonly gains: Readonly<Record<string, Figure>>;
};

/** Everything that the tables and pictures show. */
export type Figures = {
  /** By benchmark, then "all" or an audience. */
  readonly benchmarks: Readonly<Record<string, Readonly<Record<string, GroupFigures>>>>;
  /** By set, then by group. */
  readonly rolling: Readonly<Record<string, Readonly<Record<string, RollingFigures>>>>;
  /** nDCG@20 of the blend by set, then by the terms left out ("" for none), of all and of warm people. */
  readonly without: Readonly<Record<string, Readonly<Record<string, WithoutFigures>>>>;
  /** By experiment. */
  readonly variety: Readonly<Record<string, VarietyFigures>>;
};

/** The diversity curve of one experiment. */
export type VarietyFigures = Pick<DiversityReport, "cases" | "by" | "rows">;

/** nDCG@20 of the blend. */
export type WithoutFigures = { readonly all: number; readonly warm: number };

/** The file of the figures. */
export const FIGURES = new URL("../../src/models/figures/quality.json", import.meta.url);

/** Digits behind the point that are kept. */
const DIGITS = 5;

/** The figures that are kept. @throws SyntaxError if the file is damaged. */
export async function readFigures(): Promise<Figures> {
  const file = Bun.file(FIGURES);
  const kept = (await file.exists()) ? ((await file.json()) as Partial<Figures>) : {};
  return { benchmarks: {}, rolling: {}, without: {}, variety: {}, ...kept };
}

/** Figures of a benchmark's report that the tables show. */
export function figuresOf(benchmark: string, report: Report): Record<string, GroupFigures> {
  const lines = LINES.filter((it) => it.benchmark === benchmark);
  return Object.fromEntries(
    lines.map((line) => {
      const group = line.audience ? report.audiences[line.audience]! : report;
      return [groupOf(line), groupFigures(group, line.metrics)];
    }),
  );
}

/** Name of a line's group. */
export const groupOf = ({ audience }: Pick<Line, "audience">): string => audience ?? "all";

function groupFigures({ cases, rows, differences }: Group, metrics: readonly Metric[]) {
  const each = <T>(of: (metric: Metric) => T) =>
    Object.fromEntries(metrics.map((it) => [it, of(it)]));
  const pairs = new Set(differences.map(({ model, over }) => `${model} over ${over}`));
  const gain = (pair: string, metric: Metric) =>
    figure(
      differences.find((it) => `${it.model} over ${it.over}` === pair && it.metric === metric)!,
    );
  return {
    people: cases,
    systems: Object.fromEntries(
      rows.map((it) => [
        it.model,
        each((metric) => {
          const [low, high] = it.intervals[metric];
          return figure({ mean: it.metrics[metric], low, high });
        }),
      ]),
    ),
    gains: Object.fromEntries([...pairs].map((pair) => [pair, each((it) => gain(pair, it))])),
  };
}

/** Figures of a rolling report that the tables show. */
export function rollingFiguresOf({ groups }: RollingReport): Record<string, RollingFigures> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, { cases, rows, differences }]) => [
      name,
      {
        people: cases,
        systems: Object.fromEntries(rows.map((it) => [it.model, figure(it["ndcg@20"])])),
        gains: Object.fromEntries(differences.map((it) => [it.over, figure(it)])),
      },
    ]),
  );
}

/** Points of a diversity curve for the picture, rounded. */
export function varietyFiguresOf({ cases, by, rows }: DiversityReport): VarietyFigures {
  const replacer = (_: string, it: unknown) => (typeof it === "number" ? rounded(it) : it);
  return JSON.parse(JSON.stringify({ cases, by, rows }, replacer)) as VarietyFigures;
}

function figure({ mean, low, high }: Interval): Figure {
  return [rounded(mean), rounded(low), rounded(high)];
}

/** A number with the digits that are kept. */
export const rounded = (x: number): number => Number(x.toFixed(DIGITS));
