/** Figures of reports as text: with their intervals, with their signs, in percent of another. */
import type { Interval } from "../evaluation/bootstrap.ts";

/** A mean and the ends of its interval, 0.1234 [0.1200–0.1270]. */
export function withInterval({ mean, low, high }: Interval, digits = 4): string {
  return `${mean.toFixed(digits)} [${low.toFixed(digits)}–${high.toFixed(digits)}]`;
}

/** A number with its sign, +0.1234. */
export function signed(x: number, digits = 4): string {
  return `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(digits)}`;
}

/** A difference in percent of a figure, with its sign; `undefined` for a figure of 0. */
export function percentOf(difference: number, base: number): string | undefined {
  return base > 0 ? signed((100 * difference) / base, 1) : undefined;
}
