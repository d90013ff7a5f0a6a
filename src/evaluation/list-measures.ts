/** Measures of a list that need no judgements: how much its posts differ from each other. */
import { preparedModel } from "../ranking/prepared-model.ts";
import type { Model } from "../snapshot/model.ts";
import { intraListDiversity } from "./metrics.ts";
import { DEPTH } from "./systems.ts";

/** Of a list's first {@link DEPTH}: mean of 1 − cosine over pairs of posts, and share of pairs of two categories. */
type ListMeasures = Readonly<Record<"diversity@20" | "categories@20", number>>;

/** The measures of a list that need no judgements; posts differ by the vectors that the selector compares. */
export function measuresIn(model: Model): (rows: Uint32Array) => ListMeasures {
  const { view, vectors } = preparedModel(model);
  const { categoryRows } = model;
  return (rows) =>
    view.kernel.arrays.scope(() => {
      const cosines = vectors.among(rows);
      const stride = cosines.length / Math.max(1, rows.length);
      const places = [...rows.keys()];
      const ofOne = (a: number, b: number) => Number(categoryRows[rows[a]!] === categoryRows[rows[b]!]); // prettier-ignore
      return {
        "diversity@20": intraListDiversity(places, (a, b) => cosines[a * stride + b]!, DEPTH),
        "categories@20": intraListDiversity(places, ofOne, DEPTH),
      };
    });
}
