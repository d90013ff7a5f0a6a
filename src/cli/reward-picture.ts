/** A simulation's reward by day as a chart: a line for each policy. */
import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { PolicyRow } from "../benchmarks/simulator/report.ts";

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** Pixels. */
const SIZE = { width: 800, height: 420 };

/** SVG text: finished videos a viewer, day by day. */
export function rewardPicture(rows: readonly PolicyRow[]): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, ...SIZE });
  chart.setOption({
    animation: false,
    title: { text: "finished videos a viewer and day", left: 10, top: 10, textStyle: { fontSize: 13 } }, // prettier-ignore
    legend: { top: 10, right: 10 },
    xAxis: { type: "category", name: "day", data: rows[0]!.byDay.map((_, day) => day + 1) },
    yAxis: { type: "value", min: 0 },
    series: rows.map(({ policy, byDay }) => ({ type: "line", name: policy, data: [...byDay] })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
