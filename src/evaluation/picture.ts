/** Bar charts with intervals as SVG: an evaluation's report, and figures of several side by side. */
import { BarChart, CustomChart, type CustomSeriesOption } from "echarts/charts";
import { GridComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Report } from "./report.ts";
import type { Metric } from "./runs.ts";

use([BarChart, CustomChart, GridComponent, TitleComponent, SVGRenderer]);

/** One bar. */
export type Bar = {
  readonly name: string;
  readonly value: number;
  /** Ends of its interval; absent for a figure without one. */
  readonly interval?: readonly [low: number, high: number];
  /** True for a figure that is not our own. */
  readonly isForeign?: boolean;
};

/** Bars on one axis, the first on top. */
type Panel = { readonly name: string; readonly bars: readonly Bar[] };

const METRICS = ["ndcg@20", "recall@20"] as const satisfies readonly Metric[];
/** Colours of our own bars, and of foreign ones. */
const [OWN, FOREIGN] = ["#5070dd", "#b6bcc8"];
/** Height of a bar with its gap, pixels. */
const LINE = 24;
/** Room for the names of bars, and for the bars themselves, pixels. */
const [NAMES, BARS] = [150, 340];
/** Room above a panel, for the title or the panel before it, and below it, for its axis, pixels. */
const [ABOVE, BELOW] = [40, 50];

/** SVG text: bars in the table's order, whiskers from end to end of each interval. */
export function reportPicture({ protocol, rows }: Report): string {
  return barPicture(
    protocol,
    METRICS.map((metric) => ({
      name: metric,
      bars: rows.map(({ model, metrics, intervals }) => ({
        name: model,
        value: metrics[metric],
        interval: intervals[metric],
      })),
    })),
  );
}

/** SVG text: panels in rows of `columns`. */
export function barPicture(title: string, panels: readonly Panel[], columns = 2): string {
  const rows = Math.ceil(panels.length / columns);
  const most = Math.max(...panels.map(({ bars }) => bars.length));
  const rowHeight = ABOVE + LINE * most + BELOW;
  const [width, height] = [columns * (NAMES + BARS) + ABOVE, ABOVE + rows * rowHeight];
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({
    animation: false,
    title: { text: title, left: 10, top: 10, textStyle: { fontSize: 13 } },
    grid: panels.map(({ bars }, n) => ({
      left: (n % columns) * (NAMES + BARS) + NAMES,
      width: BARS - ABOVE,
      top: ABOVE + Math.floor(n / columns) * rowHeight,
      height: LINE * bars.length,
    })),
    xAxis: panels.map(({ name }, gridIndex) => ({
      ...{ gridIndex, name, nameLocation: "middle", nameGap: 26, splitNumber: 4 },
    })),
    yAxis: panels.map(({ bars }, gridIndex) => ({
      ...{ gridIndex, type: "category", inverse: true, data: bars.map((it) => it.name) },
      axisLabel: { interval: 0 },
    })),
    series: panels.flatMap(({ bars }, axis) => [
      {
        ...{ type: "bar", xAxisIndex: axis, yAxisIndex: axis, itemStyle: { color: OWN } },
        data: bars.map(({ value, isForeign }) =>
          isForeign ? { value, itemStyle: { color: FOREIGN } } : value,
        ),
      },
      whiskers(bars, axis),
    ]),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** A line from the low to the high end of each bar's interval. */
function whiskers(bars: readonly Bar[], axis: number): CustomSeriesOption {
  const some = bars.flatMap(({ interval }, n) => (interval ? [[...interval, n]] : []));
  return {
    type: "custom",
    z: 3, // above the bars
    xAxisIndex: axis,
    yAxisIndex: axis,
    data: some,
    encode: { x: [0, 1], y: 2 },
    renderItem: (_, api) => {
      const [low, high] = [0, 1].map((end) => api.coord([api.value(end), api.value(2)]));
      const line = { x1: low![0]!, y1: low![1]!, x2: high![0]!, y2: high![1]! };
      return { type: "line", shape: line, style: { stroke: "#333", lineWidth: 1.5 } };
    },
  };
}
