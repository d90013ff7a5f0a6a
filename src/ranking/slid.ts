/** Weights of score terms as a person's sliders change them. */
import { MIDDLE, type SliderName, type Sliders } from "../domain/sliders.ts";

/** A term at the end of its slider weighs as much more as this share of all weights together. */
const SHARE_AT_END = 0.5;

/**
 * The weight of a term whose slider is moved: 0 at the slider's start, `weight` in its middle, and from there
 * to its end more by a share of the weights of all terms, so that a term of weight 0 can be asked for as well.
 * A weight below 0 stays as it is before the middle, since 0 would raise its term; at the end it is as a weight of 0 is there.
 *
 * @param total  Sum of all terms' weights above 0.
 */
export function slidWeight(
  weight: number,
  total: number,
  sliders: Sliders | undefined,
  name: SliderName | undefined,
): number {
  if (sliders === undefined || name === undefined) return weight;
  const moved = sliders[name] / MIDDLE - 1; // −1 to 1
  return moved <= 0
    ? Math.min(weight, weight * (1 + moved))
    : weight + moved * (SHARE_AT_END * total - Math.min(0, weight));
}
