/** Gestures on the map: drag, wheel, pinch, tap, and keys. */
import type { Place } from "./map-view.ts";

/** Handlers of gestures; places are in CSS pixels of the canvas. */
type Handlers = {
  readonly onMove: (dx: number, dy: number) => void;
  readonly onZoom: (factor: number, px: number, py: number) => void;
  /** A mouse is over a place; `undefined` when it leaves. */
  readonly onHover: (place: Place | undefined) => unknown;
  readonly onTap: (px: number, py: number) => void;
  readonly onKey: (key: string) => boolean;
};

/** Way of a pointer up to which it is a tap, CSS pixels. */
const TAP = 5;
/** Wheel distance that doubles the zoom, pixels. */
const DOUBLING = 240;
/** Pixels of a wheel's line and page. */
const WHEEL_UNITS = [1, 16, 400];

/** Listens until the returned function is called. */
export function listen(canvas: HTMLCanvasElement, handlers: Handlers): () => void {
  const down = new Map<number, { x: number; y: number }>();
  let way = 0;

  const onDown = (event: PointerEvent) => {
    canvas.setPointerCapture(event.pointerId);
    if (down.size === 0) way = 0;
    down.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
  };
  const onMove = (event: PointerEvent) => {
    const [x, y] = [event.offsetX, event.offsetY];
    const before = down.get(event.pointerId);
    if (event.pointerType === "mouse") handlers.onHover([x, y]);
    if (before === undefined) return;
    const [dx, dy] = [x - before.x, y - before.y];
    way += Math.abs(dx) + Math.abs(dy);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) {
      const distance = (from: { x: number; y: number }) => Math.hypot(from.x - other.x, from.y - other.y); // prettier-ignore
      const factor = distance({ x, y }) / Math.max(1, distance(before));
      handlers.onZoom(factor, (x + other.x) / 2, (y + other.y) / 2);
      handlers.onMove(dx / 2, dy / 2);
    } else if (way > TAP) handlers.onMove(dx, dy);
    Object.assign(before, { x, y });
  };
  const onUp = (event: PointerEvent) => {
    if (!down.delete(event.pointerId) || down.size > 0) return;
    if (event.type === "pointerup" && way <= TAP) handlers.onTap(event.offsetX, event.offsetY);
  };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const pixels = event.deltaY * WHEEL_UNITS[event.deltaMode]!;
    handlers.onZoom(2 ** (-pixels / DOUBLING), event.offsetX, event.offsetY);
  };
  const onKey = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && handlers.onKey(event.key)) event.preventDefault();
  };
  const listening = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    it: (event: HTMLElementEventMap[K]) => unknown,
  ) =>
    // prettier-ignore
    canvas.addEventListener(name, it, { passive: false, signal: listening.signal });
  on("pointerdown", onDown);
  on("pointermove", onMove);
  on("pointerup", onUp);
  on("pointercancel", onUp);
  on("pointerleave", () => handlers.onHover(undefined));
  on("wheel", onWheel);
  on("keydown", onKey);
  return () => listening.abort();
}
