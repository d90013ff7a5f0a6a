/** Standing: the order of posts with equal scores, the most popular first, then the newest. */
import { topK } from "../linalg/top-k.ts";
import type { Steps } from "../runtime/time-slicing.ts";
import type { Model } from "../snapshot/model.ts";
import { popularPart } from "../models/popularity/model.ts";
import { placeholdersLast } from "./sinking.ts";

/** The standing of every post. */
export type Standing = {
  /**
   * Rows by popularity, then by newness, then by the store's key: what was stored last comes first,
   * whatever its id. Placeholders are last `[posts]`.
   */
  readonly order: Uint32Array;
  /** Index of each row in `order` `[posts]`. */
  readonly placeOf: Uint32Array;
};

/** Orders a catalogue, in time slices. */
export function* standingOf(model: Model): Steps<Standing> {
  const { createdAtMs, placeholders, info } = model;
  const { popularity } = popularPart.of(model).columns;
  const byKey = Uint32Array.from(popularity.keys()).reverse();
  const byNewness = ordered(byKey, (row) => createdAtMs[row]! - info.asOfMs);
  yield;
  const byPopularity = ordered(byNewness, (row) => popularity[row]!);
  yield;
  const order = placeholdersLast(byPopularity, placeholders);
  const placeOf = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) placeOf[order[place]!] = place;
  yield;
  return { order, placeOf };
}

/** Sorts rows by descending value. Equal values keep their order; a value that is not finite counts as 0. */
export function ordered(rows: Uint32Array, valueOf: (row: number) => number): Uint32Array {
  const values = new Float32Array(rows.length);
  for (let n = 0; n < values.length; n++) {
    const value = valueOf(rows[n]!);
    values[n] = Number.isFinite(value) ? value : 0; // topK leaves out NaN and −∞
  }
  return topK(values, values.length).map((place) => rows[place]!);
}
