/** An evaluation's report as a chart: nDCG@20 and recall@20 of every system, with intervals. */
import { BarChart, CustomChart, type CustomSeriesOption } from "echarts/charts";
import { GridComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Metric } from "../evaluation/runs.ts";
import type { Report, Row } from "../evaluation/report.ts";

use([BarChart, CustomChart, GridComponent, TitleComponent, SVGRenderer]);

const METRICS = ["ndcg@20", "recall@20"] as const satisfies readonly Metric[];
/** Pixels. */
const [WIDTH, LINE, MARGIN] = [1_000, 24, 90];

/** SVG text: bars in the table's order, whiskers from end to end of each interval. */
export function reportPicture(report: Report): string {
  const height = MARGIN + LINE * report.rows.length + MARGIN / 2;
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    title: { text: report.protocol, left: 10, top: 10, textStyle: { fontSize: 13 } },
    grid: METRICS.map((_, n) => ({
      left: n === 0 ? 150 : 600,
      width: 370,
      top: MARGIN,
      height: LINE * report.rows.length,
    })),
    xAxis: METRICS.map((name, gridIndex) => ({
      gridIndex,
      name,
      nameLocation: "middle",
      nameGap: 26,
    })),
    yAxis: METRICS.map((_, gridIndex) => ({
      gridIndex,
      type: "category",
      inverse: true,
      data: report.rows.map((it) => it.model),
      axisLabel: { show: gridIndex === 0 },
    })),
    series: METRICS.flatMap((metric, axis) => [
      {
        type: "bar",
        xAxisIndex: axis,
        yAxisIndex: axis,
        data: report.rows.map((it) => it.metrics[metric]),
      },
      whiskers(report.rows, metric, axis),
    ]),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** A line from the low to the high end of each row's interval. */
function whiskers(rows: readonly Row[], metric: Metric, axis: number): CustomSeriesOption {
  return {
    type: "custom",
    xAxisIndex: axis,
    yAxisIndex: axis,
    data: rows.map((it, n) => [...it.intervals[metric], n]),
    encode: { x: [0, 1], y: 2 },
    renderItem: (_, api) => {
      const [low, high] = [0, 1].map((end) => api.coord([api.value(end), api.value(2)]));
      const line = { x1: low![0]!, y1: low![1]!, x2: high![0]!, y2: high![1]! };
      return { type: "line", shape: line, style: { stroke: "#333", lineWidth: 1.5 } };
    },
  };
}
