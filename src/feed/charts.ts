/** Charts: posts in one order for everybody, the newest or the most popular first. */
import type { PostId, PostKey } from "../domain/ids.ts";
import type { Store } from "../data/contract.ts";
import { popularPart } from "../models/popularity/model.ts";
import { isExpired } from "../ranking/expiry.ts";
import { matchCategory } from "../ranking/match.ts";
import { preparedModel } from "../ranking/prepared-model.ts";
import { pause } from "../runtime/time-slicing.ts";
import type { SnapshotRegistry } from "./snapshot-registry.ts";
import { unexpired } from "./store-cache.ts";

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
  const rows = order.filter((row) => mask?.[row] !== 0 && !isExpired(model, row, nowMs));
  const keysOf = (some: Uint32Array) => Array.from(some, (row) => model.postKeys[row]! as PostKey);
  const servable: number[] = [];
  // From the first on: posts that are gone since the snapshot have no place, on this page or before it.
  for (let at = 0; at < rows.length && servable.length < offset + limit;) {
    const some = rows.subarray(at, at + Math.min(ROWS_A_READ, offset + limit - servable.length));
    const keys = keysOf(some);
    const cards = await posts.cards(keys);
    servable.push(...some.filter((_, n) => unexpired(cards.get(keys[n]!), nowMs)));
    at += some.length;
    await pause();
  }
  const shown = Uint32Array.from(servable.slice(offset));
  const keys = keysOf(shown);
  const idOf = await ids.postIds(keys);
  const { popularity } = popularPart.of(model).columns;
  const scoreOf = (row: number) =>
    by === "newest" ? Math.trunc(model.createdAtMs[row]! / 1_000) : popularity[row]!;
  return Array.from(shown, (row, n) => ({ id: idOf.get(keys[n]!)!, score: scoreOf(row) }));
}

/** Posts whose cards are read at once. */
const ROWS_A_READ = 500;
