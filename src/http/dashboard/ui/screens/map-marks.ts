/** Marks on the map: rings, numbered pins, and a cross in the middle. Each has a halo, so that it stands out. */
import type { Place, Size } from "./map-view.ts";

/** Radius of a pin, CSS pixels. */
const PIN = 10;

/** A ring around a point. */
export function ring(
  context: CanvasRenderingContext2D,
  [px, py]: Place,
  radius: number,
  colour: string,
  halo: string,
  width = 2,
): void {
  context.beginPath();
  context.arc(px, py, radius, 0, 2 * Math.PI);
  stroked(context, colour, halo, width);
}

/** A line that stands out from whatever is below. */
function stroked(context: CanvasRenderingContext2D, colour: string, halo: string, width: number) {
  context.strokeStyle = halo;
  context.lineWidth = width + 2.5;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/** A numbered disc. */
export function pin(
  context: CanvasRenderingContext2D,
  [px, py]: Place,
  text: string,
  colour: string,
  ink: string,
  halo: string,
): void {
  context.beginPath();
  context.arc(px, py, PIN, 0, 2 * Math.PI);
  stroked(context, colour, halo, 1);
  context.fillStyle = colour;
  context.fill();
  context.fillStyle = ink;
  context.font = "600 11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, px, py + 0.5);
}

/** Four strokes around the middle of the canvas. */
export function cross(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  ink: string,
  halo: string,
) {
  const [x, y] = [width / 2, height / 2];
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    // prettier-ignore
    context.moveTo(x + 12 * dx, y + 12 * dy);
    context.lineTo(x + 22 * dx, y + 22 * dy);
  }
  stroked(context, ink, halo, 1.5);
}
