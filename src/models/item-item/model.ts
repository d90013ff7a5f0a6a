/** Item-item: posts liked by the people who liked the same posts. */
import { fullestColumns, type TopTable } from "../../linalg/sparse.ts";
import { affordable, tableColumns } from "../top-tables.ts";
import { partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec } from "../contract.ts";
import type { TrainingView } from "../training-view.ts";
import { EASE, ease } from "./ease.ts";
import { NEIGHBOURS, neighbours as nearest } from "./neighbours.ts";

/** `m` similar posts of every post. */
export const neighboursPart = partSpec<{ readonly m: number }>()(
  "neighbours",
  tableColumns("posts"),
);

/** EASE while its closed form is affordable, item neighbours beyond. */
export const neighbours: ModelSpec = {
  ...neighboursPart,
  train: async (view) => {
    const { m, ...columns } = await table(view);
    return { info: { m }, columns };
  },
};

/** EASE up to 8,000 posts that somebody else likes too: 256 MB, a 15 s inverse. */
async function table({ likes, tuning, kernel }: TrainingView): Promise<TopTable> {
  const active = fullestColumns(likes, EASE.postsMax + 1, EASE.likesMin);
  return active.length <= EASE.postsMax
    ? ease(likes, { ...EASE, lambdaPerLike: tuning.easeLambda }, kernel)
    : nearest(likes, { ...NEIGHBOURS, m: affordable(NEIGHBOURS.m, likes.columnCount) });
}
