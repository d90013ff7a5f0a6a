/** Drops what nobody may be served: one filter a reason, so that the trace names it. */
import type { Model } from "../../snapshot/model.ts";
import type { Filter } from "../pipeline.ts";

/** Gone upstream. */
export const withdrawn: Filter = { name: "withdrawn", allowed: ({ dense }) => dense.present };
/** Not in the public feed. */
export const unavailable: Filter = { name: "unavailable", allowed: ({ dense }) => dense.isPublic };
export const locked: Filter = { name: "locked", allowed: ({ dense }) => dense.unlocked };

/** Whether a post may be served to anybody at all. */
export function isServable(model: Model, row: number): boolean {
  return model.flags[row] === 0;
}
