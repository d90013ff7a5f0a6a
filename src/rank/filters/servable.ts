/** Drops what nobody may be served: one filter a reason, so that the trace names it. */
import { LOCKED, PRIVATE, WITHDRAWN, type Model } from "../../snapshot/model.ts";
import type { Filter } from "../pipeline.ts";

const without = (name: string, flag: number): Filter => ({
  name,
  keep: ({ model: { flags } }, rows, kept) => {
    for (let n = 0; n < rows.length; n++) if ((flags[rows[n]!]! & flag) !== 0) kept[n] = 0;
  },
});

/** Gone upstream. */
export const withdrawn = without("withdrawn", WITHDRAWN);
/** Not in the public feed. */
export const unavailable = without("unavailable", PRIVATE);
export const locked = without("locked", LOCKED);

/** Whether a post may be served to anybody at all. */
export function isServable(model: Model, row: number): boolean {
  return model.flags[row] === 0;
}
