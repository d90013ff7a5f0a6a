/** Lift: the pipeline with a higher score for one row, by which explanations say what a post lacks. */
import type { Pipeline } from "./stages.ts";

/** A row, and what is added to its score. */
export type Lift = { readonly row: number; readonly by: number };

/** The pipeline with one more booster. */
export function lifted(pipeline: Pipeline, { row, by }: Lift): Pipeline {
  const lift: Pipeline["boosters"][number] = {
    name: "lift",
    boost: ({ arrays }, rows) => {
      const column = arrays.floats(rows.length).fill(0);
      const place = rows.indexOf(row);
      if (place >= 0) column[place] = by;
      return column;
    },
  };
  return { ...pipeline, boosters: [...pipeline.boosters, lift] };
}
