/** Categories, topics, creators and tags of a catalogue, and their posts. */
import type { PostColumns } from "../data/catalogue.ts";
import type { Category } from "../domain/post.ts";
import { tagPairs } from "../models/tags.ts";
import type { Model } from "../snapshot/model.ts";

/** Labels as a model keeps them. */
type Labels = {
  readonly info: {
    readonly categories: readonly Category[];
    readonly topicCodes: readonly string[];
    readonly creators: readonly string[];
  };
  readonly rows: Pick<
    Model,
    "categoryRows" | "furtherCategories" | "topicRows" | "creatorRows" | "tagPairs"
  >;
};

/**
 * The distinct categories, topic codes and creators, in order of first appearance. If posts disagree about the
 * name of a numbered category, the most frequent name among servable posts counts.
 *
 * @param flags  0 for posts that may be served.
 */
export function labelsOf(
  { categories, topicCodes, creators, tags = [] }: PostColumns,
  flags: Uint8Array,
): Labels {
  const live = categories.filter((_, row) => flags[row] === 0).flat();
  const byKey = Map.groupBy(live, keyOf);
  const keys = distinct(categories.flatMap((its) => its.map(keyOf)));
  const codes = distinct(topicCodes.map((it) => it || undefined));
  const names = distinct(creators.map((it) => it || undefined));
  const [categoryRow, topicRow, creatorRow] = [placeOf(keys), placeOf(codes), placeOf(names)];
  return {
    info: {
      categories: keys.map((key) => ({
        ...(typeof key === "number" && { id: key }),
        name: mostFrequentName(byKey.get(key) ?? []),
      })),
      topicCodes: codes,
      creators: names,
    },
    rows: {
      categoryRows: Int32Array.from(categories, ([it]) => (it ? categoryRow.get(keyOf(it))! : -1)),
      furtherCategories: Int32Array.from(
        categories.flatMap(([, ...its], row) =>
          its.flatMap((it) => [row, categoryRow.get(keyOf(it))!]),
        ),
      ),
      topicRows: Int32Array.from(topicCodes, (it) => topicRow.get(it) ?? -1),
      creatorRows: Int32Array.from(creators, (it) => creatorRow.get(it) ?? -1),
      tagPairs: tagPairs(tags),
    },
  };
}

/** Key of a category: Socialverse may give two numbers one name. */
const keyOf = ({ id, name }: Category) => id ?? name;

/** The most frequent name, of equally frequent ones the first in the alphabet; "" without any. */
function mostFrequentName(rows: readonly Category[]): string {
  const votes = new Map<string, number>();
  for (const name of rows.map((it) => it.name.trim()).filter((it) => it !== ""))
    votes.set(name, (votes.get(name) ?? 0) + 1);
  const [first] = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return first?.[0] ?? "";
}

function distinct<T>(values: readonly (T | undefined)[]): T[] {
  return [...new Set(values.filter((it) => it !== undefined))];
}

function placeOf<T>(values: readonly T[]): Map<T | undefined, number> {
  return new Map(values.map((it, place) => [it, place]));
}
