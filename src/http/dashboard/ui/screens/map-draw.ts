/** Drawing of the map on a canvas: points, and over them somebody's history and feed, and what is pointed at. */
import { OTHER, type Colouring } from "./map-colouring.ts";
import { cross, pin, ring } from "./map-marks.ts";
import { discOf, mixed, paint } from "./map-points.ts";
import type { MapPosts } from "./map-posts.ts";
import { onCanvas, type Size, type View } from "./map-view.ts";

/** Everything that is drawn. */
export type Scene = {
  readonly posts: MapPosts;
  readonly colouring: Colouring;
  /** Buckets that are left out. */
  readonly hidden: ReadonlySet<number>;
  /** Bucket that stands out; `undefined` for none. */
  readonly lit: number | undefined;
  /** Posts with a ring: somebody's history. */
  readonly rings: readonly number[];
  /** Posts with a number, from 1: somebody's feed, `undefined` for one that is not on the map. */
  readonly pins: readonly (number | undefined)[];
  readonly chosen: number | undefined;
};

/** Post under the pointer, and the mark of the middle. */
type Pointed = {
  readonly hovered: number | undefined;
  /** True if the middle is marked, for the keyboard. */
  readonly isMiddleMarked: boolean;
};

/** Smallest and largest radius of a point, and the largest at the scale that shows all, CSS pixels. */
const RADIUS_MIN = 1.2;
const RADIUS_MAX = 7;
const RADIUS_FIRST = 5;
/** Share of the canvas that points would cover side by side. */
const COVERED = 0.1;
/** Points grow with the zoom to this power: slower than the space between them. */
const GROWTH = 0.35;
/** Opacity of points beside those that stand out, of 256. */
const DIMMED = 48;
/** Distance of a ring from its point, and radius of the one around what is pointed at, CSS pixels. */
const RING_GAP = 4;
const RING = 7;

/**
 * Draws the scene.
 *
 * @param zoom  Times the scale that shows all.
 */
export function draw(
  canvas: HTMLCanvasElement,
  size: Size,
  view: View,
  scene: Scene,
  { hovered, isMiddleMarked }: Pointed,
  zoom: number,
): void {
  const context = canvas.getContext("2d")!;
  const ratio = canvas.width / size.width;
  const colourOf = paletteOf(canvas);
  const radius = radiusOf(size, scene.posts.x.length, zoom);
  const edge = Math.ceil(2 * RADIUS_MAX * ratio) + 2;
  const image = imageOf(context, edge);
  drawPoints(image, view, scene, colourOf, radius * ratio, ratio);
  context.putImageData(image, -edge, -edge);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const at = (post: number) => onCanvas(view, size, scene.posts.x[post]!, scene.posts.y[post]!);
  const [ink, halo, accent] = [colourOf("--ink"), colourOf("--raised"), colourOf("--accent")];
  for (const post of scene.rings) ring(context, at(post), radius + RING_GAP, ink, halo);
  for (const [n, post] of [...scene.pins.entries()].reverse())
    if (post !== undefined)
      pin(context, at(post), String(n + 1), accent, colourOf("--on-accent"), halo);
  if (isMiddleMarked) cross(context, size, ink, halo);
  const { chosen } = scene;
  if (chosen !== undefined) ring(context, at(chosen), RING + RING_GAP, accent, halo, 3);
  if (hovered !== undefined) ring(context, at(hovered), RING, ink, halo);
}

/** Radius of points. */
function radiusOf({ width, height }: Size, posts: number, zoom: number): number {
  const even = Math.sqrt((COVERED * width * height) / Math.max(1, posts) / Math.PI);
  const base = Math.min(RADIUS_FIRST, Math.max(RADIUS_MIN, even));
  return Math.min(RADIUS_MAX, base * Math.max(1, zoom) ** GROWTH);
}

/** The points, those of the most prominent bucket last. */
function drawPoints(
  { data, width, height }: ImageData,
  view: View,
  { posts: { x, y }, colouring: { buckets, order, starts }, hidden, ...scene }: Scene,
  colourOf: (name: string) => string,
  radius: number,
  ratio: number,
): void {
  const image = { pixels: new Int32Array(data.buffer), width, height };
  const background = pixelOf(colourOf("--raised"));
  image.pixels.fill(background);
  const scale = view.scale * ratio;
  const placing = { scale, left: width / 2 - view.x * scale, top: height / 2 + view.y * scale };
  const disc = discOf(radius);
  const shown = [...buckets.keys()].reverse().filter((it) => !hidden.has(it));
  const lit = shown.find((it) => it === scene.lit);
  if (lit !== undefined) shown.push(...shown.splice(shown.indexOf(lit), 1));
  for (const bucket of shown) {
    const isLit = bucket === lit;
    const { colour } = buckets[bucket]!;
    const own = pixelOf(colourOf(isLit && colour === OTHER ? "--ink" : colour));
    const points = { x, y, order, from: starts[bucket]!, until: starts[bucket + 1]! };
    const isDimmed = lit !== undefined && !isLit;
    paint(image, points, placing, disc, isDimmed ? mixed(background, own, DIMMED) : own);
  }
}

const images = new WeakMap<CanvasRenderingContext2D, ImageData>();

/** An image of the canvas and an edge, over which points may reach; the same one until its size changes. */
function imageOf(context: CanvasRenderingContext2D, edge: number): ImageData {
  const [width, height] = [context.canvas.width + 2 * edge, context.canvas.height + 2 * edge];
  const known = images.get(context);
  if (known?.width === width && known.height === height) return known;
  const image = context.createImageData(width, height);
  images.set(context, image);
  return image;
}

const pixels = new Map<string, number>();

/** A colour of the stylesheet as a pixel. */
function pixelOf(colour: string): number {
  let pixel = pixels.get(colour);
  if (pixel === undefined) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const context = canvas.getContext("2d")!;
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    pixel = new Int32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0]!;
    pixels.set(colour, pixel);
  }
  return pixel;
}

/** Reads the stylesheet's colours, each once. */
function paletteOf(canvas: HTMLCanvasElement) {
  const style = getComputedStyle(canvas);
  const known = new Map<string, string>();
  return (name: string): string => {
    const colour = known.get(name) ?? style.getPropertyValue(name).trim();
    known.set(name, colour);
    return colour;
  };
}
