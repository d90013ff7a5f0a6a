/** Fills posts that came or changed after a snapshot into its rows; new ones take spare rows. */
import type { PostColumns } from "../data/catalogue.ts";
import type { Category } from "../domain/post.ts";
import { hasVector } from "../index/exact.ts";
import { MODELS } from "../models/models.ts";
import type { TextView } from "../models/training-view.ts";
import { placeholders } from "../models/placeholders.ts";
import { WITHDRAWN, type Model } from "../snapshot/model.ts";
import { flagsOf } from "./fit-model.ts";

/** Posts as they are now, their vectors, and those that are gone. */
type LaterPosts = {
  readonly posts: PostColumns;
  /** `[posts × d]`, zeros where a text has no vector yet. */
  readonly embeddings: Float32Array;
  readonly texts: TextView["texts"];
  readonly gone: readonly number[];
};

/** A model in the same arrays as before, with further posts. */
type FilledModel = {
  readonly model: Model;
  /** Rows that have changed, and posts for which there was no row. */
  readonly rows: Uint32Array;
  readonly left: number;
  /** Matrices that were written to. */
  readonly written: readonly Float32Array[];
};

/**
 * Writes the posts into the columns of `model`, and new labels at the ends of its lists: earlier states share
 * both, so that they can name the labels of every row. Whoever still ranks by one has other rows masked, and finds
 * nothing changed but facts of known posts.
 *
 * @param rowOf  Row of a post key.
 * @param used  Rows in use; the next ones are spare.
 */
export function fillPosts(
  model: Model,
  { posts, embeddings, texts, gone }: LaterPosts,
  rowOf: (key: number) => number | undefined,
  used: number,
): FilledModel {
  const labels = openLabels(model);
  const [flags, isPlaceholder] = [flagsOf(posts), placeholders(posts)];
  const rows: number[] = [];
  const d = model.info.encoder?.dimension ?? 0;
  let next = used;
  let embedded = model.info.embedded;
  for (const [n, key] of posts.keys.entries()) {
    const row = rowOf(key) ?? next++;
    if (row >= model.postKeys.length) continue;
    rows.push(row);
    model.postKeys[row] = key;
    model.createdAtMs[row] = Math.min(posts.createdAtMs[n]!, model.info.asOfMs);
    model.flags[row] = flags[n]!;
    model.expiresAtMs[row] = posts.expiresAtMs[n]!;
    model.placeholders[row] = isPlaceholder[n]!;
    labels.set(row, posts, n);
    // A text that has changed keeps its old vector until the new one is stored.
    if (!hasVector(embeddings, n, d)) continue;
    embedded += Number(!hasVector(model.embeddings, row, d));
    model.embeddings.set(embeddings.subarray(n * d, n * d + d), row * d);
  }
  for (const key of gone) {
    const row = rowOf(key);
    if (row === undefined) continue;
    model.flags[row]! |= WITHDRAWN;
    rows.push(row);
  }
  const changed = Uint32Array.from(rows);
  const later = {
    ...model,
    ...labels.columns(),
    info: { ...model.info, embedded },
  };
  const written = MODELS.flatMap(({ fill }) => fill?.(later, changed, texts) ?? []);
  return { model: later, rows: changed, left: Math.max(0, next - model.postKeys.length), written };
}

/** The categories, topics and creators of a model, to which those of posts are added. */
function openLabels(model: Model) {
  const { info, categoryRows, topicRows, creatorRows, furtherCategories: before } = model;
  const categoryOf = numbered(info.categories, ({ id, name }: Category) => id ?? name);
  const topicOf = numbered(info.topicCodes, (it) => it);
  const creatorOf = numbered(info.creators, (it) => it);
  const further: number[] = [];
  const isSet = new Set<number>();
  return {
    set: (
      row: number,
      { categories: its, topicCodes: codes, creators: names }: PostColumns,
      n: number,
    ) => {
      const [first, ...others] = its[n]!;
      isSet.add(row);
      categoryRows[row] = first === undefined ? -1 : categoryOf(first);
      for (const it of others) further.push(row, categoryOf(it));
      topicRows[row] = codes[n] ? topicOf(codes[n]) : -1;
      creatorRows[row] = names[n] ? creatorOf(names[n]) : -1;
    },
    columns: () => {
      const isKept = (_: number, n: number) => !isSet.has(before[n - (n % 2)]!);
      return { furtherCategories: Int32Array.from([...before.filter(isKept), ...further]) };
    },
  };
}

/** The places in a list by key: of 100,000 creators they take long to make. */
const placesIn = new WeakMap<readonly unknown[], Map<string | number, number>>();

/** A list that grows in place, and the place of each of its values. */
function numbered<T>(list: readonly T[], keyOf: (value: T) => string | number) {
  const places = placesIn.get(list) ?? new Map(list.map((it, n) => [keyOf(it), n]));
  placesIn.set(list, places);
  return (value: T): number => {
    const key = keyOf(value);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, list.length);
    return (list as T[]).push(value) - 1;
  };
}
