/**
 * Points as pixels: discs written into an image, in a fraction of the time that a canvas takes to draw as many.
 *
 * Pixels are 32-bit words, 0xAABBGGRR, and opaque: signed, since an engine keeps unsigned ones as floating point.
 */

/** An image of device pixels. */
export type Image = {
  readonly pixels: Int32Array;
  readonly width: number;
  readonly height: number;
};

/** A disc at each of {@link PARTS}² places within a pixel: coverage of its pixels, 0 to 256 `[side × side]`. */
type Disc = { readonly side: number; readonly masks: readonly Uint16Array[] };

/** Points in device pixels: those of `order` from `from` up to `until`. */
export type Points = {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly order: Uint32Array;
  readonly from: number;
  readonly until: number;
};

/** Device pixels of plane coordinates: x · scale + left, top − y · scale. */
type Placing = { readonly scale: number; readonly left: number; readonly top: number };

/** Parts of a pixel, each way, to which places are rounded: whole pixels would make points jump in a slow zoom. */
const PARTS = 4;
/** Full coverage of a pixel. */
const WHOLE = 256;

/** A disc. */
export function discOf(radius: number): Disc {
  const side = Math.ceil(2 * radius) + 2;
  const masks = Array.from({ length: PARTS * PARTS }, (_, part) => {
    const centre = (at: number) => (side - 1) / 2 + (at + 0.5) / PARTS;
    const [cx, cy] = [centre(part % PARTS), centre(Math.floor(part / PARTS))];
    return Uint16Array.from({ length: side * side }, (_, at) => {
      const distance = Math.hypot((at % side) + 0.5 - cx, Math.floor(at / side) + 0.5 - cy);
      return Math.round(WHOLE * Math.min(1, Math.max(0, radius + 0.5 - distance)));
    });
  });
  return { side, masks };
}

/** Paints points, the later ones over the earlier ones; those that reach over the edge are left out. */
export function paint(
  { pixels, width, height }: Image,
  { x, y, order, from, until }: Points,
  { scale, left, top }: Placing,
  { side, masks }: Disc,
  colour: number,
): void {
  const middle = (side - 1) / 2;
  for (let n = from; n < until; n++) {
    const point = order[n]!;
    const px = left + x[point]! * scale - middle;
    const py = top - y[point]! * scale - middle;
    const [column, row] = [Math.floor(px), Math.floor(py)];
    if (column < 0 || row < 0 || column + side > width || row + side > height) continue;
    const part = ((px - column) * PARTS) | 0;
    stamp(pixels, row * width + column, width, masks[(((py - row) * PARTS) | 0) * PARTS + part]!, side, colour); // prettier-ignore
  }
}

/** Paints one disc, whose first pixel is `at`. */
function stamp(
  pixels: Int32Array,
  at: number,
  width: number,
  mask: Uint16Array,
  side: number,
  colour: number,
): void {
  for (let row = 0, m = 0; row < side; row++)
    for (let p = at + row * width, end = p + side; p < end; p++, m++) {
      const cover = mask[m]!;
      if (cover === WHOLE) pixels[p] = colour;
      else if (cover > 0) pixels[p] = mixed(pixels[p]!, colour, cover);
    }
}

/** A colour over another, covering it by so much of {@link WHOLE}; red and blue are mixed in one go. */
export function mixed(below: number, above: number, cover: number): number {
  const [belowRedBlue, belowGreen] = [below & 0xff00ff, below & 0x00ff00];
  const redBlue = belowRedBlue + ((((above & 0xff00ff) - belowRedBlue) * cover) >> 8);
  const green = belowGreen + ((((above & 0x00ff00) - belowGreen) * cover) >> 8);
  return (redBlue & 0xff00ff) | (green & 0x00ff00) | 0xff000000;
}
