/** The order of posts that scores do not tell apart: what most like first, then what is new. */
import { topK } from "../linalg/top-k.ts";
import type { Steps } from "../runtime/time-slicing.ts";
import type { Model } from "../snapshot/model.ts";
import { popularPart } from "../models/popularity/model.ts";
import { sunkLast } from "./sinking.ts";

/** Every post's place among all. */
export type Standing = {
  /**
   * Rows by popularity; equal ones by newness, and then by id, of which the higher is younger;
   * placeholders last `[posts]`.
   */
  readonly order: Uint32Array;
  /** Where in the order each row is `[posts]`. */
  readonly placeOf: Uint32Array;
};

/** Order a catalogue once, in steps. */
export function* standingOf(model: Model): Steps<Standing> {
  const { createdAtMs, placeholders, info } = model;
  const { popularity } = popularPart.of(model).columns;
  const byId = Uint32Array.from(popularity.keys()).reverse();
  const byNewness = ordered(byId, (row) => createdAtMs[row]! - info.asOfMs);
  yield;
  const order = sunkLast(
    ordered(byNewness, (row) => popularity[row]!),
    placeholders,
  );
  const placeOf = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) placeOf[order[place]!] = place;
  yield;
  return { order, placeOf };
}

/** The rows by descending value, no number as 0; those of equal value stay in their order. */
export function ordered(rows: Uint32Array, valueOf: (row: number) => number): Uint32Array {
  const values = new Float32Array(rows.length);
  for (let n = 0; n < values.length; n++) {
    const value = valueOf(rows[n]!);
    values[n] = Number.isFinite(value) ? value : 0; // every row has its place
  }
  return topK(values, values.length).map((place) => rows[place]!);
}
