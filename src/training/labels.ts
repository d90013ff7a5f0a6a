/** Categories and topics of a catalogue, and which posts have them. */
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
 * The distinct categories and topic codes, in order of first appearance. Rows of one category may
 * disagree about its name: it is the one that most posts give that may be served and have one.
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
      categories: ids.map((id) => ({ id, name: mostGiven(byId.get(id) ?? []) })),
      topicCodes: codes,
    },
    rows: {
      categoryRows: Int32Array.from(categories, (it) => categoryRow.get(it?.id) ?? -1),
      topicRows: Int32Array.from(topicCodes, (it) => topicRow.get(it) ?? -1),
    },
  };
}

/** The commonest name, of equally common ones the first in the alphabet; "" if nobody gives one. */
function mostGiven(rows: readonly Category[]): string {
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
