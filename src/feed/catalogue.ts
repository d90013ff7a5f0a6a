/** Replies that do not depend on the user: similar posts, categories. */
import type { PostId, PostKey } from "../domain/ids.ts";
import type { Card } from "../domain/post.ts";
import { dotRows } from "../linalg/vector.ts";
import { hasVector } from "../index/exact.ts";
import { nearestWhere } from "../index/filtered.ts";
import { neighboursPart } from "../models/item-item/model.ts";
import { isServable } from "../ranking/eligibility.ts";
import { isExpired } from "../ranking/expiry.ts";
import { matchCategory, visitFurther } from "../ranking/match.ts";
import type { Store } from "../data/contract.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import { unexpired } from "./store-cache.ts";

/** A post similar to another one. */
export type SimilarPost = { readonly id: PostId; readonly card: Card; readonly similarity: number }; // prettier-ignore

/** Posts similar to one; a stored one that has just come has none yet. */
export type Similar = readonly SimilarPost[] | "unknown post" | "not learnt";

/** A category and the number of its eligible posts, as of the snapshot. `id` is its name where it has no number. */
export type CategoryCount = {
  readonly id: number | string;
  readonly name: string;
  readonly posts: number;
};

/** Posts most similar in text; the item-item neighbours if the post has no text vector. */
export async function similarPosts(
  registry: SnapshotRegistry,
  { ids, posts }: Pick<Store, "ids" | "posts">,
  id: PostId,
  limit: number,
  nowMs: number,
  category?: string,
): Promise<Similar | undefined> {
  const snapshot = registry.current();
  if (snapshot === undefined) return undefined;
  const { model, rowOf } = snapshot.ranker;
  const key = (await ids.postKeys([id])).get(id);
  if (key === undefined) return "unknown post";
  const row = rowOf(key);
  if (row === undefined) return (await posts.limits(key)) ? "not learnt" : "unknown post";
  const mask = category === undefined ? undefined : matchCategory(model, category).categoryMask;
  if (category !== undefined && mask === undefined) return [];
  const fits = (other: number) =>
    other !== row &&
    isServable(model, other) &&
    !isExpired(model, other, nowMs) &&
    mask?.[other] !== 0;
  const found = nearestTo(snapshot, row, limit, fits).map(({ row, similarity }) => ({
    key: model.postKeys[row]! as PostKey,
    similarity,
  }));
  const keys = found.map((it) => it.key);
  const [cards, idOf] = await Promise.all([posts.cards(keys), ids.postIds(keys)]);
  return found.flatMap(({ key, similarity }) => {
    const [card, id] = [unexpired(cards.get(key), nowMs), idOf.get(key)];
    return card && id !== undefined ? [{ id, card, similarity }] : [];
  });
}

function nearestTo(
  { ranker, nearest }: ServedSnapshot,
  row: number,
  limit: number,
  fits: (row: number) => boolean,
) {
  const { model } = ranker;
  const d = model.info.encoder?.dimension ?? 0;
  if (!hasVector(model.embeddings, row, d)) {
    const { info, columns: { rows, scores } } = neighboursPart.of(model); // prettier-ignore
    const { m } = info;
    return Array.from({ length: m }, (_, n) => row * m + n)
      .filter((n) => scores[n]! > 0 && fits(rows[n]!))
      .slice(0, limit)
      .map((n) => ({ row: rows[n]!, similarity: scores[n]! }));
  }
  const vector = model.embeddings.subarray(row * d, row * d + d);
  return [...nearestWhere(nearest, model.embeddings, vector, limit, fits)].map((other) => ({
    row: other,
    similarity: dotRows(model.embeddings, row, model.embeddings, other, d),
  }));
}

/** Categories with the number of their eligible posts as of the snapshot, without those expired since; the largest first. */
export function categoryCounts(
  registry: SnapshotRegistry,
  nowMs: number,
): readonly CategoryCount[] | undefined {
  const model = registry.current()?.ranker.model;
  if (model === undefined) return undefined;
  const posts = model.info.categories.map(() => 0);
  const count = (row: number, category: number) => {
    const isShown = isServable(model, row) && !isExpired(model, row, nowMs);
    if (category >= 0 && isShown) posts[category]!++;
  };
  for (const [row, category] of model.categoryRows.entries()) count(row, category);
  visitFurther(model, count);
  return model.info.categories
    .map(({ id, name }, n) => ({ id: id ?? name, name, posts: posts[n]! }))
    .filter((it) => it.posts > 0)
    .sort((a, b) => b.posts - a.posts || (a.id < b.id ? -1 : 1));
}
