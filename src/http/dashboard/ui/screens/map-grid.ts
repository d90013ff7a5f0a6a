/** Grid over points of a plane, by which the nearest one to a place is found without looking at all. */
import { extentOf } from "./map-view.ts";

/** Mean number of points in a cell. */
const POINTS_A_CELL = 4;

/** A grid of points. */
type Grid = {
  /** The nearest point within `radius` for which `fits` holds. */
  readonly nearest: (
    x: number,
    y: number,
    radius: number,
    fits: (point: number) => boolean,
  ) => number | undefined;
};

/** Sorts points into cells. */
export function gridOf(x: Float32Array, y: Float32Array): Grid {
  const side = Math.max(1, Math.floor(Math.sqrt(x.length / POINTS_A_CELL)));
  const [[left, right], [low, high]] = [extentOf(x), extentOf(y)];
  const span = Math.max(1e-9, right - left, high - low);
  const cellOf = (value: number, from: number) =>
    Math.min(side - 1, Math.max(0, Math.floor(((value - from) / span) * side)));
  const starts = new Uint32Array(side * side + 1);
  const cells = Uint32Array.from(x, (it, n) => cellOf(y[n]!, low) * side + cellOf(it, left));
  for (const cell of cells) starts[cell + 1]!++;
  for (let cell = 0; cell < side * side; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const points = new Uint32Array(x.length);
  for (let n = 0; n < x.length; n++) points[next[cells[n]!]!++] = n;

  return {
    nearest: (px, py, radius, fits) => {
      let found: number | undefined;
      let least = radius * radius;
      for (let row = cellOf(py - radius, low); row <= cellOf(py + radius, low); row++) {
        const first = row * side + cellOf(px - radius, left);
        const last = row * side + cellOf(px + radius, left);
        for (let at = starts[first]!; at < starts[last + 1]!; at++) {
          const point = points[at]!;
          const distance = (x[point]! - px) ** 2 + (y[point]! - py) ** 2;
          if (distance > least || !fits(point)) continue;
          found = point;
          least = distance;
        }
      }
      return found;
    },
  };
}
