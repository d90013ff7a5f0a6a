/** Line chart of uPlot, with its figures as a table behind it. */
import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import { theme } from "../theme.ts";
import { Table } from "./table.tsx";

/** A line of a chart. */
export type Line = { readonly name: string; readonly values: readonly (number | null)[] };

type ChartProps = {
  readonly label: string;
  /** Unix seconds, or plain numbers with a unit. */
  readonly x: readonly number[];
  readonly xName?: string;
  readonly xUnit?: string | undefined;
  readonly lines: readonly Line[];
  /** A value in words, in axis and table. */
  readonly format?: (value: number) => string;
  /** Pixels; reserved before the chart is drawn. */
  readonly height?: number;
};

const plain = (value: number) => value.toLocaleString("en-GB", { maximumFractionDigits: 3 });
const day = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);

const dayOfMonth = (seconds: number) =>
  new Date(seconds * 1_000).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }); // prettier-ignore
/** Steps of an axis of counts. */
const WHOLE = Array.from({ length: 10 }, (_, n) => [1, 2, 5].map((it) => it * 10 ** n)).flat();

/** A chart of lines. */
export function Chart({
  label,
  x,
  xName = "Day",
  xUnit,
  lines,
  format = plain,
  height = 180,
}: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const dark = theme.value;
  useEffect(() => {
    const element = place.current!;
    const options = optionsOf({ x, xName, xUnit, lines, format, height }, element);
    const data = [[...x], ...lines.map((it) => [...it.values])] as UPlot.AlignedData;
    const chart = new UPlot(options, data, element);
    const resized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    return () => (resized.disconnect(), chart.destroy());
  }, [x, lines, dark, height]);
  return (
    <figure class="chart">
      <div
        ref={place}
        role="img"
        aria-label={label}
        style={{ minHeight: `${height + (lines.length > 1 ? 28 : 0)}px` }}
      />
      <Table
        summary="Figures"
        head={[xName, ...lines.map((it) => it.name)]}
        rows={x.map((it, n) => [
          wordsAt(it, xUnit),
          ...lines.map(({ values }) => (values[n] == null ? "–" : format(values[n]!))),
        ])}
      />
    </figure>
  );
}

/** A value of `x` in words. */
const wordsAt = (value: number, unit: string | undefined): string =>
  unit === undefined ? day(value) : plain(value) + unit;

type Drawn = Required<Omit<ChartProps, "label" | "xUnit">> & Pick<ChartProps, "xUnit">;

function optionsOf(
  { x, xName, xUnit, lines, format, height }: Drawn,
  element: HTMLElement,
): UPlot.Options {
  const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } }; // prettier-ignore
  const isWhole = lines.every(({ values }) => values.every((it) => Number.isInteger(it ?? 0)));
  return {
    width: element.clientWidth,
    height,
    legend: { show: lines.length > 1 },
    cursor: { points: { size: 6 } },
    scales: { x: { time: xUnit === undefined }, y: { range: (_, low, high) => [Math.min(0, low), high === 0 ? 1 : high * 1.05] } }, // prettier-ignore
    axes: [
      {
        ...axis,
        size: 30,
        values: (_, values) =>
          values.map(xUnit === undefined ? dayOfMonth : (it) => plain(it) + xUnit),
      },
      { ...axis, ...(isWhole && { incrs: WHOLE }), size: 48, values: (_, values) => values.map((it) => format(it)) }, // prettier-ignore
    ],
    series: [
      { label: xName, value: (_, it) => (it == null ? "–" : wordsAt(it, xUnit)) },
      ...lines.map((it, n) => ({
        label: it.name,
        stroke: colour(`--series-${n + 1}`),
        width: 2,
        points: { show: x.length < 2 },
      })),
    ],
  };
}
