/** Categories and topics of a catalogue, and their posts. */
import type { PostColumns } from "../data/catalogue.ts";

type Category = { readonly id: number; readonly name: string };

/** Labels as a model keeps them. */
type Labels = {
  readonly info: {
    readonly categories: readonly Category[];
    readonly topicCodes: readonly string[];
  };
  readonly rows: { readonly categoryRows: Int32Array; readonly topicRows: Int32Array };
};

/**
 * The distinct categories and topic codes, in order of first appearance. If posts disagree about a
 * category's name, the most frequent name among servable posts counts.
 *
 * @param flags  0 for posts that may be served.
 */
export function labelsOf({ categories, topicCodes }: PostColumns, flags: Uint8Array): Labels {
  const live = categories.filter((it, row) => it !== undefined && flags[row] === 0);
  const byId = Map.groupBy(live as readonly Category[], (it) => it.id);
  const ids = distinct(categories.map((it) => it?.id));
  const codes = distinct(topicCodes.map((it) => it || undefined));
  const [categoryRow, topicRow] = [placeOf(ids), placeOf(codes)];
  return {
    info: {
      categories: ids.map((id) => ({ id, name: mostFrequentName(byId.get(id) ?? []) })),
      topicCodes: codes,
    },
    rows: {
      categoryRows: Int32Array.from(categories, (it) => categoryRow.get(it?.id) ?? -1),
      topicRows: Int32Array.from(topicCodes, (it) => topicRow.get(it) ?? -1),
    },
  };
}

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
