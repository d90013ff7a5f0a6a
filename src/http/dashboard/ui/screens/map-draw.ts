/** Drawing of the map on a canvas: points, and over them somebody's history and feed, and what is pointed at. */
import { OTHER, type Colouring } from "./map-colouring.ts";
import { cross, pin, ring } from "./map-marks.ts";
import type { MapPosts } from "./map-posts.ts";
import { onCanvas, type Size, type View } from "./map-view.ts";

/** What is drawn. */
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

/** What changes while somebody looks around. */
export type Pointed = {
  readonly hovered: number | undefined;
  /** True if the middle is marked, for the keyboard. */
  readonly isMiddleMarked: boolean;
};

/** Radius of a point among so many on the canvas at the scale that shows all, CSS pixels. */
const RADIUS_MIN = 1.2;
const RADIUS_MAX = 5;
/** Share of the canvas that points would cover side by side. */
const COVERED = 0.1;
/** Points grow with the zoom to this power: slower than the space between them. */
const GROWTH = 0.35;
/** Opacity of points beside those that stand out. */
const DIMMED = 0.2;
const RING = 7;

/** Draws the scene; of points at most about `most`, an even sample. */
export function draw(
  canvas: HTMLCanvasElement,
  size: Size,
  view: View,
  scene: Scene,
  pointed: Pointed,
  zoom: number,
  most: number,
): void {
  const context = canvas.getContext("2d")!;
  const ratio = canvas.width / size.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const colourOf = paletteOf(canvas);
  const radius = radiusOf(size, scene.posts.x.length, zoom);
  drawPoints(context, size, view, scene, { colourOf, radius, ratio, most });
  const at = (post: number) => onCanvas(view, size, scene.posts.x[post]!, scene.posts.y[post]!);
  const ink = colourOf("--ink");
  const halo = colourOf("--raised");
  for (const post of scene.rings) ring(context, at(post), radius + 4, ink, halo);
  for (const [n, post] of [...scene.pins.entries()].reverse())
    if (post !== undefined)
      pin(context, at(post), String(n + 1), colourOf("--accent"), colourOf("--on-accent"), halo);
  if (pointed.isMiddleMarked) cross(context, size, ink, halo);
  const { chosen } = scene;
  if (chosen !== undefined) ring(context, at(chosen), RING + 4, colourOf("--accent"), halo, 3);
  if (pointed.hovered !== undefined) ring(context, at(pointed.hovered), RING, ink, halo);
}

/** Radius of points. */
function radiusOf({ width, height }: Size, posts: number, zoom: number): number {
  const even = Math.sqrt((COVERED * width * height) / Math.max(1, posts) / Math.PI);
  const base = Math.min(RADIUS_MAX, Math.max(RADIUS_MIN, even));
  return Math.min(RADIUS_MAX + 2, base * Math.max(1, zoom) ** GROWTH);
}

type Points = {
  readonly colourOf: (name: string) => string;
  readonly radius: number;
  readonly ratio: number;
  readonly most: number;
};

/** The points, those of the most prominent bucket last. */
function drawPoints(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  view: View,
  { posts: { x, y }, colouring: { buckets, order, starts }, hidden, lit }: Scene,
  { colourOf, radius, ratio, most }: Points,
): void {
  const step = Math.max(1, Math.ceil(order.length / most));
  const [left, top] = [width / 2 - view.x * view.scale, height / 2 + view.y * view.scale];
  const shown = [...buckets.keys()].reverse().filter((it) => it === lit || !hidden.has(it));
  if (lit !== undefined) shown.push(...shown.splice(shown.indexOf(lit), 1));
  for (const bucket of shown) {
    const isLit = bucket === lit;
    context.globalAlpha = lit === undefined || isLit ? 1 : DIMMED;
    const { colour } = buckets[bucket]!;
    const disc = discOf(colourOf(isLit && colour === OTHER ? "--ink" : colour), radius, ratio);
    const side = disc.width / ratio;
    for (let n = starts[bucket]!; n < starts[bucket + 1]!; n += step) {
      const px = left + x[order[n]!]! * view.scale - side / 2;
      const py = top - y[order[n]!]! * view.scale - side / 2;
      if (px < -side || py < -side || px > width || py > height) continue;
      context.drawImage(disc, px, py, side, side);
    }
  }
  context.globalAlpha = 1;
}

const discs = new Map<string, HTMLCanvasElement>();
/** Discs that are kept. */
const DISCS = 200;

/** A disc as an image: copying it is several times as fast as drawing a circle. */
function discOf(colour: string, radius: number, ratio: number): HTMLCanvasElement {
  const pixels = Math.ceil(2 * radius * ratio + 2);
  const key = `${colour} ${pixels} ${ratio}`;
  const known = discs.get(key);
  if (known !== undefined) return known;
  const disc = document.createElement("canvas");
  disc.width = disc.height = pixels;
  const context = disc.getContext("2d")!;
  context.fillStyle = colour;
  context.globalAlpha = 0.85;
  context.arc(pixels / 2, pixels / 2, pixels / 2 - 1, 0, 2 * Math.PI);
  context.fill();
  if (discs.size >= DISCS) discs.clear();
  discs.set(key, disc);
  return disc;
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
