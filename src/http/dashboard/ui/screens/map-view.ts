/** View of the map: the part of the plane that is on the canvas. */

/** Canvas in CSS pixels. */
export type Size = { readonly width: number; readonly height: number };

/** A place on the canvas, CSS pixels. */
export type Place = readonly [number, number];

/** Point of the plane in the middle of the canvas, and CSS pixels per unit of the plane. */
export type View = { readonly x: number; readonly y: number; readonly scale: number };

/** Free margin around all points, CSS pixels. */
const MARGIN = 28;
/** Zoom limits, times the scale at which everything fits. */
const ZOOM_MIN = 0.6;
const ZOOM_MAX = 80;

/** Smallest and largest of some coordinates; 0 where there are none. */
export function extentOf(values: Float32Array): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const it of values) [least, most] = [Math.min(least, it), Math.max(most, it)];
  return values.length === 0 ? [0, 0] : [least, most];
}

/** The view that shows all points. */
export function fitted(x: Float32Array, y: Float32Array, { width, height }: Size): View {
  if (x.length === 0) return { x: 0, y: 0, scale: 1 };
  const [[left, right], [low, high]] = [extentOf(x), extentOf(y)];
  const free = (pixels: number) => Math.max(1, pixels - 2 * MARGIN);
  const span = (from: number, to: number) => Math.max(1e-6, to - from);
  const scale = Math.min(free(width) / span(left, right), free(height) / span(low, high));
  return { x: (left + right) / 2, y: (low + high) / 2, scale };
}

/** Canvas coordinates of a point of the plane; y points up on the plane, and down on the canvas. */
export const onCanvas = (view: View, { width, height }: Size, x: number, y: number) =>
  [(x - view.x) * view.scale + width / 2, (view.y - y) * view.scale + height / 2] as const;

/** Point of the plane under canvas coordinates. */
export const onPlane = (view: View, { width, height }: Size, px: number, py: number) =>
  [view.x + (px - width / 2) / view.scale, view.y - (py - height / 2) / view.scale] as const;

/** The view moved by so many pixels: what was under the pointer goes with it. */
export const moved = (view: View, dx: number, dy: number): View => ({
  ...view,
  x: view.x - dx / view.scale,
  y: view.y + dy / view.scale,
});

/** The view zoomed by a factor around canvas coordinates; `fitScale` is the scale at which everything fits. */
export function zoomed(
  view: View,
  size: Size,
  factor: number,
  [px, py]: Place,
  fitScale: number,
): View {
  const most = Math.min(fitScale * ZOOM_MAX, view.scale * factor);
  const scale = Math.max(fitScale * ZOOM_MIN, most);
  const [x, y] = onPlane(view, size, px, py);
  return {
    x: x - (px - size.width / 2) / scale,
    y: y + (py - size.height / 2) / scale,
    scale,
  };
}
