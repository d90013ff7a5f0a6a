/** Line charts as SVG. */
import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** A line through its points, in their order. */
type Line = {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Index of a point that is drawn large. */
  readonly marked?: number;
};

/** Lines on common axes. */
type LineChartData = {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Start of the axis of y; near its least value if absent. */
  readonly yMin?: number;
  readonly lines: readonly Line[];
};

/** Of the chart, and of points: usual ones and marked ones, pixels. */
const [SIZE, USUAL, MARKED] = [{ width: 800, height: 420 }, 4, 14];

/** SVG text of the lines. */
export function linePicture({ title, x, y, yMin, lines }: LineChartData): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, ...SIZE });
  chart.setOption({
    animation: false,
    title: { text: title, left: 10, top: 10, textStyle: { fontSize: 13 } },
    legend: { top: 30, right: 10 },
    grid: { top: 70, left: 60, right: 30, bottom: 50 },
    xAxis: { type: "value", name: x, nameLocation: "middle", nameGap: 28, scale: true },
    yAxis: {
      type: "value",
      name: y,
      nameTextStyle: { align: "left" },
      ...(yMin === undefined ? { scale: true } : { min: yMin }),
    },
    series: lines.map(({ name, points, marked }) => ({
      type: "line",
      name,
      data: points.map((value, n) => ({ value: [...value], symbolSize: n === marked ? MARKED : USUAL })), // prettier-ignore
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
