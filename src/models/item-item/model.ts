/** Item-item: posts liked by the people who liked the same posts. */
import { fullestColumns, type TopTable } from "../../linalg/sparse.ts";
import type { Weighted } from "../../linalg/rank-wasm/columns.ts";
import { affordable, tableColumns, tableIn } from "../top-tables.ts";
import { partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec } from "../contract.ts";
import { decayed, type Person } from "../person.ts";
import { serveTable } from "../serve-table.ts";
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
    const { m, ...columns } = await trained(view);
    return { info: { m }, columns };
  },
  serve: (view) => serveTable(tableIn(neighboursPart.of(view.model)), view, weightedPosts),
  weights: [0, 0.4, 0.4, 0.4],
  recency: 0.93,
  isPersonal: true,
  about: "Likes in common: liked by the people who like what this person liked (EASE and SVD-AE).",
  words: "liked by people who liked what you liked",
  because: "and people who like that like this",
};

/** Share of the largest confidence below which a decayed post is left out. */
const NEGLIGIBLE = 1e-3;

/** Liked and disliked posts with their decayed confidence, without negligible ones. */
function weightedPosts(person: Person): Weighted {
  const recent = decayed(person, neighboursPart.name);
  let most = 0;
  for (let n = 0; n < recent.length; n++) most = Math.max(most, Math.abs(recent[n]!));
  const counts = (_: number, n: number) => Math.abs(recent[n]!) > NEGLIGIBLE * most;
  return { rows: person.rows.filter(counts), weights: recent.filter(counts) };
}

/** EASE for up to 8,000 posts with two likes (an inverse of 256 MB, or up to 512 MB over people), item neighbours for more. */
async function trained({ likes, tuning, kernel }: TrainingView): Promise<TopTable> {
  const active = fullestColumns(likes, EASE.postsMax + 1, EASE.likesMin);
  return active.length <= EASE.postsMax
    ? ease(likes, { ...EASE, lambdaPerLike: tuning.easeLambda }, kernel)
    : nearest(likes, { ...NEIGHBOURS, m: affordable(NEIGHBOURS.m, likes.columnCount) });
}
