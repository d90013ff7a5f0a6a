/** Charts: posts in one order for everybody, the newest or the most popular first. */
import type { PostId, PostKey } from "../domain/ids.ts";
import type { Store } from "../data/contract.ts";
import { popularPart } from "../models/popularity/model.ts";
import { isExpired } from "../ranking/expiry.ts";
import { matchCategory } from "../ranking/match.ts";
import { preparedModel } from "../ranking/prepared-model.ts";
import type { SnapshotRegistry } from "./snapshot-registry.ts";

/** Order of a chart. */
type ChartName = "newest" | "popular";

/** A request for a part of a chart: one order of the posts for everybody. */
export type ChartRequest = {
  readonly by: ChartName;
  /** Name of a category; `undefined` for all posts. */
  readonly category: string | undefined;
  readonly offset: number;
  readonly limit: number;
};

/** A post with its score: popularity, or the time of creation in seconds. */
export type ScoredPost = { readonly id: PostId; readonly score: number };

/** A part of a chart; `undefined` before the first snapshot. */
export async function chartOf(
  registry: SnapshotRegistry,
  { ids, posts }: Pick<Store, "ids" | "posts">,
  { by, category, offset, limit }: ChartRequest,
  nowMs: number,
): Promise<readonly ScoredPost[] | undefined> {
  const model = registry.current()?.ranker.model;
  if (model === undefined) return undefined;
  const { byNewness, byPopularity } = preparedModel(model).view;
  const mask = category === undefined ? undefined : matchCategory(model, category).categoryMask;
  if (category !== undefined && mask === undefined) return [];
  const order = by === "newest" ? byNewness : byPopularity;
  const rows = mask === undefined ? order : order.filter((row) => mask[row] === 1);
  const { popularity } = popularPart.of(model).columns;
  const scoreOf = (row: number) =>
    by === "newest" ? Math.trunc(model.createdAtMs[row]! / 1_000) : popularity[row]!;
  const shown = rows
    .filter((row) => !isExpired(model, row, nowMs))
    .subarray(offset, offset + limit);
  const keys = Array.from(shown, (row) => model.postKeys[row]! as PostKey);
  const [idOf, cards] = await Promise.all([ids.postIds(keys), posts.cards(keys)]);
  return Array.from(shown).flatMap((row, n) => {
    const id = idOf.get(keys[n]!);
    return id !== undefined && cards.has(keys[n]!) ? [{ id, score: scoreOf(row) }] : [];
  });
}
