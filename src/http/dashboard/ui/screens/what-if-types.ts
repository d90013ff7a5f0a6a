/** Replies of `/adjustments`, and factors in words. */
import type { AdjustedSchema, EffectSchema } from "../../../adjustments-schema.ts";

/** Reply of `GET /adjustments`. */
export type Adjusted = typeof AdjustedSchema.static;

/** Factors by name; 1 for one that is absent. */
export type Factors = Readonly<Adjusted["factors"]>;

/** Something that can be adjusted, with the values that its factor multiplies. */
export type Adjustable = NonNullable<Adjusted["adjustable"]>[number];

/** Reply of `POST /adjustments/preview`. */
export type Preview = typeof EffectSchema.static;

/** A figure before and after, and the interval of the difference. */
export type Effect = Preview["effects"][number];

/** Factors in a line. */
export function factorWords(factors: Factors): string {
  const words = Object.entries(factors).map(([name, factor]) => `${name} ×${factor}`);
  return words.length === 0 ? "as fitted" : words.join(", ");
}
