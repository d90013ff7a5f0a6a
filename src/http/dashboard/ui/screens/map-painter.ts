/** Painter: a frame at a time, a sample of the points while the view moves, and all of them once it rests. */

/** Points of a frame while the view moves. */
const MOVING_MOST = 30_000;
/** Time without a change after which the view rests, milliseconds. */
const REST_MS = 120;

/**
 * Opens a painter.
 *
 * @param paint  Draws a frame of about `most` points.
 */
export function openPainter(paint: (most: number) => void, points: () => number) {
  let [frame, rest]: [number, ReturnType<typeof setTimeout> | undefined] = [0, undefined];
  const inFrame = (most: number) => requestAnimationFrame(() => ((frame = 0), paint(most)));
  return {
    /** Has a frame drawn soon. */
    redraw: () => {
      frame ||= inFrame(MOVING_MOST);
      clearTimeout(rest);
      if (points() > MOVING_MOST) rest = setTimeout(() => (frame ||= inFrame(Infinity)), REST_MS);
    },
    close: () => {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
    },
  };
}
